"""How each state of each screen is reached, as a person would; see shots.py."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.actions.festival_drafts import GOOD_EN, GOOD_KO, docx_with_headings
from tests.browser import page_steps as steps

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

LOCALES = {"ko": "ko-KR", "en": "en-US"}
LAW = "/law/disaster-safety-decree"


@dataclass
class Visit:
    """Somebody at the bot: addresses of the chat, the action server and a city's page; where pictures are saved."""

    language: str
    address: str
    actions: str
    city: str
    folder: Path
    page: Page = field(init=False)

    def goto(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def chat(self) -> None:
        self.goto("/chat/")
        steps.wait_until_ready(self.page)

    def say(self, *words: dict[str, str]) -> None:
        """Each in this visit's language, in a fresh chat, waiting for the answers."""
        self.chat()
        for each in words:
            steps.ask(self.page, each[self.language])


State = Callable[[Visit], None]


def asked(korean: str, english: str, *further: tuple[str, str]) -> State:
    """A conversation: what is said in Korean and in English."""
    said = [{"ko": ko, "en": en} for ko, en in ((korean, english), *further)]
    return lambda visit: visit.say(*said)


RULE = ("축제 안전관리계획은 언제까지 내야 하나요?", "When must a festival safety plan be handed in?")
NEAR = ("원곡동 지진 대피소 어디야?", "Where is the nearest earthquake shelter to Wongok-dong?")
BEGIN = ("축제 점검", "festival check")
TOLD = (
    ("300명", "300"),
    ("그 밖의 곳이요", "elsewhere"),
    ("불꽃놀이요", "fireworks"),
    ("저희가 직접 주최해요", "we host it ourselves"),
)
ALONG = ("안산역에서 중앙역까지 결빙구간 있어?", "ice-prone sections between Ansan Station and Jungang Station?")
FINE = ("안전점검을 안 하면 과태료가 얼마인가요?", "How much is the fine for skipping a safety inspection?")
BOTH = ("원곡동 무더위쉼터랑 쉼터 지정 기준 알려줘", "heat shelter near Wongok-dong and who designates them?")
DUE = ("2027년 4월 12일 축제, 안전관리계획 언제까지?", "The festival is on 12 April 2027, when is the plan due?")
REPORT = ("초지역 앞 육교 난간이 부서졌어요", "The railing of the footbridge at Choji Station is broken")


def unfolded(visit: Visit) -> None:
    asked(*RULE)(visit)
    folded = visit.page.locator("[data-testid=citation]:not([open]) summary")
    while folded.count():
        folded.first.click()


def mapped(visit: Visit) -> None:
    asked(*NEAR)(visit)
    fold = visit.page.get_by_test_id("map-fold")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    steps.wait_for_map(visit.page)
    visit.page.get_by_test_id("map-marker").nth(1).click()


def along(visit: Visit) -> None:
    asked(*ALONG)(visit)
    steps.wait_for_map(visit.page)


def draft(visit: Visit) -> None:
    visit.chat()
    written = docx_with_headings({"ko": GOOD_KO, "en": GOOD_EN}[visit.language])
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    visit.page.get_by_test_id("draft-file").set_input_files(
        {"name": "계획 plan.docx", "mimeType": media, "buffer": written}
    )
    steps.wait_for_reply(visit.page, 0)


def pasted(visit: Visit) -> None:
    """A text too long for a question: the panel offers to check it."""
    visit.chat()
    long = {"ko": GOOD_KO, "en": GOOD_EN}[visit.language] * 9
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.page.evaluate("(words) => navigator.clipboard.writeText(words)", long)
    visit.page.get_by_test_id("input").focus()
    visit.page.keyboard.press("Control+V")
    visit.page.get_by_test_id("draft-offer").wait_for()


def sharing(visit: Visit) -> None:
    visit.chat()
    visit.page.get_by_test_id("share-location").click()
    visit.page.get_by_test_id("share").wait_for()


def shared(visit: Visit) -> None:
    visit.chat()
    visit.page.get_by_test_id("input").fill({"ko": "가까운 무더위쉼터", "en": "nearest heat shelter"}[visit.language])
    visit.page.get_by_test_id("share-location").click()
    visit.page.get_by_test_id("share-now").click()
    steps.wait_for_reply(visit.page, 0)


def judging(visit: Visit) -> None:
    asked(*RULE)(visit)
    visit.page.get_by_test_id("feedback-not-useful").click()
    visit.page.get_by_test_id("feedback-reason").first.wait_for()


def judged(visit: Visit) -> None:
    asked(*RULE)(visit)
    visit.page.get_by_test_id("feedback-useful").click()
    visit.page.get_by_test_id("feedback-thanks").wait_for()


def settings(visit: Visit) -> None:
    visit.chat()
    visit.page.get_by_test_id("settings-button").click()
    visit.page.get_by_test_id("settings-panel").wait_for()


def renewed(visit: Visit) -> None:
    asked(*RULE)(visit)
    steps.new_conversation(visit.page)
    visit.page.get_by_test_id("undo").wait_for()


def held(route: Route) -> None:
    """A request that is on its way for as long as the picture takes."""


def busy(visit: Visit) -> None:
    visit.chat()
    visit.page.route("**/chat/messages", held)
    steps.send(visit.page, RULE[0 if visit.language == "ko" else 1])
    visit.page.get_by_text({"ko": "조금 더 걸리고", "en": "Still looking"}[visit.language]).wait_for(timeout=9000)


def down(visit: Visit) -> None:
    """The connection is cut for real: the browser says that it is offline."""
    asked(*RULE)(visit)
    visit.page.context.set_offline(True)
    steps.send(visit.page, NEAR[0 if visit.language == "ko" else 1])
    steps.wait_for_connection(visit.page, "lost")


def refused(visit: Visit) -> None:
    """A message that the server does not take: 400, as its own check of the body gives it."""
    visit.chat()
    visit.page.route("**/chat/messages", lambda route: route.continue_(post_data="{}"))
    steps.send(visit.page, "?")
    visit.page.get_by_test_id("message-again").wait_for()


def counting(visit: Visit) -> None:
    visit.chat()
    visit.page.get_by_test_id("input").fill({"ko": "가나다 ", "en": "words "}[visit.language] * 500)
    visit.page.get_by_test_id("counter").wait_for()


def paged(path: str, *, unfold: bool = False) -> State:
    """A page of its own at ``path``, in the visit's language."""

    def reach(visit: Visit) -> None:
        visit.goto(path + ("" if "offline" in path else f"?lang={visit.language}"))
        if unfold:
            visit.page.locator("summary:visible").first.click()

    return reach


def staff(visit: Visit) -> None:
    visit.page.goto(f"{visit.actions}/staff/reports?lang={visit.language}")


def printed(visit: Visit) -> None:
    """A conversation as it comes out of a printer: PDF, and its pages beside the pictures where pdftoppm is there."""
    import shutil
    import subprocess

    visit.say(*({"ko": ko, "en": en} for ko, en in (RULE, NEAR, ("불이 났어요", "my kitchen is on fire"))))
    path = visit.folder / f"printed-{visit.language}.pdf"
    visit.page.pdf(path=path, format="A4")
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "70", "-png", path, path.with_suffix("")], check=True)


class City(http.server.BaseHTTPRequestHandler):
    """A city's page that carries the widget; ``chat`` is the address of the chat."""

    chat = ""

    def do_GET(self) -> None:
        language = self.path[1:3]
        words = {"ko": "우리시 누리집", "en": "City Hall"}.get(language, "")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(
            f'<!doctype html><html lang="{language}"><head><meta name="viewport" content="width=device-width">'
            f"<title>{words}</title></head><body><h1>{words}</h1>"
            f'<script src="{self.chat}/chat/widget.js" data-lang="{language}"></script></body></html>'.encode()
        )

    def log_message(self, *_: object) -> None: ...


@contextlib.contextmanager
def city(port: int, chat: str) -> Iterator[str]:
    """The city's page on a port of its own; its address."""
    City.chat = chat
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), City)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        server.server_close()


def widget(visit: Visit) -> None:
    visit.page.goto(f"{visit.city}/{visit.language}")
    button = visit.page.get_by_role("button", name={"ko": "안심에게 묻기", "en": "Ask Ansim"}[visit.language])
    button.wait_for()
    visit.page.screenshot(path=visit.folder / f"widget-{visit.language}-closed.png")
    button.click()
    frame = visit.page.frame_locator("ansim-chat iframe")
    frame.locator("body[data-ready=true]").wait_for()
    frame.get_by_test_id("input").fill(RULE[0 if visit.language == "ko" else 1])
    frame.get_by_test_id("input").press("Enter")
    frame.get_by_test_id("lead").wait_for()


STATES: dict[str, State] = {
    "start": Visit.chat,
    "settings": settings,
    "rule": asked(*RULE),
    "unfolded": unfolded,
    "several": asked("재난관리책임기관은 무엇을 해야 하나요?", "What must a disaster management agency do?"),
    "number": asked("제73조의9 제2항", "art 73-9(2)"),
    "no-evidence": asked("반려견 등록은 어떻게 하나요?", "How do I register my dog?"),
    "outside": asked("비트코인 살까요?", "Should I buy bitcoin?"),
    "elsewhere": asked(*FINE),
    "emergency": asked("불이 났어요", "my kitchen is on fire"),
    "near": asked(*NEAR),
    "map": mapped,
    "along": along,
    "both": asked(*BOTH),
    "none-nearby": asked("대부동 지진해일 대피소", "tsunami shelter near Ansan Station"),
    "no-data": asked("AED 위치 데이터 있어?", "Where is the nearest AED?"),
    "which-place": asked("중앙동 대피소", "shelter near Jungang-dong"),
    "card": asked("지진 나면 어떻게 해?", "What do I do in an earthquake?"),
    "sources": asked("어떤 데이터가 있어요?", "What data do you have?"),
    "festival-start": asked(*BEGIN),
    "festival-dates": asked(*BEGIN, *TOLD),
    "festival-result": asked(*BEGIN, *TOLD, ("2027년 4월 12일", "12 April 2027"), ("시작 전이요", "not begun")),
    "draft": draft,
    "draft-panel": pasted,
    "report": asked(*REPORT),
    "report-receipt": asked(*REPORT, ("네", "yes")),
    "share": sharing,
    "shared": shared,
    "deadline": asked(*DUE),
    "duties": asked("축제 주최자의 의무 목록", "list the duties of a festival host"),
    "feedback": judging,
    "feedback-thanks": judged,
    "renewed": renewed,
    "busy": busy,
    "down": down,
    "refused": refused,
    "counter": counting,
    "hello": asked("안녕하세요", "hello"),
    "offline": paged("/chat/offline", unfold=True),
    "provision": paged(f"{LAW}/73-9"),
    "provision-empty": paged(f"{LAW}/85"),
    "contents": paged(LAW),
    "missing": paged(f"{LAW}/999"),
    "widget": widget,
    "staff": staff,
    "printed": printed,
}
