"""Places in messages: a written table, every dong with every particle, what is ambiguous, what is no place."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from knowledge.catalogue.model import Record, Source
from knowledge.catalogue.sqlite import SqliteCatalogue
from knowledge.gazetteer import gazetteer, outside
from nlu.places import NOTES, Mention, find_places

PLACES = gazetteer()
LEVELS = {
    "dong": "admin_dong",
    "legal": "legal_dong",
    "station": "station",
    "welfare": "welfare_centre",
    "safety": "safety_district",
    "landmark": "landmark",
    "city": "sigungu",
    "gu": "district",
}
TABLE = [
    tuple(part.strip() for part in line.split("|"))
    for line in (Path(__file__).parent / "test_places_phrasings.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
HOME = [p for p in PLACES if not outside(p) and p.level.endswith("_dong")]
COMMON = "중앙동"
PARTICLES = ["", "에서", "까지", "인데", "쪽", "은", "에", "에서는", "으로", "부터", "이에요"]
PARTICLES += [" 근처", " 대피소", "에 있는"]


def shown(mention: Mention) -> str:
    """A mention in the table's short form."""
    names = sorted(_short(place) for place in mention.candidates)
    return "/".join(names) + "!" * mention.assumed_home + (f"#{mention.note}" if mention.note else "")


def _short(place):
    if outside(place):
        return f"away:{place.name_ko}"
    level = next(short for short, level in LEVELS.items() if level == place.level)
    return f"{level}:{place.name_ko.replace(' 행정복지센터', '')}"


def wanted(cell: str) -> list[str]:
    return [_wanted(part) for part in cell.split(";") if part]


def _wanted(part: str) -> str:
    body, note = ([*part.split("#"), ""])[:2]
    home = body.endswith("!")
    return "/".join(sorted(body.rstrip("!").split("/"))) + "!" * home + (f"#{note}" if note else "")


@pytest.mark.parametrize(("text", "cell"), TABLE, ids=[row[0] for row in TABLE])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_table(text, cell, language):
    assert [shown(mention) for mention in find_places(text, language)] == wanted(cell)


def test_the_table_is_large_enough():
    assert len(TABLE) >= 200


@pytest.mark.parametrize("place", HOME, ids=lambda place: place.id)
def test_every_dong_of_ansan_with_particles(place):
    usual = PLACES.usual(place)
    if place.name_ko in ("이동", "일동"):
        texts = [f"안산시 {place.name_ko}{particle}" for particle in PARTICLES]
    else:
        texts = [f"{place.name_ko}{particle} 알려줘" for particle in PARTICLES]
    for text in texts:
        (mention,) = find_places(text, "ko")
        assert mention.candidates[0] == usual, text
        assert mention.ambiguous == (place.name_ko == COMMON), text


@pytest.mark.parametrize("place", HOME, ids=lambda place: place.id)
def test_every_dong_of_ansan_in_latin_letters(place):
    name = place.name_en
    for written in (name, name.lower(), name.upper(), name.replace("-", " "), name.replace("-", "")):
        for text in (written, f"shelters near {written}?", f"{written} 근처", f"in {written}, please"):
            (mention,) = find_places(text, "en")
            assert mention.candidates[0] == PLACES.usual(place), text


@pytest.mark.parametrize("place", [p for p in PLACES if p.level == "station" and not outside(p)], ids=lambda p: p.id)
def test_every_station_of_ansan(place):
    for text in (f"{place.name_ko}에서", f"near {place.name_en}", place.name_en.lower()):
        (mention,) = find_places(text, "ko")
        assert mention.candidates == (place,)
        assert (mention.note == "no_point") == (place.point is None)


def test_a_station_without_a_point_offers_only_the_dong_of_its_name():
    (mention,) = find_places("near Seonbu Station", "en")
    assert mention.alternative.name_ko == "선부동"
    (mention,) = find_places("사리역", "ko")
    assert mention.alternative is None


def test_a_name_of_many_cities_is_asked_about_unless_ansan_is_said():
    (mention,) = find_places("중앙동 자전거 사고", "ko")
    assert mention.ambiguous
    assert not mention.assumed_home
    assert [place.id for place in mention.candidates[:2]] == ["dong:4127353200", "station:ansan-jungang"]
    assert all(outside(place) for place in mention.candidates[2:])
    assert len(mention.candidates) > 20
    (mention,) = find_places("중앙동 자전거 사고", "ko", said_ansan=True)
    assert [place.id for place in mention.candidates] == ["dong:4127353200"]
    (mention,) = find_places("단원구 주민인데 중앙동 쉼터", "ko")[1:]
    assert [place.id for place in mention.candidates] == ["dong:4127353200"]


def test_another_city_in_front_wins():
    for text in ("서울 신길동 대피소", "Singil-dong, Seoul", "Singil-dong in Seoul"):
        (mention,) = find_places(text, "ko")
        assert all(outside(place) for place in mention.candidates), text
        assert {place.parents[-1] for place in mention.candidates} == {"region:1100000000"}


def test_another_city_elsewhere_in_the_message_leaves_both():
    seoul, mention = find_places("서울 사는데 신길동 대피소", "ko")
    assert seoul.candidates[0].name_ko == "서울특별시"
    assert {outside(place) for place in mention.candidates} == {True, False}


def test_a_settled_session_assumes_nothing():
    (mention,) = find_places("신길동", "ko", said_ansan=True)
    assert mention.surface == "신길동"
    assert not mention.assumed_home


def test_spans_are_the_text_itself_and_do_not_overlap():
    text = "From 안산시 상록구 일동 to Choji Station, then 원곡동까지"
    found = find_places(text, "en")
    assert [mention.surface for mention in found] == ["안산시 상록구 일동", "Choji Station", "원곡동"]
    for mention, after in itertools.pairwise(found):
        assert mention.end <= after.start
    assert all(text[mention.start : mention.end] == mention.surface for mention in found)
    assert all(mention.note in NOTES for mention in found)


HERE = (37.3265, 126.8274)
THERE = (37.3325, 126.7912)
BUSAN = (35.18, 129.08)


def site(key, name, point, source="ansan-earthquake-sites"):
    return Record(source, key, "earthquake_site", name, *point, as_of="2023-11")


@pytest.fixture(scope="module")
def lookup(tmp_path_factory):
    """A real catalogue with a few records of two sources."""
    rows = [
        site("1", "올림픽기념관", HERE),
        site("2", "화랑초등학교", THERE),
        site("3", "와동초등학교 운동장", THERE),
        site("4", "푸른마을4단지경로당", HERE),
        site("5", "푸른마을4단지경로당", THERE),
        site("6", "올림픽기념관", (HERE[0] + 0.0001, HERE[1]), "ansan-temporary-housing"),
        site("7", "중앙초등학교", BUSAN, "ansan-temporary-housing"),
        site("8", "화랑초등학교", BUSAN, "ansan-temporary-housing"),
    ]
    catalogue = SqliteCatalogue(str(tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"))
    for name in ("ansan-earthquake-sites", "ansan-temporary-housing"):
        title = {"ko": "시험", "en": "Trial"}
        source = Source(name, ("earthquake_site",), title, title, "", "", "", "2023-11", 365)
        catalogue.replace(source, [row for row in rows if row.source == name])
    yield catalogue.named
    catalogue.close()


@pytest.mark.parametrize("text", ["올림픽기념관에서 가까운 대피소", "near the Olympic Memorial Hall"])
def test_a_landmark_is_looked_up_among_the_records(text, lookup):
    (mention,) = find_places(text, "ko", lookup=lookup)
    (place,) = mention.candidates  # the second record is the same spot
    assert place.name_ko == "올림픽기념관"
    assert place.source in ("ansan-earthquake-sites", "ansan-temporary-housing")
    assert place.lat == pytest.approx(HERE[0], abs=0.001)
    assert mention.note == ""
    assert not outside(place)


def test_a_facility_and_a_station_come_in_order(lookup):
    school, station = find_places("화랑초등학교에서 고잔역까지", "ko", lookup=lookup)
    assert school.surface == "화랑초등학교"
    assert school.candidates[0].point == THERE
    assert school.assumed_home  # Busan has one too
    assert station.candidates[0].id == "station:ansan-gojan"


def test_a_facility_of_a_dongs_name_is_the_facility(lookup):
    (mention,) = find_places("와동초등학교 옆", "ko", lookup=lookup)
    assert mention.surface == "와동초등학교"
    assert mention.candidates[0].name_ko == "와동초등학교 운동장"


def test_the_longest_name_of_a_facility_wins(lookup):
    (mention,) = find_places("푸른마을4단지경로당이요", "ko", lookup=lookup)
    assert mention.surface == "푸른마을4단지경로당"
    assert [place.point for place in mention.candidates] == [HERE, THERE]  # two of one name


def test_a_facility_that_only_another_city_has(lookup):
    (mention,) = find_places("중앙초등학교", "ko", lookup=lookup)
    assert outside(mention.candidates[0])
    (mention,) = find_places("안산 중앙초등학교", "ko", lookup=lookup)
    assert mention.note == "no_point"
    assert not outside(mention.candidates[0])


def test_a_facility_that_no_record_names_is_no_place(lookup):
    assert find_places("우리 초등학교에서 어린이집까지 병원 지나서", "ko", lookup=lookup) == []


def test_odd_input_is_no_place():
    for text in ("", " ", "!!!", "동", "역", "123", "가" * 2000, "a" * 2000, "-dong", "\U0001f600"):
        assert find_places(text, "ko") == []


def test_nothing_is_loaded_at_import():
    import subprocess
    import sys

    code = "import sys, nlu.places; print([m for m in ('spacy', 'shapely', 'numpy') if m in sys.modules])"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root).stdout.strip() == "[]"


NAMED_IN_QUESTIONS = ("region:",)


def test_questions_about_the_decree_name_regions_only():
    """Over 2,000 questions written for the decree: whatever is found there is a province or a city."""
    wrong = []
    count = 0
    for path in (Path(__file__).parents[2] / "knowledge" / "laws").glob("*/notes/*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            note = json.loads(line)
            for text in (*note.get("questions_en", ()), *note.get("questions_ko", ())):
                count += 1
                found = find_places(text, "ko")
                wrong += [(m.surface, text) for m in found if not m.candidates[0].id.startswith(NAMED_IN_QUESTIONS)]
    assert wrong == []
    assert count > 2000


def test_evaluation_questions_have_no_false_place(eval_folder):
    wrong = []
    for name in ("provisions.jsonl", "unanswerable.jsonl"):
        for line in (eval_folder / name).read_text("utf-8").splitlines():
            text = json.loads(line)["question"]
            found = find_places(text, "ko")
            wrong += [(m.surface, text) for m in found if m.candidates[0].level not in ("sido", "sigungu", "station")]
    assert wrong == []
