"""Answers as skill responses: golden files, schemas, the right kind of card, and texts that no limit holds."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.kakao import limits, render, shorten
from bot.channels.kakao.dates import spoken
from bot.channels.kakao.limits import problems, units
from bot.channels.kakao.settings import read_settings
from nlu.answer import STATUSES
from nlu.texts import text
from tests.bot import answers_folder as answers
from tests.bot.kakao import surface
from tests.bot.kakao.make_samples import FOLDER, responses

SCHEMA = Path(render.__file__).parent / "schema"
MADE = responses()


def schema(name):
    return json.loads((SCHEMA / f"{name}.json").read_text("utf-8"))


def outputs(name):
    return surface.render(answers.reply(name))["template"]["outputs"]


def kinds(name):
    return [next(iter(output)) for output in outputs(name)]


@pytest.mark.parametrize("name", sorted(MADE))
def test_golden_files(name):
    assert json.loads((FOLDER / f"{name}.json").read_text("utf-8")) == MADE[name]


def test_golden_files_are_all_made():
    assert {path.stem for path in FOLDER.glob("response-*.json")} == set(MADE)


@pytest.mark.parametrize("name", answers.names())
def test_every_answer_fits_the_schema(name):
    jsonschema.validate(surface.render(answers.reply(name)), schema("response"))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_samples_fit_their_schema(path):
    jsonschema.validate(json.loads(path.read_text("utf-8")), schema(path.stem.split("-")[0]))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_card_fits_the_content(language):
    assert kinds(f"rule-due-{language}") == ["textCard", "simpleText"]
    assert kinds(f"heat-{language}") == ["simpleText", "listCard"]
    assert kinds(f"fire-centre-{language}") == ["simpleText", "carousel"]
    assert kinds(f"emergency-fire-{language}") == ["textCard"]
    assert kinds(f"unavailable-{language}") == ["textCard"]
    assert kinds(f"refused-{language}") == ["simpleText"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_places_with_phones_have_map_and_phone(language):
    items = outputs(f"fire-centre-{language}")[1]["carousel"]["items"]
    assert [[button["action"] for button in item["buttons"]] for item in items] == [["webLink", "phone"]] * 5
    rows = answers.answer(f"fire-centre-{language}")["places"]
    assert [item["buttons"][1]["phoneNumber"] for item in items] == [row["phone"] for row in rows]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_kinds_of_shelter_are_never_merged(language):
    name = f"which-kind-{language}"
    items = outputs(name)[1]["listCard"]["items"]
    for item, place in zip(items, answers.answer(name)["places"], strict=True):
        assert place["kind_label"] in item["description"]
        assert " → " in item["description"]


def test_four_ways_of_no_have_four_titles():
    titles = set()
    for status in ("not_in_text", "no_evidence", "no_such_data", "unavailable"):
        reply = answers.reply("rule-fine-en")
        reply["answer"]["status"] = status
        titles.add(surface.render(reply)["template"]["outputs"][0]["textCard"]["title"])
    assert len(titles) == 4


@pytest.mark.parametrize("language", ["ko", "en"])
def test_files_are_buttons_to_the_public_address_of_this_service(language):
    reply = answers.reply(f"files-{language}")
    made = surface.render(reply, "https://city.example/ansim")
    *_, card = made["template"]["outputs"]
    buttons = [button for item in card["carousel"]["items"] for button in item["buttons"]]
    files = reply["answer"]["files"]
    assert [each["webLinkUrl"] for each in buttons] == [f"https://city.example/ansim{each['url']}" for each in files]
    assert not any("…" in each["label"] for each in buttons)
    names = "\n".join(item["description"] for item in card["carousel"]["items"]).split("\n")
    assert names == [f"ansim-festival{ending}" for ending in (".md", ".ics", ".docx", ".pdf")]
    three = surface.render(answers.reply(f"files-undated-{language}"))["template"]["outputs"][-1]["textCard"]
    assert len(three["buttons"]) == 3
    assert "ansim-festival.docx" in three["description"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_without_a_public_address_it_is_said_where_the_files_are(language):
    reply = answers.reply(f"files-{language}")
    made = surface.render(reply, "")
    assert problems(made) == []
    said = made["template"]["outputs"][-1]["simpleText"]["text"]
    assert {"ko": "웹 채팅", "en": "web chat"}[language] in said
    assert all(each["label"] in said for each in reply["answer"]["files"])
    assert surface.offered(made) == []


@pytest.mark.parametrize("url", ["//evil.example/x", "https://evil.example/x", "javascript:alert(1)", "", "data/x"])
def test_only_files_of_this_service_are_offered(url):
    reply = answers.reply("refused-en")
    reply["answer"]["files"] = [{"kind": "pdf", "label": "x", "url": url}]
    assert len(surface.render(reply)["template"]["outputs"]) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://city.example", "https://city.example"), ("https://city.example:8443/ansim/", "https://city.example:8443/ansim"),
        ("http://city.example", ""), ("https://user@city.example", ""), ("https://city.example/?a=1", ""),
        ("city.example", ""), ("https://시.example", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_public_address_is_one_that_a_button_can_open(given, kept, caplog):
    assert read_settings({"ANSIM_PUBLIC_ADDRESS": given}).address == kept
    assert bool(caplog.text) == bool(given and not kept)


@pytest.mark.parametrize("name", answers.names())
def test_a_question_behind_an_answer_is_asked_with_its_buttons(name):
    reply, language = answers.reply(name), name[-2:]
    question = answers.reply(f"which-place-{language}")
    made = render._render([reply, question], language, surface.ADDRESS)
    assert problems(made) == []
    shown = " ".join(surface.shown(made))
    assert question["text"] in shown
    asked = [each["text"] for each in question["quick_replies"]]
    assert set(asked) <= set(surface.pressed(made))
    numbers = [call["number"] for call in reply["answer"]["calls"]]
    assert surface.dialled(made)[: len(numbers)] == numbers
    for row in reply["answer"]["computed"]:
        due = row["value"] if str(row.get("name")).endswith("_due") else row.get("due")
        assert due is None or spoken(due, language) in shown
        assert row.get("receipt", "") in shown
    assert [address for _, address in surface.offered(made)] == [each["url"] for each in reply["answer"]["files"]]
    for place in reply["answer"]["places"]:
        assert place["as_of"] in shown
    if reply["answer"]["citations"]:
        assert reply["answer"]["citations"][0]["text_date"] in shown


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_answer_about_places_and_a_rule_says_both(language):
    reply = answers.reply(f"both-{language}")
    assert kinds(f"both-{language}") == ["simpleText", "listCard", "textCard"]
    rule = reply["text"].split(f"{text('nearby.also', language)}\n")[1].split("\n")[0]
    made = surface.render(reply)
    assert made["template"]["outputs"][2]["textCard"]["description"].startswith(rule)
    assert any(link.startswith("https://www.law.go.kr/") for link in surface.linked(made))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_emergency_comes_first_wherever_it_stands(language):
    replies = [answers.reply(f"{name}-{language}") for name in ("which-kind", "files", "emergency-fire")]
    made = render._render(replies, language, surface.ADDRESS)
    assert problems(made) == []
    assert "119" in surface.shown(made)[0]
    assert surface.dialled(made) == ["119"]


def test_a_number_is_read_whole_on_its_button():
    reply = answers.reply("handed-off-en")
    reply["answer"]["calls"] = [{"number": each, "label": each} for each in ("031-481-2000", "1588-9191", "119")]
    made = surface.render(reply)
    labels = [button["label"] for button in made["template"]["outputs"][0]["textCard"]["buttons"]]
    assert labels == ["031-481-2000", "Call 1588-9191", "Call 119"]


def test_more_than_five_places_are_swiped():
    reply = answers.reply("heat-ko")
    reply["answer"]["places"] = [{**reply["answer"]["places"][0], "name": f"쉼터{n}"} for n in range(14)]
    made = surface.render(reply)
    assert problems(made) == []
    assert len(made["template"]["outputs"][1]["carousel"]["items"]) == 10


def test_a_place_without_point_and_address_has_no_link():
    reply = answers.reply("heat-ko")
    for place in reply["answer"]["places"]:
        place |= {"map_url": "", "address": "", "phone": "없음"}
    made = surface.render(reply)
    assert problems(made) == []
    assert all("link" not in item for item in made["template"]["outputs"][1]["listCard"]["items"])


def test_labels_made_equal_by_clipping_are_told_apart():
    reply = answers.reply("rule-due-en")
    reply["quick_replies"] = [{"title": f"a very long choice of words, number {n}", "text": str(n)} for n in range(14)]
    reply["text"] = reply["answer"]["text"] = "x. " * 900
    made = surface.render(reply)
    labels = [each["label"] for each in made["template"]["quickReplies"]]
    assert len(set(labels)) == len(labels) == 10
    assert problems(made) == []


def test_a_broken_limit_is_sent_as_plain_text(caplog):
    reply = answers.reply("refused-ko")
    reply["answer"]["text"] = ""
    made = render.render([reply], "ko")
    assert problems(made) == []
    assert made["template"]["outputs"][0]["simpleText"]["text"] == reply["text"]
    assert "broke a limit" in caplog.text
    assert reply["text"][:20] not in caplog.text


def test_a_reply_without_an_answer_is_text():
    made = render.render([{"text": "a. " * 1500, "quick_replies": [], "answer": None}], "en")
    assert problems(made) == []
    assert len(made["template"]["outputs"]) == 3


def _breaking():
    """(what, response) that break one limit each."""
    base = surface.render(answers.reply("fire-centre-en"))
    card = surface.render(answers.reply("rule-due-en"))
    listed = surface.render(answers.reply("heat-en"))

    def changed(response, path, value):
        made = copy.deepcopy(response)
        at = made
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value
        return made

    outs, first, second = ("template", "outputs"), ("template", "outputs", 0), ("template", "outputs", 1)
    item, button = base["template"]["outputs"][1]["carousel"]["items"][0], {"label": "a", "action": "phone"}
    row = listed["template"]["outputs"][1]["listCard"]["items"][0]
    reply = {"label": "a", "action": "message", "messageText": "a"}
    return {
        "version": changed(base, ("version",), "1.0"),
        "template": changed(base, ("template",), None),
        "no output": changed(base, outs, []),
        "four outputs": changed(base, outs, base["template"]["outputs"] * 2),
        "two kinds in one": changed(base, first, {"simpleText": {"text": "a"}, "textCard": {}}),
        "unknown kind": changed(base, first, {"basicCard": {}}),
        "text": changed(base, (*first, "simpleText", "text"), "가" * 1001),
        "empty text": changed(base, (*first, "simpleText", "text"), " "),
        "emoji count twice": changed(base, (*first, "simpleText", "text"), "🔥" * 501),
        "card title": changed(card, (*first, "textCard", "title"), "a" * 51),
        "card": changed(card, (*first, "textCard", "description"), "a" * 400),
        "card in carousel": changed(base, (*second, "carousel", "items", 0, "description"), "a" * 128),
        "carousel of eleven": changed(base, (*second, "carousel", "items"), [item] * 11),
        "carousel of two kinds": changed(base, (*second, "carousel", "items"), [item, {"items": [row]}]),
        "carousel type": changed(base, (*second, "carousel", "type"), "simpleText"),
        "six items": changed(listed, (*second, "listCard", "items"), [row] * 6),
        "no header": changed(listed, (*second, "listCard", "header"), {}),
        "item address": changed(listed, (*second, "listCard", "items", 0, "link", "web"), "http://a"),
        "item action": changed(listed, (*second, "listCard", "items", 0, "action"), "message"),
        "four buttons": changed(card, (*first, "textCard", "buttons"), [dict(button, phoneNumber="119")] * 4),
        "label": changed(card, (*first, "textCard", "buttons", 0, "label"), "a" * 15),
        "phone": changed(card, (*first, "textCard", "buttons"), [dict(button, phoneNumber="call me")]),
        "action": changed(card, (*first, "textCard", "buttons", 0, "action"), "operator"),
        "address": changed(card, (*first, "textCard", "buttons", 0, "webLinkUrl"), "https://한글"),
        "eleven quick replies": changed(base, ("template", "quickReplies"), [reply] * 11),
        "quick reply label": changed(base, ("template", "quickReplies"), [dict(reply, label="a" * 15)]),
        "quick reply message": changed(base, ("template", "quickReplies"), [dict(reply, messageText="")]),
        "horizontal label": changed(
            card,
            (*first, "textCard"),
            {"title": "a", "description": "b", "buttonLayout": "horizontal",
             "buttons": [{"label": "a" * 9, "action": "phone", "phoneNumber": "119"}]},
        ),
        "three side by side": changed(
            card,
            (*first, "textCard"),
            {"title": "a", "description": "b", "buttonLayout": "horizontal",
             "buttons": [{"label": "a", "action": "phone", "phoneNumber": "119"}] * 3},
        ),
        "callback with template": {**base, "useCallback": True},
    }  # fmt: skip


BREAKING = _breaking()


@pytest.mark.parametrize("what", BREAKING)
def test_every_limit_is_checked(what):
    assert problems(BREAKING[what]) != []


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(answers.names()),
    status=st.sampled_from(STATUSES),
    lead=st.text(max_size=600),
    said=st.text(max_size=4000),
    titles=st.lists(st.text(max_size=60), max_size=14),
    numbers=st.lists(st.text(max_size=12), max_size=6),
)
def test_no_answer_breaks_a_limit(name, status, lead, said, titles, numbers):
    reply = answers.reply(name)
    calls = [{"number": number, "label": number} for number in numbers]
    reply["answer"] |= {"status": status, "lead": lead, "text": said, "calls": calls}
    reply |= {"text": said, "quick_replies": [{"title": title, "text": title} for title in titles]}
    assert problems(render.render([reply], "ko")) == []


@given(st.text(max_size=900), st.integers(5, 400), st.text(max_size=120), st.text(max_size=40))
def test_shortening_keeps_the_tail(body, most, tail, cut):
    made = shorten.fit(body, most, tail, cut)
    assert units(made) <= most
    lines = [line for line in tail.split("\n") if line]
    if units("\n".join(lines)) + units(cut) + 6 < most:
        assert all(line in made for line in lines)


@given(st.text(max_size=3000), st.integers(20, 1000), st.integers(1, 3))
def test_splitting_loses_nothing_that_fits(body, most, parts):
    made = shorten.split(body, most, parts, "…")
    assert len(made) <= parts
    assert all(units(each) <= most for each in made)
    if units(body) <= most:
        assert "".join(made) == body.strip()


def test_a_cut_is_said_and_made_at_a_sentence():
    body = "One sentence here. " * 100
    made = shorten.fit(body, 200, "Source: decree, 2023-06-27", "[…] cut")
    assert made.endswith("[…] cut\n\nSource: decree, 2023-06-27")
    assert made.split("\n\n")[0].endswith("here.")


def test_limits_are_those_of_the_format():
    given = (limits.OUTPUTS, limits.QUICK_REPLIES, limits.TEXT, limits.CARD_TITLE, limits.CARD)
    assert given == (3, 10, 1000, 50, 400)
    assert (limits.CARD_IN_CAROUSEL, limits.LABEL, limits.LABEL_SIDE_BY_SIDE, limits.LIST_ITEMS) == (128, 14, 8, 5)
