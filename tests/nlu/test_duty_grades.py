"""Which safety grade's inspections a question asks for."""

from __future__ import annotations

import pytest

from nlu.duty_grades import find_grades

EN = "our slope was graded D, how often is it inspected?"
KO = "우리 동네 급경사지가 D등급이래요 점검 얼마나 자주해요?"


@pytest.mark.parametrize(
    ("words", "going_on", "grades"),
    [
        (EN, False, ("d",)),
        ("how often must grade A and B areas be inspected", False, ("a", "b")),
        ("when is a Grade E area due for inspection?", False, ("e",)),
        ("and grade C?", True, ("c",)),
        ("what about E", True, ("e",)),
        (KO, False, ("d",)),
        ("D·E등급 점검 주기", False, ("d", "e")),
        ("안전등급이 E인데 점검은 몇 번 해야 하나요", False, ("e",)),
        ("C등급은요", True, ("c",)),
        ("E는요", True, ("e",)),
        ("what is grade D?", False, ()),
        ("A등급이 뭐예요", False, ()),
        ("and grade C?", False, ()),
        ("who inspects?", True, ()),
        ("누가 점검해요?", True, ()),
        ("how often is a bridge inspected?", False, ()),
        ("plan B", False, ()),
    ],
)
def test_grades(words, going_on, grades):
    assert find_grades(words, going_on) == grades
