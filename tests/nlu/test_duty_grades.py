"""Which safety grade's inspections a question asks for."""

from __future__ import annotations

import pytest

from nlu.duty_grades import find_grades

EN = "our slope was graded D, how often is it inspected?"
KO = "우리 동네 급경사지가 D등급이래요 점검 얼마나 자주해요?"


@pytest.mark.parametrize(
    ("words", "before", "grades"),
    [
        (EN, (), ("d",)),
        ("how often must grade A and B areas be inspected", (), ("a", "b")),
        ("when is a Grade E area due for inspection?", (), ("e",)),
        ("and grade C?", (EN,), ("c",)),
        ("what about E", ("and grade C?", EN), ("e",)),
        (KO, (), ("d",)),
        ("D·E등급 점검 주기", (), ("d", "e")),
        ("안전등급이 E인데 점검은 몇 번 해야 하나요", (), ("e",)),
        ("C등급은요", (KO,), ("c",)),
        ("E는요", (KO,), ("e",)),
        ("what is grade D?", (), ()),
        ("A등급이 뭐예요", (), ()),
        ("and grade C?", (), ()),
        ("who inspects?", (EN,), ()),
        ("누가 점검해요?", (KO,), ()),
        ("how often is a bridge inspected?", (), ()),
        ("plan B", (), ()),
    ],
)
def test_grades(words, before, grades):
    assert find_grades(words, before) == grades
