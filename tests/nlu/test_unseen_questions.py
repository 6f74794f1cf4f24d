"""Questions for cards and about data that were written before the reading was asked (``unseen_questions.tsv``).

The floors are what was measured; a change of the lexicons must not lose it.
"""

from __future__ import annotations

import pytest

from nlu.first_calls import NUMBERS, TEXTING, WITHOUT
from nlu.route import CARD, RULE, SOURCES, route
from tests.conftest import ROOT

ROWS = [
    line.split("\t")
    for line in (ROOT / "tests" / "nlu" / "unseen_questions.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
FLOORS = {
    ("first", CARD, "en"): 0.95,
    ("first", CARD, "ko"): 0.95,
    ("second", CARD, "en"): 0.75,
    ("second", CARD, "ko"): 0.8,
    ("first", SOURCES, "en"): 0.95,
    ("first", SOURCES, "ko"): 0.95,
    ("second", SOURCES, "en"): 0.8,
    ("second", SOURCES, "ko"): 0.8,
}


@pytest.mark.parametrize("which", FLOORS, ids="-".join)
def test_most_unseen_questions_are_understood(which):
    rows = [row for row in ROWS if tuple(row[:3]) == which]
    assert len(rows) >= 20
    missed = [row[4] for row in rows if _read(row[4], row[2]) != (row[1], row[3])]
    assert 1 - len(missed) / len(rows) >= FLOORS[which], missed


def _read(text, language):
    found = route(text, language)
    return found.skill, found.subject


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("경찰 번호", "ko", NUMBERS),
        ("구급차 부르려면 몇 번", "ko", NUMBERS),
        ("police number", "en", NUMBERS),
        ("what is the number for an ambulance", "en", NUMBERS),
        ("i am deaf can i text 119", "en", TEXTING),
        ("119에 문자로 신고 되나요", "ko", TEXTING),
        ("말을 못하는데 신고 어떻게 해요", "ko", TEXTING),
        ("목에 음식 걸렸을 때 응급처치", "ko", WITHOUT),
        ("choking first aid", "en", WITHOUT),
        ("what do i do if someone has a stroke", "en", WITHOUT),
    ],
)
def test_a_number_to_call_is_ours_to_say(text, language, wanted):
    assert _read(text, language) == (CARD, wanted)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Which ministry looks into how emergency numbers are actually being used?", "en"),
        ("who can text disaster messages", "en"),
        ("재난문자는 누가 보내요", "ko"),
        ("Must this information be updated every year?", "en"),
        ("이 자료는 누구한테 제출해야 하나요", "ko"),
    ],
)
def test_rules_about_numbers_and_data_stay_rules(text, language):
    assert route(text, language).skill == RULE
