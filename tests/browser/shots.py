"""Pictures of every state of every screen: ``python -m tests.browser.shots FOLDER [STATE…]``, from the real bot.

For each state and language: the whole page at three widths, in three colours and in the largest letters, what a
phone's screen shows of it when the state is reached, and sheets of these side by side, to be looked at.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser import page_steps as steps
from tests.browser.shot_states import LOCALES, STATES, Visit, city

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image
    from playwright.sync_api import Browser, BrowserContext, Page

LOOK = """([theme, size]) => { const { dataset } = document.documentElement;
dataset.theme = theme; if (size === "normal") delete dataset.size; else dataset.size = size; }"""
PHONE = (360, 740)
TALLEST = 9000
"""Height in pixels at which a picture of a whole page is cut off."""
SETTLED_MS = 300
"""After a change of the window; a map draws its outlines anew 200 ms later."""
STRIP = 1500
"""Height in pixels of the pieces that a page is cut into on a sheet."""


@dataclass(frozen=True)
class View:
    """One way to look at a page: width in pixels, ``theme`` and ``size`` as in the settings."""

    width: int
    theme: str = "light"
    size: str = "normal"

    @property
    def name(self) -> str:
        return f"{self.width}-{self.theme}" + ("" if self.size == "normal" else f"-{self.size}")


VIEWS = (
    View(360), View(768), View(1440), View(360, "dark"), View(1440, "dark"), View(360, "contrast"),
    View(1440, "contrast"), View(360, "light", "larger"),
)  # fmt: skip
SHEETS = {
    "phone": VIEWS[:1],
    "wide": VIEWS[1:3],
    "colours": (VIEWS[3], VIEWS[5], VIEWS[7]),
    "wide-colours": (VIEWS[4], VIEWS[6]),
}


def shoot(page: Page, view: View, path: Path) -> None:
    """The whole page in one picture. The window is made as tall as the page, so that no bar stands in its middle."""
    page.emulate_media(color_scheme="dark" if view.theme == "dark" else "light")
    # as prefs.js does it; through the settings, panels that belong to a state would close
    for frame in page.frames:
        frame.evaluate(LOOK, [view.theme, view.size])
    tall = PHONE[1]
    for _ in range(3):
        page.set_viewport_size({"width": view.width, "height": tall})
        page.wait_for_timeout(SETTLED_MS)
        # a map is as tall as its share of the window, so a taller window may make a taller page
        needed = int(page.evaluate("document.documentElement.scrollHeight"))
        if needed <= tall or tall == TALLEST:
            break
        tall = min(needed, TALLEST)
    page.screenshot(path=path)


def pictures(browser: Browser, visit: Visit, state: str, folder: Path) -> None:
    """Every picture of one state in one language."""
    context = opened(browser, visit)
    visit.page = context.new_page()
    try:
        STATES[state](visit)
        visit.page.wait_for_timeout(400)
        visit.page.screenshot(path=folder / f"{state}-{visit.language}-screen.png")
        for view in VIEWS:
            shoot(visit.page, view, folder / f"{state}-{visit.language}-{view.name}.png")
    finally:
        visit.page.unroute_all(behavior="ignoreErrors")
        context.close()


def opened(browser: Browser, visit: Visit) -> BrowserContext:
    return browser.new_context(
        locale=LOCALES[visit.language],
        viewport={"width": PHONE[0], "height": PHONE[1]},
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
        permissions=["geolocation"],
        geolocation={"latitude": 37.33012, "longitude": 126.80123},
    )


def sheet(folder: Path, name: str, files: list[Path]) -> None:
    """Pictures side by side on one, each cut into pieces of STRIP pixels."""
    import PIL.Image

    pieces: list[Image] = []
    for path in files:
        with PIL.Image.open(path) as picture:
            pieces += [piece.convert("RGB") for piece in _cut(picture)]
    wide = sum(piece.width + 12 for piece in pieces)
    made = PIL.Image.new("RGB", (wide, max(piece.height for piece in pieces)), "#b7a6c9")
    left = 0
    for piece in pieces:
        made.paste(piece, (left, 0))
        left += piece.width + 12
    made.save(folder / f"sheet-{name}.png")


def _cut(picture: Image) -> Iterator[Image]:
    for top in range(0, picture.height, STRIP):
        yield picture.crop((0, top, picture.width, min(top + STRIP, picture.height)))


def sheets(folder: Path, state: str, languages: list[str]) -> None:
    """Makes the sheets of a state."""
    for name, views in SHEETS.items():
        files = [folder / f"{state}-{language}-{view.name}.png" for language in languages for view in views]
        sheet(folder, f"{state}-{name}", files)
    sheet(folder, f"{state}-screen", [folder / f"{state}-{language}-screen.png" for language in languages])


def main() -> None:
    from playwright.sync_api import Error

    from bot.launcher import free_port, running
    from tests.browser.made_up_reports import fill

    parser = argparse.ArgumentParser(prog="python -m tests.browser.shots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("states", nargs="*", metavar="STATE", help=f"of {', '.join(STATES)} (default: all)")
    parser.add_argument("--lang", choices=list(LOCALES), action="append")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    languages = given.lang or list(LOCALES)
    home = Path(tempfile.mkdtemp(prefix="ansim-shots-"))
    os.environ["ANSIM_REPORTS"] = str(home / "reports.sqlite")
    fill(home / "reports.sqlite")
    port, missed = free_port(), []
    os.environ["ANSIM_EMBED_ORIGINS"] = f"http://127.0.0.1:{port}"
    with running(home) as bot, steps.chromium() as browser, city(port, bot.address) as foreign:
        actions = bot.actions.url.removesuffix("/health")
        for state in given.states or STATES:
            try:
                for language in languages:
                    pictures(browser, Visit(language, bot.address, actions, foreign, given.folder), state, given.folder)
                sheets(given.folder, state, languages)
                print(state, flush=True)
            except (Error, AssertionError) as error:
                missed.append(state)
                print(f"{state} was not reached in {language}: {str(error).splitlines()[0]}", flush=True)
    if missed:
        sys.exit(1)


if __name__ == "__main__":
    main()
