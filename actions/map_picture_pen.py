"""What the still map is drawn with: the view, colours, fonts, and the axes with what every stroke needs."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import knowledge
from actions.map_picture_layout import Box
from nlu.map_words import map_words

GAZETTEER = Path(knowledge.__file__).parent / "gazetteer"
FONTS = ("Noto Sans CJK", "Noto Sans KR", "NanumGothic", "Malgun Gothic", "Apple SD Gothic Neo")
DPI = 100
METRES_PER_DEGREE = 111_195.0
"""Mean length of a degree of latitude on a sphere of 6 371 km."""
COLOURS = {
    "ground": "#e8eef2", "dong": "#fbfcfd", "chosen": "#e2f0f5", "edge": "#aebcc7", "label": "#5a6a77",
    "pin": "#0b5d78", "origin": "#b3001b", "ink": "#16212b", "paper": "#ffffff", "section": "#b35c00",
}  # fmt: skip


@dataclass(frozen=True)
class View:
    """What is seen: ``lat`` and ``lon`` of the middle, half the width and half the height in metres."""

    lat: float
    lon: float
    half_width: float
    half_height: float

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Metres east and north of the middle."""
        east = (lon - self.lon) * math.cos(math.radians(self.lat)) * METRES_PER_DEGREE
        return east, (lat - self.lat) * METRES_PER_DEGREE


@dataclass(frozen=True)
class Pen:
    """The axes with what every stroke needs; ``font`` None: no Korean font, so only numbers and Latin letters.

    ``pixel``: metres to a pixel.
    """

    axes: Any
    view: View
    language: str
    font: str | None
    pixel: float

    @property
    def room(self) -> Box:
        """What is seen, in metres."""
        return Box(-self.view.half_width, -self.view.half_height, self.view.half_width, self.view.half_height)

    def size(self, words: str, points: float) -> tuple[float, float]:
        """About how wide and high words of this size are, in metres; a Korean letter is as wide as high."""
        letter = points * DPI / 72 * self.pixel
        return sum(0.6 if each.isascii() else 1.0 for each in words) * letter, 1.3 * letter

    def can(self, words: str) -> bool:
        return self.font is not None or words.isascii()

    def say(self, words: str) -> str:
        """The word under a key, in English when the letters of the language cannot be drawn."""
        found = map_words(self.language)[words]
        return found if self.can(found) else map_words("en")[words]

    def style(self, size: float, **more: Any) -> dict[str, Any]:
        from matplotlib.font_manager import FontProperties

        properties = FontProperties(fname=self.font, size=size) if self.font else FontProperties(size=size)
        return {"fontproperties": properties, **more}

    def halo(self, wide: float = 2.5) -> list[Any]:
        from matplotlib.patheffects import withStroke

        return [withStroke(linewidth=wide, foreground=COLOURS["paper"])]


@functools.cache
def korean_font() -> str | None:
    """The file of a Korean font on this machine (Debian: fonts-noto-cjk); None when there is none."""
    from matplotlib.font_manager import fontManager

    upright = [font for font in fontManager.ttflist if font.style == "normal"]
    found = [font for name in FONTS for font in upright if font.name.startswith(name)]
    found.sort(key=lambda font: abs(_weight(font.weight) - 500))
    return str(found[0].fname) if found else None


def _weight(weight: int | str) -> int:
    return weight if isinstance(weight, int) else {"bold": 700, "light": 300, "medium": 500}.get(weight, 400)
