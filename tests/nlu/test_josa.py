from __future__ import annotations

import pytest

from nlu.josa import particles
from nlu.names import english_reading


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("고잔역은(는)", "고잔역은"),
        ("대피장소은(는)", "대피장소는"),
        ("원곡동이(가)", "원곡동이"),
        ("제3항(으)로", "제3항으로"),
        ("서울(으)로", "서울로"),
        ("15000652)(으)로", "15000652)(으)로"),
        ("6을(를)", "6을"),
        ("2을(를)", "2를"),
        ("Choji을(를)", "Choji을(를)"),
        ("AED이(가)", "AED가"),
        ("URL(으)로", "URL로"),
        ("DVM은(는)", "DVM은"),
        ("AS-K3W-H7N은(는) 맞는", "AS-K3W-H7N은 맞는"),
        ("“안산시_그늘막” (데이터포털 15000652)(으)로", "“안산시_그늘막” (데이터포털 15000652)으로"),
        ("“그늘막”(데이터포털 15000652)(으)로", "“그늘막”(데이터포털 15000652)으로"),
        ('"중앙동"이(가) 여러', '"중앙동"이 여러'),
        ("경찰서(지구대 포함)은(는)", "경찰서(지구대 포함)는"),
    ],
)
def test_the_form_that_fits(written, read):
    assert particles(written) == read


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("원곡초등학교 운동장", "Wongok Elementary School playground"),
        ("본오3동행정복지센터", "Bono3-dong Administrative Welfare Center"),
        ("무진연립(지하주차장)", "Mujin Townhouses (underground parking)"),
        ("CGV", ""),
    ],
)
def test_english_readings_of_names(name, reading):
    assert english_reading(name) == reading
