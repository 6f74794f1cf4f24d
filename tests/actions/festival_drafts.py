"""Drafts of festival plans written for these tests, each with the required parts that a person reading it finds."""

from __future__ import annotations

import io
from dataclasses import dataclass

OUT, MAN, PRE, STA, EME = "outline", "management", "prevention", "staffing", "emergency"
ALL = (OUT, MAN, PRE, STA, EME)


@dataclass(frozen=True)
class Sample:
    """``found``: parts with content; ``headed``: parts with a heading and nothing filled in below it."""

    name: str
    text: str
    found: tuple[str, ...]
    headed: tuple[str, ...] = ()


GOOD_EN = """\
Safety Management Plan – Hwarang Lantern Festival

1. Outline of the festival
The Hwarang Lantern Festival is held at Hwarang Park on 3 and 4 October 2026. We expect up to 2,500 people at one time.

2. Persons in charge, management organization and duties
Kim Min-su is safety manager and decides whether the festival stops. The venue manager is the park office.
He reports to the control room in the east tent.

3. Prevention of fire and loss of lives
Twelve fire extinguishers stand beside the food stalls. Gas bottles are inspected each morning.
Paths around the pond are one-way after dark.

4. Securing and placing safety personnel
40 safety staff are hired from a security company: 10 at the entrances, 20 along the pond, 10 at the stage.

5. Emergency response and contacts
In case of fire call 119, stop the show and lead people to the assembly point at the car park.
Fire station: 031-000-1190, on duty Lee. Police station: 031-000-1120.
"""

GOOD_KO = """\
제12회 호수마을 불빛축제 안전관리계획

1. 축제 개요
 가. 일시: 2026. 10. 3.(토) ~ 10. 4.(일)
 나. 장소: 호수공원 중앙광장
 다. 예상 인원: 순간 최대 2,500명

2. 관리조직 및 임무
 - 안전관리 총괄책임자: 마을축제추진위원장(행사 전반을 총괄한다)
 - 종합상황실: 관리사무소 2층, 09:00~22:00 운영

3. 화재예방 및 인명피해 방지 대책
 - 먹거리 부스마다 소화기 2대를 비치하고 가스용기는 매일 점검한다.
 - 호숫가 산책로는 일몰 뒤 일방통행으로 운영한다.

4. 안전관리인력 확보 및 배치계획
 - 안전요원 40명(경비업체 30명, 자원봉사자 10명)
 - 출입구 10명, 호숫가 20명, 무대 10명 배치

5. 비상시 대응요령 및 비상연락망
 - 화재 발생 시 119 신고 후 행사를 중단하고 주차장 집결지로 대피 유도
 - 소방서 031-123-1190, 경찰서 031-123-1120
"""

SAMPLES = (
    Sample("good, English", GOOD_EN, ALL),
    Sample("good, Korean", GOOD_KO, ALL),
    Sample(
        "Korean with Roman numerals and square marks",
        """\
2026 단원 거리축제 안전관리계획(안)
Ⅰ. 행사개요
 □ 행사명: 단원 거리축제
 □ 일  시: 2026년 5월 9일 10:00~18:00
Ⅱ. 안전관리조직 및 임무
 □ 총괄: 상인회장 / 현장: 사무국장
Ⅲ. 안전사고 예방대책
 □ 무대와 천막은 설치 뒤 전문업체가 점검
Ⅳ. 안전요원 배치계획
 □ 교차로 4곳에 2명씩
Ⅴ. 비상연락체계
 □ 상인회 031-400-0101
""",
        ALL,
    ),
    Sample(
        "English without headings, all in prose",
        """\
Our street concert takes place on 12 June 2027 in front of the market. We expect 1,500 visitors at one time.
The safety manager is Ms Park of the merchants' union. She is responsible for all decisions and sits in the
control room above the bakery.
We keep eight fire extinguishers at the stage, and the wiring is inspected by an electrician. Barriers keep the crowd
away from the speakers, and a first-aid post stands at the north gate.
There will be 25 stewards. Five stewards are posted at each entrance. They get a briefing at noon.
In case of an accident we stop the show. People are evacuated to the school ground. We call 119 and tell the police
station (031-400-0112).
""",
        ALL,
    ),
    Sample(
        "Korean without headings, all in prose",
        """\
우리 동네 음악회는 6월 12일 시장 앞 광장에서 엽니다.
순간 최대 예상 인원은 1,500명입니다. 음악회를 주최하는 곳은 상인회입니다.
안전관리 책임자는 상인회 박 부장이며 행사 중단 여부를 결정하고 총괄합니다. 종합상황실은 빵집 2층에 둡니다.
무대 옆에 소화기 8대를 두고 전기는 기술자가 점검합니다. 안전펜스로 관람객을 스피커에서 떼어 놓습니다.
안전요원 25명을 출입구마다 5명씩 배치합니다. 정오에 사전 교육을 실시합니다.
사고가 나면 행사를 중단하고 학교 운동장으로 대피시킵니다. 119에 신고하고 경찰서(031-400-0112)에 알립니다.
""",
        ALL,
    ),
    Sample(
        "English, no staffing and no emergency part",
        """\
# Event overview
Kite day on the river bank, 2 May 2027, about 800 people.
# Organisation chart and responsibilities
The club's chair leads, the deputy looks after the site.
# Fire safety
No open fire, no smoking near the stands.
""",
        (OUT, MAN, PRE),
    ),
    Sample(
        "Korean, only staffing and contacts",
        """\
안전요원 배치표
정문 - 김○○ 외 3명 근무
비상연락망
관리소장 031-987-6543
""",
        (EME,),
        (STA,),
    ),
    Sample(
        "Korean, staffing named with numbers",
        """\
안전요원 배치표
정문 4명, 후문 2명, 무대 앞 6명
""",
        (STA,),
    ),
    Sample(
        "English headings with nothing below",
        """\
1. Outline of the festival
2. Management organization and duties
3. Fire prevention
4. Safety personnel
5. Emergency contacts
""",
        (),
        ALL,
    ),
    Sample(
        "Korean, gaps everywhere",
        """\
1. 축제 개요
 미정
2. 관리조직 및 임무
 추후 작성 예정
3. 화재예방 대책
 [ 채우기: 소화기 위치 ]
4. 안전요원 배치계획
 ○○명
5. 비상연락망
 담당자: (   )
""",
        (),
        ALL,
    ),
    Sample(
        "English, half of it to be decided",
        """\
Overview
Spring concert, 20 April 2027, community hall yard.
Safety staff
To be decided.
Emergency plan
TBD
Fire safety
Two extinguishers beside the grill.
""",
        (OUT, PRE),
        (STA, EME),
    ),
    Sample(
        "contents page and only two parts written",
        """\
Table of contents
1. Outline
2. Organization chart
3. Fire prevention
4. Safety personnel
5. Emergency contacts

1. Outline
Summer night market, 5 August 2027, at the harbour.
4. Safety personnel
Thirty guards from the harbour office walk in pairs.
""",
        (OUT, STA),
    ),
    Sample(
        "contents page with dots, Korean",
        """\
목차
1. 축제 개요 ············ 1
2. 관리조직 및 임무 ············ 2
3. 화재예방 대책 ············ 3
1. 축제 개요
 벚꽃길 걷기, 4월 4일, 화랑로
""",
        (OUT,),
    ),
    Sample(
        "festival brochure that is no plan, English",
        """\
Hwarang Lantern Festival
Dates: 3–4 October 2026
Place: Hwarang Park, Ansan
Organizer: Friends of the Park
Come and enjoy music, food and ten thousand lanterns! Fire dance show at 8 pm.
Tickets: 5,000 won at the gate. Information desk: 031-000-2222
Parking is limited, please take the subway.
""",
        (OUT,),
    ),
    Sample(
        "festival brochure that is no plan, Korean",
        """\
호수마을 불빛축제에 초대합니다
일시: 10월 3일~4일
장소: 호수공원
주최: 호수마을주민회
먹거리 장터와 불꽃놀이, 어린이 놀이터가 기다립니다.
입장료 무료, 문의 031-400-2222
주차장이 좁으니 전철을 이용해 주세요.
""",
        (OUT,),
    ),
    Sample("an unrelated letter", "Dear Sir,\nthe bins in our street were not emptied on Monday.\nKind regards", ()),
    Sample("an unrelated Korean notice", "승강기 점검 안내\n월요일에는 계단을 이용해 주세요.\n관리사무소", ()),
    Sample(
        "says that it has no plan",
        """\
Festival safety
There is no emergency plan yet. Evacuation routes are not yet decided.
We have no safety staff.
""",
        (),
    ),
    Sample(
        "one sign alone is not enough",
        "We bought a fire extinguisher for the tent.\nThe band plays old songs and new ones.\nBring your friends.",
        (),
    ),
    Sample(
        "two signs far from each other are not enough",
        "We have a fire extinguisher.\n" + "The band plays old songs and new ones.\n" * 12 + "No smoking, please.",
        (),
    ),
    Sample(
        "mixed languages",
        """\
1. 행사 개요 (Overview)
외국인 주민 음식축제, 다문화거리, 2026년 9월 12일
2. Safety staff
안전요원 12명 (통역 4명 포함)
3. 비상시 행동요령
Evacuate to 원곡초등학교 운동장, call 119.
""",
        (OUT, STA, EME),
    ),
    Sample(
        "headings with their content behind a colon",
        """\
축제 개요: 산사음악회, 수리산 자락, 관람객 300명
안전관리조직: 총무 스님이 총괄
화재예방 대책: 촛불 대신 전등 사용, 소화기 6대
안전요원 배치: 계단마다 1명
비상연락망: 총무 010-1234-5678
""",
        ALL,
    ),
    Sample(
        "only quotes the decree",
        """\
A safety management plan shall include the following:
1. Outline of the regional festival;
2. Persons who manage the venues, facilities, etc. of the festival and matters relating to the management organization \
and the duties thereof;
3. Matters relating to the prevention of fire and loss of lives;
4. Plans for securing and placing safety management personnel;
5. Emergency countermeasure know-how, agency in charge, and the contact information of persons in charge.
""",
        (),
    ),
    Sample(
        "annex with the phone list",
        """\
1. 축제의 개요
가을 마당극, 10월 17일, 별망어촌문화관 마당
붙임 1. 비상연락망
소방서 031-111-2222 / 경찰서 031-111-3333
""",
        (OUT, EME),
    ),
)

BLIND = (
    Sample(
        "Korean office form",
        """\
'27 봄꽃 나들이 행사 안전관리계획서

1. 일반사항
 ○ 행사기간 : 2027. 4. 10. ~ 4. 11.
 ○ 행사장소 : 노적봉공원 일원
 ○ 참여인원 : 약 3,000명
2. 행사장 안전관리 체계도
 ○ 총괄본부장 : 문화재단 대표
 ○ 안전관리반 : 시설 점검, 질서 유지 담당
3. 분야별 안전대책
 ○ 소방 : 소화기 20대 비치, 소방차 1대 대기
 ○ 전기 : 누전차단기 설치, 한국전기안전공사 사전 점검
4. 안전인력 운영
 ○ 안전요원 30명(경호업체), 모범운전자 10명
 ○ 주요 지점별 배치 : 정문 10, 무대 10, 주차장 10
5. 긴급상황 발생 시 조치
 ○ 상황 전파 → 119 신고 → 대피 방송
 ○ 비상연락 : 문화재단 031-481-0000
""",
        ALL,
    ),
    Sample(
        "English memo",
        """\
MEMO: safety of the river fireworks
What: fireworks from a barge. When: 31 December 2026, 23:30. Where: Hwajeong stream.
Crowd: about 4000 visitors on both banks.

Who does what
- Event director: J. Lee, overall command
- Barge master: responsible for the fireworks and the barge

Hazards
- Sparks: 60 m distance between barge and people, two fire engines standing by
- Falling into the water: lifeguards with boats, life jackets on board

Stewarding
- 60 stewards, 2 per 50 m of bank, from 21:00
- all stewards are trained on 28 December

If something goes wrong
- the director stops the show by radio
- stewards lead people away from the bank to the upper road (assembly area at the school)
- Danwon fire station: (031) 555-0119
""",
        ALL,
    ),
    Sample(
        "Korean, prevention left out",
        """\
단풍길 걷기대회 안전계획
가. 개요
   대회명: 단풍길 걷기대회 / 일시: 11월 7일 / 장소: 광덕산
나. 담당
   총괄책임자 산악회장, 시설 담당자 총무
다. 인원 배치
   안전요원 15명을 갈림길마다 1명씩 배치
라. 위급할 때
   119에 신고, 산악구조대 031-222-3333
""",
        (OUT, MAN, STA, EME),
    ),
    Sample(
        "only fire protection",
        """\
Fire protection concept for the winter market
Every stall with a grill has a 6 kg extinguisher and a fire blanket.
Gas cylinders are stored outside in a locked cage and checked daily.
The fire lane of 4 m stays free.
""",
        (PRE,),
    ),
    Sample(
        "Korean newspaper report",
        """\
지난해 축제에는 시민 2만 명이 다녀갔다. 올해 축제는 더욱 풍성한 볼거리로 찾아온다. 
시장은 "안전한 축제가 되도록 하겠다"고 말했다. 개막식에는 인기 가수가 출연한다.
""",
        (),
    ),
    Sample(
        "English minutes",
        """\
Minutes of the committee, 3 March
Present: five members. The treasurer reported on the budget.
It was agreed to rent a stage and to print posters. Safety will be discussed at the next meeting.
""",
        (),
    ),
    Sample(
        "Korean, only placing of staff in prose",
        """\
주민 체육대회 안전요원 운영 계획
청년회 20명이 노란 조끼를 입고 운동장 네 귀퉁이와 출입구에 배치된다.
경기 중에는 2인 1조로 순찰하며 교대는 두 시간마다 한다.
""",
        (STA,),
    ),
    Sample(
        "English, only emergency procedures",
        """\
Emergency procedures
Fire: shout, press the alarm, dial 119, leave by the nearest exit.
Medical: nurse at the blue tent, Korea Hospital 031-777-0000.
""",
        (EME,),
    ),
    Sample(
        "Korean with two gaps",
        """\
Ⅰ. 축제 개요
가을 책 잔치, 9월 5일 도서관 마당
Ⅱ. 안전관리 책임자 및 역할
(작성 중)
Ⅲ. 화재 및 인명피해 예방
도서관 소화전 사용, 흡연 금지
Ⅳ. 안전요원 확보 및 배치
추후 확정
Ⅴ. 비상대응 및 연락처
도서관 031-100-2000, 소방서 119
""",
        (OUT, PRE, EME),
        (MAN, STA),
    ),
    Sample(
        "English table typed as text",
        """\
Item | Content
Festival overview | Rice cake day, 22 Sept 2027, Seongho Park
Management team | head: village chief; deputy: Ms Han
Crowd and fire safety | fence around the steamers, 4 extinguishers
Security staff | 8 guards, 2 at every gate
Contacts in an emergency | chief 010-2222-3333
""",
        ALL,
    ),
)
"""Written before the signs were measured on them: at first 44 of their 50 parts were read right."""


def docx_of_table() -> bytes:
    """A plan as one table of two columns, as many offices write it."""
    from docx import Document

    made = Document()
    made.add_paragraph("바다마을 조개축제 안전관리계획")
    table = made.add_table(0, 2)
    for left, right in (
        ("행사 개요", "조개축제, 7월 18일, 방아머리 해변, 최대 900명"),
        ("안전관리 조직", "어촌계장이 총괄하고 부녀회가 안내를 맡음"),
        ("사고 예방 대책", "물때를 방송하고 구명조끼 50벌을 둠"),
        ("안전요원 배치", "해변 3곳에 구조요원 2명씩"),
        ("비상연락망", ""),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = left, right
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def docx_with_headings(text: str) -> bytes:
    """The text with its numbered lines as Word headings."""
    from docx import Document

    made = Document()
    for line in text.splitlines():
        if line[:2] in {f"{number}." for number in range(1, 6)}:
            made.add_heading(line, 1)
        elif line.strip():
            made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf_of(text: str, password: str = "") -> bytes:
    """The text as a PDF with an embedded Korean font."""
    from fpdf import FPDF

    from actions.document_pdf import font_folder

    pdf = FPDF(format="A4")
    pdf.add_font("NanumGothic", "", str(font_folder() / "NanumGothic.ttf"))
    pdf.set_font("NanumGothic", size=11)
    if password:
        pdf.set_encryption(owner_password="owner", user_password=password)
    pdf.add_page()
    for line in text.splitlines():
        pdf.multi_cell(0, 7, line or " ", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def scanned_pdf() -> bytes:
    """A PDF that holds a picture and no text."""
    from fpdf import FPDF
    from PIL import Image

    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.image(Image.new("L", (300, 400), 200), w=100)
    return bytes(pdf.output())
