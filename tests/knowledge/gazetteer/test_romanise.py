"""Names in Latin letters against spellings that are official."""

import pytest

from knowledge.gazetteer.romanise import romanise, romanise_place

OFFICIAL = {
    "왕십리": "Wangsimni",
    "신라": "Silla",
    "별내": "Byeollae",
    "백마": "Baengma",
    "종로": "Jongno",
    "대관령": "Daegwallyeong",
    "한라": "Halla",
    "압구정": "Apgujeong",
    "낙동강": "Nakdonggang",
    "합덕": "Hapdeok",
    "울릉": "Ulleung",
    "독립문": "Dongnimmun",
    "선릉": "Seolleung",
    "집현전": "Jiphyeonjeon",
    "묵호": "Mukho",
    "속리산": "Songnisan",
    "구미": "Gumi",
    "좋고": "Joko",
    "벚꽃": "Beotkkot",
    "한밭": "Hanbat",
    "해돋이": "Haedoji",
    "강릉": "Gangneung",
    "호법": "Hobeop",
    "월곶": "Wolgot",
    "오죽헌": "Ojukheon",
}
PLACES = {
    "상록구": "Sangnok-gu",
    "단원구": "Danwon-gu",
    "안산시": "Ansan-si",
    "경기도": "Gyeonggi-do",
    "의정부시": "Uijeongbu-si",
    "양주군": "Yangju-gun",
    "신창읍": "Sinchang-eup",
    "삼죽면": "Samjuk-myeon",
    "인왕리": "Inwang-ri",
    "신길동": "Singil-dong",
    "원곡동": "Wongok-dong",
    "백운동": "Baegun-dong",
    "고잔동": "Gojan-dong",
    "이동": "I-dong",
    "일동": "Il-dong",
    "사이동": "Sai-dong",
    "팔곡일동": "Palgogil-dong",
    "팔곡이동": "Palgogi-dong",
    "대부동동": "Daebudong-dong",
    "본오1동": "Bono 1-dong",
    "성수1가제1동": "Seongsu 1-ga 1-dong",
    "면목제3.8동": "Myeonmok 3.8-dong",
    "용산2가동": "Yongsan 2-ga-dong",
}


@pytest.mark.parametrize(("korean", "latin"), OFFICIAL.items())
def test_sounds_change_as_in_official_spellings(korean, latin):
    assert romanise(korean) == latin


@pytest.mark.parametrize(("korean", "latin"), PLACES.items())
def test_an_administrative_ending_keeps_its_hyphen(korean, latin):
    assert romanise_place(korean) == latin


def test_what_is_no_hangul_stays():
    assert romanise("A동 3") == "ADong 3"
    assert romanise("") == ""
