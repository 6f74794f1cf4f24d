"""Made-up hazard reports and topics for pictures of the staff's page and of the brief, through the store's own doors.

``python -m tests.browser.made_up_reports FILE`` fills a file; nothing in it was told by anybody.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from knowledge.gazetteer import dong_at, gazetteer
from knowledge.reports.model import NewReport
from knowledge.reports.sqlite import SqliteReports
from knowledge.reports.topics import TopicCounts

TOLD = (
    ("slope", "옹벽에 금이 가고 흙이 조금씩 흘러내려요", "원곡동", 40),
    ("streetlight", "가로등 두 개가 한 달째 꺼져 있어 밤에 아무것도 안 보여요", "신길온천역", 31),
    ("tree", "The big tree by the bus stop leans over the path and a branch is already broken.", "상록수역", 26),
    ("drain", "낙엽 때문에 배수구가 막혀서 비만 오면 물이 찹니다", "백운동", 11),
    ("railing", "육교 난간이 흔들려요", "초지역", 9),
    ("pothole", "deep pothole in the right lane, cars swerve around it", "고잔역", 8),
    ("fire_hydrant_blocked", "소화전 앞에 늘 트럭이 서 있습니다", "원곡동", 7),
    (
        "exit_blocked",
        "상가 비상계단에 상자가 천장까지 쌓여 있고 비상구 문은 자물쇠로 잠겨 있어서 불이 나면 아무도 못 나가요",
        "중앙역",
        6,
    ),
    ("crossing", "횡단보도 선이 다 지워졌어요", "한대앞역", 5),
    ("ice", "응달진 계단이 아침마다 얼어 있어요", "반월역", 4),
    ("shelter_locked", "The shelter in the underground car park is locked during the day.", "선부역", 4),
    ("traffic_signal", "보행 신호가 너무 짧아 어르신들이 다 못 건너요", "안산역", 3),
    ("sinkhole", "보도 옆 땅이 꺼졌습니다", "신길온천역", 3),
    ("wire", "전봇대에서 전선이 늘어져 머리에 닿을 것 같아요", "사리역", 2),
    ("playground", "그네 줄이 끊어지려고 해요", "월피동", 1),
    ("dumping", "sofas and glass dumped on the pavement", "", 1),
)
"""Kind, words, place and how many days ago."""
TOPICS = {"nearby/heat_shelter": 14, "nearby/earthquake_site": 9, "rule/73-9": 8, "rule/71": 6, "card": 5}


def fill(path: Path, now: dt.datetime | None = None) -> SqliteReports:
    """A store with a report of most kinds, one told three times, two on the agenda, one done; and topics."""
    store, now = SqliteReports(path), now or dt.datetime.now(dt.timezone.utc)
    receipts = [
        store.add(_report(kind, what, place), f"made up {number}", now - dt.timedelta(days=days)).receipt
        for number, (kind, what, place, days) in enumerate(TOLD)
    ]
    for teller in ("again", "once more"):
        store.add(_report("railing", "난간이 곧 떨어질 것 같음", "초지역"), teller, now - dt.timedelta(days=2))
    for at, status in ((0, "on_agenda"), (2, "done"), (5, "on_agenda")):
        store.set_status(receipts[at], status)
    counts = TopicCounts(path)
    for topic, people in TOPICS.items():
        for number in range(people):
            counts.count(topic, (now - dt.timedelta(days=2)).date(), f"made up {number}", now)
    return store


def _report(kind: str, what: str, name: str) -> NewReport:
    place = next(iter(gazetteer().named(name)), None) if name else None
    if place is None or place.lat is None or place.lon is None:
        return NewReport(kind, what, name, dongs=place.dongs if place else ())
    around = dong_at(place.lat, place.lon)
    return NewReport(kind, what, name, place.lat, place.lon, place.dongs or ((around.code,) if around else ()))


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
