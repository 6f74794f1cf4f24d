"""Made-up Answers, very long and with many of everything: what matters survives on the channels that shorten or render.

REST and the web chat pass an Answer on as it is (test_channel_contract.py).
"""

from __future__ import annotations

import datetime as dt
import importlib
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.channels.kakao import dates
from bot.channels.kakao.limits import CAROUSEL_CARDS
from nlu.answer import STATUSES
from nlu.texts import text
from tests.bot import answers_folder as answers

pytestmark = pytest.mark.slow

NO = ("not_in_text", "no_evidence", "none_nearby", "no_such_data", "unavailable")
SURFACES = {name: importlib.import_module(f"tests.bot.{name}.surface") for name in ("kakao", "telegram")}
LETTERS = st.characters(codec="utf-8", categories=("L", "N"))
ODD = ("안전관리계획", "shelter", "🔥", "<b>", "&", "1.")
WORD = st.one_of(st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(ODD))
NUMBERS = ("119", "112", "110", "120", "1393", "031-470-7571", "031-481-2000", "1588-9191")
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)).map(dt.date.isoformat)
SOURCES = (
    ("Ministry of the Interior and Safety", "Outdoor evacuation sites for earthquakes (outside Ansan)", "2023-10"),
    ("행정안전부", "무더위쉼터 (안산 밖 전국)", "2023"),
    ("안산시 안전행정국 재난안전과 민방위팀", "민방위대피시설 (안산시)", "2025-10"),
    ("Ansan Fire Station, Gyeonggi Fire and Disaster Headquarters", "119 safety centres", "2025-07-01"),
)


@st.composite
def sentences(draw, most):
    """One to ``most`` sentences of up to twelve words."""
    count = draw(st.integers(1, most))
    said = [" ".join(draw(st.lists(WORD, min_size=1, max_size=12))) for _ in range(min(count, 4))]
    return " ".join(f"{said[number % len(said)]}." for number in range(count))


@st.composite
def places(draw, language):
    row = answers.answer(f"fire-centre-{language}")["places"][0]
    found = []
    for number in range(draw(st.integers(0, 14))):
        publisher, title, as_of = draw(st.sampled_from(SOURCES))
        name = f"{draw(WORD)}{number} " + draw(st.sampled_from(["", "a very long name of a place, " * 4]))
        more = {"name": name.strip(), "name_reading": "", "publisher": publisher, "source_label": title, "as_of": as_of,
                "phone": draw(st.sampled_from([None, "", *NUMBERS])), "stale": draw(st.booleans())}  # fmt: skip
        found.append({**row, **more})
    return found


@st.composite
def citations(draw, language):
    row = answers.answer(f"rule-due-{language}")["citations"][0]
    count = draw(st.integers(0, 8))
    return [{**row, "label": f"{row['label']} {number}", "provision": f"73-9/{number}"} for number in range(count)]


@st.composite
def computed(draw):
    festival = [{"name": name, "value": draw(DAYS), "rule": "73-9/0"} for name in ("plan_due", "change_due")]
    duties = [
        {"what": draw(sentences(2)), "label": "x", "due": day} for day in draw(st.lists(DAYS, max_size=dates.MOST))
    ]
    return draw(st.sampled_from([[], festival, duties]))


@st.composite
def replies(draw):
    language, status = draw(st.sampled_from(["ko", "en"])), draw(st.sampled_from(STATUSES))
    base = answers.answer(f"refused-{language}")
    lead = draw(sentences(3))
    found = {
        "places": draw(places(language)), "citations": draw(citations(language)), "computed": draw(computed()),
        "calls": [{"number": each, "label": each} for each in draw(st.lists(st.sampled_from(NUMBERS), unique=True))],
        "files": [file(number) for number in range(draw(st.integers(0, 12)))],
    }  # fmt: skip
    if status == "emergency":
        found = {**{key: [] for key in found}, "calls": found["calls"] or [{"number": "119", "label": "119"}]}
    if found["places"]:
        found["files"] = []  # files come with the festival check
    numbers = [call["number"] for call in found["calls"]]
    begin = ", ".join(numbers) + ": " if status == "emergency" else ""
    stamps = sorted({p["as_of"] for p in found["places"]} | {c["text_date"] for c in found["citations"]})
    answer = {**base, **found, "status": status, "lead": begin + lead,
              "source_dates": stamps or draw(st.sampled_from([[], ["2023-10", "2025-07-01"]]))}  # fmt: skip
    if status == "emergency":
        answer["source_dates"] = []
    answer["text"] = said = told(answer, draw(sentences(draw(st.sampled_from([1, 10, 300])))))
    titles = draw(st.lists(sentences(1), max_size=12, unique=True))
    return {"text": said, "quick_replies": [{"title": each, "text": each} for each in titles], "answer": answer}


def told(answer, body):
    """The text of an Answer holds all of it; here what matters stands behind a body that may be very long."""
    language = answer["language"]
    rows = [f"{number}. {place['name']}, 300 m" for number, place in enumerate(answer["places"], 1)]
    days = [dates.spoken(row.get("due") or row["value"], language) for row in answer["computed"]]
    lists = [f"{place['publisher']}, {place['source_label']}, {place['as_of']}" for place in answer["places"]]
    numbers = [call["number"] for call in answer["calls"]]
    behind = [*days, *dict.fromkeys(lists), " ".join(numbers), ", ".join(answer["source_dates"])]
    return "\n\n".join(filter(None, [answer["lead"], "\n".join(rows), body, "\n".join(filter(None, behind))]))


def file(number):
    kind = ("checklist", "calendar", "docx", "pdf")[number % 4]
    url = f"/data/festival?file={kind}&people={number}"
    return {"kind": kind, "label": f"{number} Calendar file with the deadlines", "url": url}


def squeezed(lines):
    return re.sub(r"\s+", " ", " ".join(lines))


@settings(
    max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(reply=replies())
def test_what_matters_survives(reply):
    answer = reply["answer"]
    for name, surface in SURFACES.items():
        rendered = surface.render(reply)
        shown = surface.shown(rendered)
        said = squeezed(shown)
        assert surface.broken(rendered) == [], name
        if len(answer["lead"]) < 250:
            assert squeezed([answer["lead"]]) in said, name
        assert len(surface.pressed(rendered)) >= min(10, len(reply["quick_replies"])), name
        assert_numbers(surface, rendered, shown, answer)
        assert_dates(said, answer)
        offered = [address for _, address in surface.offered(rendered)]
        assert offered == [each["url"] for each in answer["files"]], name
        if answer["status"] in NO and not answer["places"]:
            title = text(f"kakao.title.{answer['status']}", answer["language"])
            assert title in shown[0] if name == "kakao" else squeezed([answer["lead"]]) in said


def assert_numbers(surface, rendered, shown, answer):
    numbers = [call["number"] for call in answer["calls"]]
    said = squeezed(shown)
    assert all(number in said or number in surface.dialled(rendered) for number in numbers)
    first = numbers[:3]
    assert set(first) <= set(surface.dialled(rendered))
    if answer["status"] == "emergency":
        assert numbers[0] in shown[0]


def assert_dates(said, answer):
    for row in answer["computed"]:
        iso = row.get("due") or row["value"]
        assert dates.spoken(iso, answer["language"]) in said, row
    for place in answer["places"][:CAROUSEL_CARDS]:
        assert squeezed([place["source_label"]]) in said
        assert place["as_of"] in said
        assert squeezed([place["name"]])[:20] in said
    for cited in answer["citations"][:1]:
        assert cited["text_date"] in said or dates.spoken(cited["text_date"], answer["language"]) in said
        assert cited["law"] in said
    if not answer["citations"] and not answer["places"]:
        assert all(date in said for date in answer["source_dates"])
