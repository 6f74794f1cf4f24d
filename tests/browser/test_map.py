"""Places in the web chat in real Chromium: the list, the map in step with it, and sharing where one is."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from tests.browser import page_steps as steps
from tests.browser.places_server import SITES, serving

pytestmark = pytest.mark.slow

ANSAN = {"latitude": 37.33012, "longitude": 126.80123}


@pytest.fixture(scope="module")
def server():
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    if shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed (apt-get install chromium); .ci/run installs it")
    with steps.chromium(shutil.which("chromium")) as running_browser:
        yield running_browser


@pytest.fixture
def visit(server, browser):
    contexts, problems = [], []

    def open_one(locale="ko-KR", width=390, height=844, **options):
        context = browser.new_context(locale=locale, viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if _is_problem(line) else None)
        page.goto(server[0] + "/chat/")
        steps.wait_until_ready(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert problems == []


def _is_problem(line):
    # a request that a test made fail is said by Chromium too
    return line.type == "error" and "Failed to load resource" not in line.text


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(
    ("locale", "about", "holds"),
    [("ko-KR", "걸어서 약 3분", "수용인원 230명"), ("en-US", "about 3 min on foot", "Holds 230 people")],
)
def test_the_list_says_everything_that_the_map_shows(visit, locale, about, holds, width):
    page = visit(locale=locale, width=width)
    steps.ask(page, "near" if locale == "en-US" else "대피소 near")
    rows = page.get_by_test_id("place").all()
    assert [row.get_attribute("data-number") for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert page.get_by_test_id("place-name").all_inner_texts()[:4] == [site[0] for site in SITES]
    assert about in rows[1].inner_text()
    assert holds in rows[4].inner_text()
    assert "2023-11" in rows[0].get_by_test_id("place-source").inner_text()
    assert rows[4].get_by_test_id("place-stale").is_visible()
    assert rows[2].get_by_test_id("place-notes").is_visible()
    assert rows[5].get_by_test_id("place-call").get_attribute("href") == "tel:0314707561"
    assert rows[0].get_by_test_id("place-link").get_attribute("href").startswith("https://map.kakao.com/link/map/")
    assert rows[5].get_by_test_id("place-link").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_is_the_same_for_all_places_is_said_once(visit):
    page = visit()
    steps.ask(page, "결빙 sections")
    assert page.get_by_test_id("place").count() == 2
    assert page.get_by_test_id("place-kind").all_inner_texts() == ["상습결빙구간"]
    assert "2023-11" in page.get_by_test_id("places-alike").get_by_test_id("place-source").inner_text()
    assert page.get_by_test_id("place-source").count() == 1


@pytest.mark.parametrize("size", ["large", "larger"])
@pytest.mark.parametrize("locale", ["ko-KR", "en-US"])
def test_nothing_is_cut_off_in_large_letters_on_a_phone(visit, locale, size):
    page = visit(locale=locale, width=360)
    steps.choose_size(page, size)
    steps.ask(page, "near" if locale == "en-US" else "대피소 near")
    wide = "(all) => all.filter((one) => one.getBoundingClientRect().right > 360).map((one) => one.textContent)"
    shown = ", ".join(f"{part} *:not(.unseen)" for part in (".place", ".composer", ".head"))
    assert page.locator(shown).evaluate_all(wide) == []
    field, send = page.get_by_test_id("input").bounding_box(), page.get_by_test_id("send").bounding_box()
    assert abs(field["y"] + field["height"] - send["y"] - send["height"]) < 2
    assert field["width"] > 200


def test_the_plain_text_is_not_said_twice(visit):
    page = visit()
    steps.ask(page, "대피소 near")
    assert page.get_by_test_id("message-text").inner_text() == "지진 때 가는 곳입니다: 건물에서 떨어진 야외입니다."


def test_the_map_shows_the_places_of_the_list_that_have_a_point(visit):
    page = visit()
    steps.ask(page, "대피소 near")
    steps.wait_for_map(page)
    assert steps.get_markers(page) == ["1. 안산서초등학교 운동장", "2. 원곡중학교 운동장", "3. 원곡고등학교 운동장",
                                       "4. 원일초등학교 운동장", "5. 경일고"]  # fmt: skip
    assert page.get_by_test_id("map-origin").inner_text() == "원곡동"
    assert page.locator(".map path.dong").count() == 25
    assert page.locator(".map path.dong.chosen").count() == 1
    credit = page.get_by_test_id("map-credit").inner_text()
    assert "SGIS" in credit
    assert "2021-04" in credit
    assert "2023-11" in credit


COVERED = """(all) => { const shown = all.map((one) => {
  const { left, right, top, bottom, width } = one.getBoundingClientRect();
  const [x, y, disc] = [(left + right) / 2, (top + bottom) / 2, one.matches(".pin, i")];
  return { name: one.textContent, left, right, top, bottom, width, x, y, disc }; });
const near = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < (a.width + b.width) / 2 * .9;
const boxed = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
  && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
return shown.flatMap((a, at) => shown.slice(at + 1).filter((b) => (a.disc && b.disc ? near : boxed)(a, b))
  .map((b) => `${a.name} / ${b.name}`)); }"""
"""Marks and names of the map of which one covers the other by more than three pixels."""


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("size", ["normal", "larger"])
@pytest.mark.parametrize("asked", ["대피소 near", "대피소 close", "도로 sections", "shelters near", "shelters close"])
def test_no_mark_and_no_name_covers_another(visit, asked, size, width):
    page = visit(width=width, height=900, locale="ko-KR" if asked[0] > "z" else "en-US", reduced_motion="reduce")
    steps.choose_size(page, size)
    steps.ask(page, asked)
    steps.wait_for_map(page)
    shown = page.locator(".map .pin, .map .end i, .map .end-words, .map .dong-words")
    assert shown.count() > 4
    assert shown.evaluate_all(COVERED) == []
    page.locator(".leaflet-control-zoom-in").click()
    # at the edge of what is seen the name of an end has few sides to stand on
    shown = page.locator(".map .pin, .map .end i, .map .dong-words")
    assert shown.evaluate_all(COVERED) == []


def test_a_mark_that_gave_way_has_a_line_to_its_point(visit):
    page = visit(width=1280, height=900, reduced_motion="reduce")
    steps.ask(page, "대피소 close")
    steps.wait_for_map(page)
    assert page.locator(".pin-root.moved").count() >= 3
    assert page.locator(".pin-root:not(.moved)").count() >= 1
    mark = page.locator("[data-testid=map-marker][data-number='3']")
    gone = "(one) => one.querySelector('.stem').offsetWidth"
    assert mark.evaluate(gone) > 20
    mark.locator(".pin").click()
    assert steps.selected_place(page) == "3"


def test_list_and_map_are_in_step(visit):
    page = visit(width=1280, height=900)
    steps.ask(page, "대피소 near")
    steps.wait_for_map(page)
    page.get_by_test_id("place-show").nth(2).click()
    assert steps.selected_place(page) == steps.selected_marker(page) == "3"
    page.locator("[data-testid=map-marker][data-number='4']").click()
    assert steps.selected_place(page) == steps.selected_marker(page) == "4"
    page.get_by_test_id("place-show").nth(3).click()
    assert steps.selected_place(page) is None
    assert steps.selected_marker(page) is None


def test_the_keyboard_reaches_every_marker(visit):
    page = visit(width=1280, height=900)
    steps.ask(page, "대피소 near")
    steps.wait_for_map(page)
    page.get_by_test_id("map-summary").focus()
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        focused = page.evaluate("({...document.activeElement.dataset})")
        reached.append(focused.get("testid", "") + focused.get("number", ""))
    assert {f"map-marker{number}" for number in range(1, 6)} <= set(reached)
    page.locator("[data-testid=map-marker][data-number='2']").focus()
    page.keyboard.press("Enter")
    assert steps.selected_place(page) == "2"
    page.get_by_test_id("place-show").nth(0).focus()
    page.keyboard.press("Space")
    assert steps.selected_marker(page) == "1"


def test_every_control_has_a_name_and_ids_are_unique(visit):
    page = visit()
    steps.ask(page, "대피소 near")
    steps.wait_for_map(page)
    nameless = page.evaluate(
        """[...document.querySelectorAll("button, a, [role=button], input, textarea, summary, [tabindex='0']")]
        .filter((one) => one.offsetParent && !(one.getAttribute("aria-label") || one.innerText || one.labels?.length))
        .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert nameless == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))
    small = page.evaluate(
        """[...document.querySelectorAll(".places button, .places a, #share-button")]
        .map((one) => one.getBoundingClientRect())
        .filter(({ width, height }) => width && (width < 24 || height < 24)).length"""
    )
    assert small == 0


def test_the_names_of_the_map_follow_the_language(visit):
    page = visit(locale="ko-KR")
    steps.ask(page, "대피소 near")
    steps.wait_for_map(page)
    zoom = page.locator(".leaflet-control-zoom-in")
    assert zoom.get_attribute("aria-label") == "확대"
    steps.switch_language(page, "en")
    assert zoom.get_attribute("aria-label") == "Zoom in"
    page.wait_for_selector(".dong-words:has-text('-dong')")
    assert "Outlines" in page.get_by_test_id("map-credit").inner_text()


def test_sections_of_road_and_a_way_are_lines(visit):
    page = visit()
    steps.ask(page, "도로 sections")
    steps.wait_for_map(page)
    assert page.locator(".map path.section").count() == 2
    assert page.locator(".map path.way").count() == 1
    assert page.get_by_test_id("map-destination").inner_text() == "초지역"
    page.get_by_test_id("place-show").nth(1).click()
    assert page.locator(".map path.section.selected").count() == 1


def test_nothing_is_loaded_for_an_answer_without_places_and_nothing_from_elsewhere(visit, server):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    steps.ask(page, "법 law")
    assert not any("leaflet" in url or "geojson" in url for url in asked)
    steps.ask(page, "대피소 near")
    steps.wait_for_map(page)
    page.locator(".leaflet-control-zoom-in").click()
    page.get_by_test_id("map-larger").click()
    assert any("leaflet.js" in url for url in asked)
    assert {re.match(r"\w+://[^/]+", url).group() for url in asked if not url.startswith("data:")} == {server[0]}
    assert page.locator(".leaflet-tile").count() == 0


def test_without_the_map_the_list_has_everything(visit, server):
    page = visit()
    page.route("**/leaflet.js", lambda route: route.fulfill(status=404, body=""))
    steps.ask(page, "대피소 near")
    state = page.get_by_test_id("map-state")
    state.filter(has_text="목록").wait_for()
    assert page.get_by_test_id("place").count() == 6
    page.get_by_test_id("place-show").first.click()
    assert steps.selected_place(page) == "1"


def test_an_emergency_comes_before_any_map(visit):
    page = visit()
    steps.ask(page, "살려주세요 emergency")
    order = page.evaluate(
        """(() => { const card = document.querySelector("[data-testid=emergency-card]");
        const fold = document.querySelector("[data-testid=map-fold]");
        return [Boolean(card.compareDocumentPosition(fold) & 4), fold.open]; })()"""
    )
    assert order == [True, False]
    page.get_by_test_id("map-summary").click()
    steps.wait_for_map(page)


def test_reduced_motion_moves_nothing(visit):
    page = visit(reduced_motion="reduce")
    steps.ask(page, "대피소 near")
    steps.wait_for_map(page)
    assert page.locator(".leaflet-zoom-anim, .leaflet-fade-anim").count() == 0


def test_the_list_is_printed_and_the_map_is_not(visit):
    page = visit()
    steps.ask(page, "대피소 near")
    steps.wait_for_map(page)
    page.emulate_media(media="print")
    assert page.get_by_test_id("map-fold").is_hidden()
    assert page.get_by_test_id("place").nth(5).is_visible()


@pytest.mark.parametrize(("locale", "sentence"), [("ko-KR", "저장하지 않습니다"), ("en-US", "does not keep it")])
def test_a_shared_place_is_announced_sent_once_and_kept_nowhere(visit, server, locale, sentence):
    page = visit(locale=locale, geolocation=ANSAN, permissions=["geolocation"])
    page.get_by_test_id("input").fill("가까운 대피소" if locale == "ko-KR" else "shelters near me")
    page.get_by_test_id("share-location").click()
    assert sentence in page.get_by_test_id("share").inner_text()
    before = steps.bot_messages(page).count()
    page.get_by_test_id("share-now").click()
    steps.wait_for_reply(page, before)
    steps.wait_for_map(page)
    assert server[1][-1].metadata["location"] == {"lat": 37.33012, "lon": 126.80123}
    assert page.get_by_test_id("map-origin").inner_text() == ("내 위치" if locale == "ko-KR" else "You")
    assert page.get_by_test_id("share").is_hidden()
    kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert "37.33012" not in kept
    assert "126.80123" not in kept
    page.reload()
    steps.wait_until_ready(page)
    assert page.get_by_test_id("place").count() == 6
    steps.wait_for_map(page)
    assert page.get_by_test_id("map-origin").count() == 0


def test_a_place_alone_is_a_question(visit, server):
    page = visit(geolocation=ANSAN, permissions=["geolocation"])
    page.get_by_test_id("share-location").click()
    page.get_by_test_id("share-now").click()
    steps.wait_for_reply(page, 0)
    assert server[1][-1].text == "📍"
    assert "내 위치" in steps.read_log(page)[0].text


@pytest.mark.parametrize(("locale", "sentence"), [("ko-KR", "허용하지 않았습니다"), ("en-US", "does not allow")])
def test_a_refusal_is_explained_and_can_be_left(visit, locale, sentence):
    page = visit(locale=locale)
    page.get_by_test_id("share-location").click()
    page.get_by_test_id("share-now").click()
    page.get_by_test_id("share-state").filter(has_text=sentence).wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_test_id("share").is_hidden()
    assert page.evaluate("document.activeElement.id") == "share-button"


@pytest.mark.parametrize("code", ["unavailable", "timeout"])
@pytest.mark.parametrize("locale", ["ko-KR", "en-US"])
def test_a_place_that_is_not_found_is_explained(visit, locale, code):
    page = visit(locale=locale)
    number = {"unavailable": 2, "timeout": 3}[code]
    page.add_init_script(f"navigator.geolocation.getCurrentPosition = (_, no) => no({{ code: {number} }})")
    page.reload()
    steps.wait_until_ready(page)
    page.get_by_test_id("share-location").click()
    page.get_by_test_id("share-now").click()
    assert page.locator(f"#share[data-state='share.{code}']").is_visible()
    assert len(page.get_by_test_id("share-state").inner_text()) > 20


def test_a_place_of_a_question_that_failed_is_let_go(visit, server):
    page = visit(geolocation=ANSAN, permissions=["geolocation"])
    page.route("**/chat/messages", lambda route: route.fulfill(status=400, body=json.dumps({"error": "No."})))
    page.get_by_test_id("share-location").click()
    page.get_by_test_id("share-now").click()
    page.get_by_test_id("message-again").wait_for()
    assert "37.33012" not in page.evaluate("sessionStorage['ansim.conversation']")
    page.unroute("**/chat/messages")
    page.get_by_test_id("message-again").click()
    assert page.get_by_test_id("share").is_visible()


def test_the_running_bot_answers_with_a_map(browser, tmp_path, catalogue):
    """The whole way: question, gazetteer, catalogue, Answer, page."""
    from bot.launcher import running

    with running(tmp_path) as bot:
        page = steps.open_page(browser, bot.address + "/chat/", locale="ko-KR")
        message = steps.ask(page, "원곡동 지진 대피소 어디야?")[-1]
        assert message.status == "answered"
        steps.wait_for_map(page)
        assert len(steps.get_markers(page)) >= 3
        page.context.close()
