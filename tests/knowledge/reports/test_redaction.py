from __future__ import annotations

import re

import pytest

from knowledge.reports.redaction import MARK, redact

TABLE = [
    ("phone", "제 번호는 010-1234-5678 입니다", "010-1234-5678"),
    ("phone", "01012345678로 연락주세요", "01012345678"),
    ("phone", "call 010 1234 5678 please", "010 1234 5678"),
    ("phone", "연락처 010.1234.5678", "010.1234.5678"),
    ("phone", "011-123-4567", "011-123-4567"),
    ("phone", "+82 10-1234-5678 is me", "10-1234-5678"),
    ("phone", "+82-10-1234-5678", "1234-5678"),
    ("phone", "사무실 031-481-2114로", "031-481-2114"),
    ("phone", "(031) 481-2114", "481-2114"),
    ("phone", "02-123-4567", "02-123-4567"),
    ("phone", "070-1234-5678", "070-1234-5678"),
    ("phone", "0507-1234-5678 안심번호", "1234-5678"),
    ("phone", "1588-1234로 전화", "1588-1234"),
    ("phone", "공일공 일이삼사 오육칠팔", "일이삼사"),
    ("phone", "o1o-1234-5678", "1234-5678"),
    ("phone", "+44 20 7946 0958", "7946 0958"),
    ("phone", "전화: 010)1234-5678", "1234-5678"),
    ("resident_number", "주민번호 900101-1234567", "900101-1234567"),
    ("resident_number", "9001011234567", "9001011234567"),
    ("resident_number", "900101-1******", "900101-1"),
    ("resident_number", "외국인등록번호 880505-5123456", "880505-5123456"),
    ("email", "mail me at kim.cs@example.com", "kim.cs@example.com"),
    ("email", "kimcs 골뱅이 example.com", "example.com"),
    ("email", "kim(at)example.co.kr", "kim(at)"),
    ("handle", "카톡 @ansan_kim 으로", "@ansan_kim"),
    ("plate", "12가 3456 차가 막고 있어요", "12가 3456"),
    ("plate", "123가4567 흰색", "123가4567"),
    ("plate", "경기 12바 3456 트럭", "12바 3456"),
    ("plate", "01하1234 렌터카", "01하1234"),
    ("link", "https://example.com/x 보세요", "example.com"),
    ("link", "www.example.com", "example.com"),
    ("card", "카드 1234-5678-1234-5678", "5678-1234"),
    ("account", "계좌 123-456789-01-234", "123-456789"),
    ("number", "학번 202312345678", "202312345678"),
    ("passport", "passport M12345678", "M12345678"),
]
LEFT = [
    "2026-07-13부터 그래요",
    "2026. 7. 13. 에 봤어요",
    "20260713 이후",
    "깊이 30cm, 폭 120cm 구멍",
    "3번 출구 앞 12미터",
    "광덕대로 163 앞",
    "원곡동 123-4 앞 도로",
    "119에는 전화했어요",
    "가로등 번호 45-678 꺼짐",
    "오후 10:30-11:30 사이",
    "bus 62, stop 17-123",
    "2가 3개 있어요",
]


@pytest.mark.parametrize(("kind", "text", "secret"), TABLE)
def test_what_identifies_somebody_goes(kind, text, secret):
    found = redact(text)
    assert secret not in found.text
    assert MARK in found.text
    assert kind in found.removed


@pytest.mark.parametrize("text", LEFT)
def test_what_tells_where_and_when_stays(text):
    assert redact(text).text == text


def test_twice_is_as_once():
    for _, text, _ in TABLE:
        once = redact(text).text
        assert redact(once).text == once


def test_words_around_it_stay():
    assert redact("구멍이 커요 010-1234-5678 원곡동").text == f"구멍이 커요 {MARK} 원곡동"
    assert redact("a Kim b", [("name", re.compile(r"a (Kim)"))]).text == f"a {MARK} b"
