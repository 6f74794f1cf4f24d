"""Questions about places as people ask them, against what every bundled row measures to (``place_oracle``).

The questions (``samples/place_questions*.jsonl``) were written before the product was asked; those of
``…_blind`` after the reading was mended, and before it was asked.
"""

from __future__ import annotations

import json
import os
import re

import pytest

from actions.nearby_thread import Context
from actions.respond import guide, reply
from index.errors import SearchIndexError
from knowledge.catalogue import opening
from knowledge.catalogue.build import build
from knowledge.catalogue.model import HAZARDS, QUALITIES
from knowledge.catalogue.sqlite import SqliteCatalogue
from nlu.route import CARD, DEADLINE, FESTIVAL, NEARBY, RULE, SOURCES, route
from tests.actions import place_oracle as oracle
from tests.actions import place_table as table
from tests.conftest import ROOT

ASKED = table.read("place_questions.jsonl")
BLIND = table.read("place_questions_blind.jsonl")
TALKS = table.read("place_conversations.jsonl")
RIGHT = 0.95
FALSE_ALARMS = 0.06
"""Share of place questions that are taken for an emergency and so get the number to call instead."""
DONGS = [row for row in oracle.places().values() if re.match(r"(dong:|legal:)4127", row["id"])]


@pytest.fixture(scope="module", autouse=True)
def _catalogue(tmp_path_factory):
    """The bundled data in a catalogue of its own, where the answers look."""
    path = tmp_path_factory.mktemp("places") / "catalogue.sqlite"
    build(SqliteCatalogue(path), lambda _: None)
    before = os.environ.get("ANSIM_CATALOGUE")
    os.environ["ANSIM_CATALOGUE"] = str(path)
    opening.settings.cache_clear()
    guide.cache_clear()
    yield
    if before is None:
        del os.environ["ANSIM_CATALOGUE"]
    else:
        os.environ["ANSIM_CATALOGUE"] = before
    opening.settings.cache_clear()
    guide.cache_clear()


def notes():
    for path in sorted(ROOT.glob("knowledge/laws/*/notes/*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def asked(row):
    return table.ask(row, None if row["text"] else row["language"])


@pytest.fixture(scope="module")
def replies(_catalogue):
    return {row["id"]: asked(row) for row in [*ASKED, *BLIND]}


@pytest.fixture(scope="module")
def placed(replies):
    """Rows and replies that show places."""
    both = [(row, replies[row["id"]]) for row in [*ASKED, *BLIND]]
    return [(row, got) for row, got in both if got.turn.answer.places]


def test_what_is_expected_is_what_the_rows_measure_to():
    turns = [turn for talk in TALKS for turn in talk["turns"]]
    for row in [*ASKED, *BLIND, *turns]:
        assert row["expected"] == oracle.expected(row), row["text"]


def test_the_table_covers_the_kinds_and_both_languages_alike():
    assert len(ASKED) >= 170
    assert len(BLIND) == 40
    assert {row["language"] for row in ASKED} == {"ko", "en"}
    counts = [sum(row["language"] == language for row in [*ASKED, *BLIND]) for language in ("ko", "en")]
    assert counts[0] == counts[1]
    assert set(oracle.rows()) <= {kind for row in ASKED for kind in row["expected"]}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("rows", [ASKED, BLIND], ids=["asked", "blind"])
def test_questions_are_answered_right(rows, language, replies):
    mine = [row for row in rows if row["language"] == language]
    misses = {row["id"]: table.wrongs(row, replies[row["id"]]) for row in mine}
    misses = {name: wrong for name, wrong in misses.items() if wrong}
    for row in mine:
        if row["id"] in misses:
            print(row["id"], row["text"], misses[row["id"]])
    assert 1 - len(misses) / len(mine) >= RIGHT


def test_few_place_questions_are_taken_for_an_emergency():
    """What the terminal says: the same, or the number to call where words of danger weigh more."""
    plain = [row for row in [*ASKED, *BLIND] if row["text"] and row["status"] != RULE]
    alarms = []
    for row in plain:
        location = tuple(row["location"]) if "location" in row else None
        try:
            status = reply(row["text"], None, table.no_index, location).answer.status
        except SearchIndexError:
            status = RULE
        if status == "emergency" and not row.get("may_be_emergency"):
            alarms.append(row["text"])
    print(len(alarms), "of", len(plain), alarms)
    assert len(alarms) <= FALSE_ALARMS * len(plain)


def test_kinds_are_mixed_only_where_several_or_no_danger_was_named(placed):
    for row, got in placed:
        kinds = {place["kind"] for place in got.turn.answer.places}
        assert len(kinds) == 1 or len(row["kinds"]) > 1, row["text"]
        if len(row["kinds"]) <= 1:
            assert len(got.ids) <= oracle.SHOWN, row["text"]


def test_distances_are_those_of_the_ellipsoid_and_the_nearest_stands_first(placed):
    measured = 0
    for row, got in placed:
        if not row.get("origin") or got.turn.answer.map is None:
            continue
        origin = got.turn.answer.map["origin"]
        by_kind = {}
        for place in got.turn.answer.places:
            true = table.truth((origin["lat"], origin["lon"]), place["id"])
            if true is None:
                assert place["distance_m"] is None
            elif row["way"] != "along":
                assert place["distance_m"] == pytest.approx(true, rel=0.01, abs=1), row["text"]
                by_kind.setdefault(place["kind"], []).append(place["distance_m"])
                measured += 1
        assert all(found == sorted(found) for found in by_kind.values()), row["text"]
    assert measured > 400


def test_every_place_says_whose_it_is_and_how_good_its_point_is(placed):
    for row, got in placed:
        for place in got.turn.answer.places:
            assert place["source"] in place["id"], row["text"]
            assert re.fullmatch(r"20\d\d(-\d\d){0,2}", place["as_of"]), row["text"]
            assert place["coordinate_quality"] in QUALITIES, row["text"]
        assert got.turn.answer.source_dates
        assert all(date in got.turn.answer.text for date in got.turn.answer.source_dates[:1])


def test_no_text_and_no_thread_tells_where_the_asker_stands(replies):
    located = [row for row in [*ASKED, *BLIND] if "location" in row]
    assert len(located) > 30
    for row in located:
        turn = replies[row["id"]].turn
        kept = json.dumps(turn.thread.to_json())
        for degrees in row["location"]:
            assert f"{degrees:.2f}" not in turn.answer.text, row["id"]
            assert f"{degrees:.2f}" not in kept, row["id"]


@pytest.mark.parametrize("row", DONGS, ids=[row["id"] for row in DONGS])
def test_every_dong_of_ansan_is_known_in_both_languages(row):
    """중앙동 is a dong of many cities: there one asks which, unless Ansan is said."""
    twins = {row["id"], row["also"] or row["id"]}
    city = {"ko": "안산 ", "en": ", Ansan"}
    for language, text, said in (
        ("ko", f"{row['name_ko']} 무더위쉼터", f"{city['ko']}{row['name_ko']} 무더위쉼터"),
        ("en", f"heat shelter near {row['name_en']}", f"heat shelter near {row['name_en']}{city['en']}"),
    ):
        got = table.ask({"text": text}, language)
        if row["name_ko"] == "중앙동":
            assert got.status == "clarify"
            got = table.ask({"text": said}, language)
        assert got.turn.thread.origin in twins, text
        assert got.status == "answered", text
        assert {place["kind"] for place in got.turn.answer.places} == {"heat_shelter"}, text


@pytest.mark.parametrize("talk", TALKS, ids=[talk["id"] for talk in TALKS])
def test_conversations_go_on_from_what_was_asked(talk):
    thread, last, before = Context(), "", []
    for row in talk["turns"]:
        got = table.ask(row, row.get("language") or (None if row["text"] else talk["language"]), thread, last)
        assert table.wrongs(row, got, before) == [], row["text"]
        thread, last = Context.read(got.turn.thread.to_json()), got.turn.skill
        before = got.ids if got.status != RULE else before


def test_questions_about_rules_stay_with_the_rules(eval_folder):
    rows = [json.loads(line) for line in (eval_folder / "provisions.jsonl").read_text("utf-8").splitlines()]
    skills = [route(row["question"], row["lang"]).skill for row in rows]
    assert set(skills) <= {RULE, FESTIVAL, DEADLINE}
    # one's own festival, or a day to count from: answered from the decree and with its words, too
    assert sum(skill != RULE for skill in skills) <= 0.04 * len(rows)


@pytest.mark.slow
def test_questions_of_the_notes_stay_with_the_rules():
    asked = [(q, lang) for note in notes() for lang in ("ko", "en") for q in note[f"questions_{lang}"]]
    assert len(asked) > 5000
    taken = {q: skill for q, lang in asked if (skill := route(q, lang).skill) != RULE}
    # "are we caught?" may be said of one's own event, "what must we do?" of everything
    assert len(taken) <= 0.006 * len(asked), taken
    assert [q for q, skill in taken.items() if skill == NEARBY] == []


def talk_through(messages, language):
    """The turns of one conversation, the thread kept as the dialogue keeps it."""
    thread, last, turns = Context(), "", []
    for message in messages:
        got = table.ask({"text": message}, language, thread, last)
        thread, last = Context.read(got.turn.thread.to_json()), got.turn.skill
        turns.append(got)
    return turns


@pytest.mark.parametrize(
    ("language", "opening_words", "second"),
    [
        ("en", "shelter near Choji-dong", "the second one"),
        ("ko", "초지동 대피소", "두번째"),
        ("en", "earthquake site and heat shelter near Wongok-dong", "the second one"),
        ("ko", "원곡동 지진대피소랑 무더위쉼터", "두번째 거"),
    ],
)
def test_the_second_row_of_a_list_over_several_kinds_can_be_asked_for(language, opening_words, second):
    listed, chosen = talk_through([opening_words, second], language)
    assert chosen.ids == listed.ids[1:2]


@pytest.mark.parametrize(
    ("language", "opening_words", "bigger", "then"),
    [
        ("en", "shelter near Choji-dong", "a bigger one", "the first one"),
        ("ko", "초지동 대피소", "더 큰데는", "첫번째"),
    ],
)
def test_more_room_is_looked_for_within_the_kinds_that_were_shown(language, opening_words, bigger, then):
    listed, roomier, chosen = talk_through([opening_words, bigger, then], language)
    before = {place["kind"]: place["capacity"] or 0 for place in listed.turn.answer.places}
    assert roomier.status == "answered"
    assert roomier.ids
    for place in roomier.turn.answer.places:
        assert place["capacity"] > before[place["kind"]]
    assert chosen.ids == roomier.ids[:1]


def test_no_capacity_in_any_list_is_said_and_the_list_stays():
    for language, words in (
        ("en", ["earthquake site and heat shelter near Wongok-dong", "a bigger one", "the second one"]),
        ("ko", ["원곡동 지진대피소랑 무더위쉼터", "더 큰데는", "두번째"]),
    ):
        listed, asked, chosen = talk_through(words, language)
        assert asked.status == "clarify"
        assert chosen.ids == listed.ids[1:2]


ABOUT_IT = {
    "en": (
        "heat shelter near Choji-dong",
        "the third one",
        "how far is it",
        "what are its hours",
        "is it wheelchair accessible",
    ),
    "ko": ("초지동 무더위쉼터", "세번째", "거기 얼마나 멀어", "몇 시까지 해", "휠체어 들어가"),
}


@pytest.mark.parametrize("language", ABOUT_IT)
def test_it_is_the_row_shown_first_or_the_one_last_spoken_of(language):
    first, third, *asked = ABOUT_IT[language]
    listed, *told = talk_through([first, *asked], language)
    assert [got.ids for got in told] == [listed.ids[:1]] * 3
    assert [got.status for got in told] == ["answered", "no_such_data", "no_such_data"]
    assert told[0].turn.answer.places[0]["distance_m"] == listed.turn.answer.places[0]["distance_m"]
    listed, chosen, *told = talk_through([first, third, *asked], language)
    assert [got.ids for got in told] == [listed.ids[2:3]] * 3 == [chosen.ids] * 3


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["119 centre near Choji-dong", "what are its hours"]), ("ko", ["초지동 119안전센터", "운영시간은?"])],
)
def test_where_the_list_has_a_phone_it_is_said_with_what_the_list_lacks(language, words):
    told = talk_through(words, language)[-1].turn.answer
    assert told.status == "no_such_data"
    assert told.places[0]["phone"]
    assert told.places[0]["phone"] in told.text


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("flood risk map ansan", "en", "flood-maps"),
        ("map of flood hazard areas in Ansan", "en", "flood-maps"),
        ("landslide hazard map of Ansan", "en", "landslide-areas"),
        ("안산 침수 위험 지도", "ko", "flood-maps"),
        ("고잔동 홍수위험지도", "ko", "flood-maps"),
        ("안산 산사태 위험 지도", "ko", "landslide-areas"),
    ],
)
def test_a_map_of_dangers_is_no_shelter_from_them(text, language, topic):
    found = route(text, language)
    assert (found.skill, found.subject) == (SOURCES, topic)
    assert table.ask({"text": text}, language).status == "no_such_data"


@pytest.mark.parametrize(
    ("text", "language"),
    [("hazard map of Gojan-dong", "en"), ("danger map Gojan-dong", "en"), ("고잔동 위험 지도", "ko")],
)
def test_a_map_of_any_danger_is_what_is_recorded_there(text, language):
    places = table.ask({"text": text}, language).turn.answer.places
    assert places
    assert {place["kind"] for place in places} <= set(HAZARDS)


@pytest.mark.parametrize("text", ["지진나면", "지진일땐 어디로가?"])
def test_a_danger_goes_on_a_thread_about_places_and_alone_asks_for_its_card(text):
    followed = talk_through(["초지동 무더위쉼터", text], "ko")[-1]
    assert {place["kind"] for place in followed.turn.answer.places} == {"earthquake_site"}
    alone = route(text, "ko")
    assert (alone.skill, alone.subject) == (CARD, "earthquake")


@pytest.mark.parametrize("text", ["in an earthquake?", "and if there's a quake?"])
def test_a_danger_goes_on_a_thread_in_english(text):
    followed = talk_through(["heat shelter near Choji-dong", text], "en")[-1]
    assert {place["kind"] for place in followed.turn.answer.places} == {"earthquake_site"}


def test_a_hydrant_is_called_one_in_english():
    told = table.ask({"text": "hydrant near Choji-dong"}, "en").turn.answer
    assert "소화전 (fire hydrant)" in told.text
    assert "Sohwajeon" not in told.text
