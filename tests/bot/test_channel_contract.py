"""One Answer, every channel: the same Answers keep each channel's limits and lose nothing that matters.

A channel takes part with ``tests/bot/<channel>/surface.py``: render(reply), broken(rendered), shown(rendered),
dialled(rendered), linked(rendered), pressed(rendered), offered(rendered).
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import re
from pathlib import Path

import pytest

from bot.channels.data.names import ENDINGS, file_name
from nlu.answer import STATUSES
from nlu.language import LANGUAGES
from nlu.texts import text, texts
from tests.bot import answers_folder as answers

NO = ("not_in_text", "no_evidence", "none_nearby", "no_such_data", "unavailable")
SURFACES = sorted(path.parent.name for path in Path(__file__).parent.glob("*/surface.py"))
CASES = [(surface, name) for surface in SURFACES for name in answers.names()]


@functools.cache
def rendered_case(channel, name):
    """(the channel's surface, the reply, what it became)."""
    surface, reply = importlib.import_module(f"tests.bot.{channel}.surface"), answers.reply(name)
    return surface, reply, surface.render(reply)


@pytest.fixture(params=CASES, ids=["-".join(case) for case in CASES])
def case(request):
    return rendered_case(*request.param)


def words(lines):
    return re.sub(r"\s+", " ", " ".join(lines))


def spoken_day(iso, language):
    """A computed day as the texts write it: "14 April 2026", "2026년 4월 14일"."""
    day = dt.date.fromisoformat(iso)
    return text("date", language, day=day.day, month=texts("months", language)[day.month - 1], year=day.year)


def test_the_answers_hold_every_status_in_both_languages():
    found = [answers.answer(name) for name in answers.names()]
    assert len(found) == 76
    for status in STATUSES:
        assert {each["language"] for each in found if each["status"] == status} == set(LANGUAGES), status
    assert any(each["computed"] for each in found)
    for language in LANGUAGES:
        kinds = {file["kind"] for each in found if each["language"] == language for file in each["files"]}
        assert kinds == set(ENDINGS)
        assert any(row.get("due") for each in found if each["language"] == language for row in each["computed"])
        assert any(row.get("receipt") for each in found if each["language"] == language for row in each["computed"])
    assert any(len(each["places"]) >= 5 for each in found)
    assert any(place["phone"] for each in found for place in each["places"])
    assert max(len(each["text"]) for each in found) > 3000
    assert {"kakao", "rest", "telegram", "web"} <= set(SURFACES)


def test_limits_are_kept(case):
    surface, _, rendered = case
    assert surface.broken(rendered) == []


def test_the_lead_is_said(case):
    surface, reply, rendered = case
    said = words(surface.shown(rendered))
    for sentence in re.split(r"(?<=[.!?:])\s+", reply["answer"]["lead"]):  # an answer about two things has two leads
        assert words([sentence]) in said


def test_no_number_to_call_is_lost(case):
    surface, reply, rendered = case
    numbers = [call["number"] for call in reply["answer"]["calls"]]
    assert set(numbers) <= set(surface.dialled(rendered))
    assert surface.dialled(rendered)[: len(numbers)] == numbers or reply["answer"]["status"] != "emergency"
    if reply["answer"]["status"] == "emergency":
        assert numbers
        assert numbers[0] in surface.shown(rendered)[0]


def test_no_deadline_is_lost(case):
    surface, reply, rendered = case
    said, answer = words(surface.shown(rendered)), reply["answer"]
    for each in answer["computed"]:
        due = each["value"] if str(each.get("name")).endswith("_due") else each.get("due")
        assert due is None or spoken_day(due, answer["language"]) in said, each
        assert each.get("receipt", "") in said


def test_no_source_is_lost(case):
    surface, reply, rendered = case
    said, answer = words(surface.shown(rendered)), reply["answer"]
    for place in answer["places"]:
        assert place["source_label"] in said
        assert place["as_of"] in said
    if answer["citations"] and not answer["places"]:
        first = answer["citations"][0]
        assert any(cited["label"] in said for cited in answer["citations"])
        date = first["text_date"]
        assert date in said or spoken_day(date, answer["language"]) in said


def test_no_date_of_a_source_is_lost(case):
    surface, reply, rendered = case
    said, answer = words(surface.shown(rendered)), reply["answer"]
    for date in answer["source_dates"]:
        assert date in said or told(date, answer["language"]) in said, date


def told(date, language):
    """A day in words; of a month its year."""
    return spoken_day(date, language) if len(date) == 10 else date[:4]


def test_no_file_is_lost(case):
    surface, reply, rendered = case
    files, offered = reply["answer"]["files"], surface.offered(rendered)
    assert [address for _, address in offered] == [each["url"] for each in files]
    assert len({label for label, _ in offered}) == len(files)
    assert all(name in words(surface.shown(rendered)) or name == each["label"] for (name, _), each in
               zip(offered, files, strict=True))  # fmt: skip
    for each in files:
        kind = {"checklist": "", "calendar": "", "docx": "DOCX", "pdf": "PDF"}[each["kind"]]
        assert any(kind in label for label, _ in offered)


def test_a_file_is_kept_under_a_name_with_its_ending(case):
    _, reply, _ = case
    for each in reply["answer"]["files"]:
        assert file_name(each["url"]) == f"ansim-festival{ENDINGS[each['kind']]}"


def test_the_ways_of_no_are_told_apart_on_every_channel():
    for surface in SURFACES:
        for language in LANGUAGES:
            first = {}
            for name in answers.names():
                module, reply, rendered = rendered_case(surface, name)
                if reply["answer"]["status"] in NO and reply["answer"]["language"] == language:
                    first.setdefault(reply["answer"]["status"], []).append(module.shown(rendered)[0][:40])
            assert set(first) == set(NO)
            assert all(not set(first[a]) & set(first[b]) for a in NO for b in NO if a < b), (surface, first)


def test_every_place_is_named_with_its_warnings(case):
    surface, reply, rendered = case
    said, answer = words(surface.shown(rendered)), reply["answer"]
    for place in answer["places"]:
        assert place["name"][:20] in said
        assert all(note in said for note in place["notes"] if note in answer["text"])
    if any(place["stale"] for place in answer["places"]):
        assert "120" in said
        assert "119" in said


def test_official_pages_and_maps_open(case):
    surface, reply, rendered = case
    links = surface.linked(rendered)
    if reply["answer"]["citations"] and not reply["answer"]["places"]:
        assert any(link.startswith("https://www.law.go.kr/") for link in links)
    points = [place for place in reply["answer"]["places"] if place["map_url"]]
    assert sum(link.startswith("https://map.kakao.com/link/") for link in links) >= len(points)


def test_everything_offered_can_be_pressed(case):
    surface, reply, rendered = case
    offered = [each["text"] for each in reply["quick_replies"]]
    assert set(offered) <= set(surface.pressed(rendered))


def test_the_language_stays(case):
    surface, reply, rendered = case
    hangul = len(re.findall("[가-힣]", words(surface.shown(rendered))))
    assert hangul > 0 or reply["answer"]["language"] == "en"
