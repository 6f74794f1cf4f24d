"""The chat stays light: bytes are counted, as served, before any map is opened."""

from __future__ import annotations

import pytest

from tests.browser.weight import weigh

pytestmark = pytest.mark.slow

MOST = 200_000


@pytest.mark.parametrize(("locale", "question"), [("ko-KR", "언제까지 내나요? rule"), ("en-US", "when is it? rule")])
def test_a_first_visit_with_an_answer_is_light(chromium, pages, locale, question):
    found = weigh(chromium, pages.address, question, locale)
    print(found)
    assert found["kept"] > 5_000
    assert found["answer"] > 1_000
    assert 20_000 < sum(found.values()) <= MOST
