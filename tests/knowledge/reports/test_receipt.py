from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reports import receipt


def test_every_single_wrong_sign_and_every_swap_of_neighbours_is_noticed():
    for _ in range(40):
        right = receipt.new()
        assert receipt.valid(right)
        places = [at for at, sign in enumerate(right) if at > 2 and sign != "-"]
        for at, sign in itertools.product(places, receipt.LETTERS):
            wrong = right[:at] + sign + right[at + 1 :]
            assert receipt.valid(wrong) == (wrong == right)
        for one, two in itertools.pairwise(places):
            signs = list(right)
            signs[one], signs[two] = signs[two], signs[one]
            assert receipt.valid("".join(signs)) == (right[one] == right[two])


@given(st.text(receipt.LETTERS, min_size=6, max_size=6))
def test_a_number_is_found_however_it_is_spaced_and_cased(body):
    right = f"AS-{body[:4]}-{body[4:]}{receipt.check_sign(body)}"
    asked = f"접수번호 {right}는 어떻게 됐어?"
    for written in (right, right.lower(), right.replace("-", " "), right.replace("-", ""), asked):
        assert receipt.find(written) == right


@pytest.mark.parametrize(
    "text", ["as special as it gets", "AS", "asked about it", "assessment", "AS-12", "에어컨 AS 문의", ""]
)
def test_words_are_no_numbers(text):
    assert receipt.find(text) is None


def test_a_mistyped_number_is_found_and_refused():
    right = receipt.new()
    wrong = right[:-1] + next(sign for sign in receipt.LETTERS if sign != right[-1])
    assert receipt.find(f"withdraw {wrong}") == wrong
    assert not receipt.valid(wrong)


def test_numbers_do_not_repeat_and_hold_no_signs_that_are_mixed_up():
    many = {receipt.new() for _ in range(500)}
    assert len(many) == 500
    assert not set("".join(many).replace("AS-", "")) & set("01ILOUV")
