"""Write ``docs/sources.md`` from the register: ``python -m knowledge.register.page``."""

from __future__ import annotations

from pathlib import Path

from knowledge.register.commands import listed_ids
from knowledge.register.states import register
from knowledge.register.topics import GROUPS, Topic

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "sources.md"
_HEADINGS = {
    "shelter": "Shelters · 대피소와 쉼터",
    "hazard": "Hazards · 위험 지역",
    "responder": "Those who help · 구조와 응급",
    "disclosure": "Inspections and grades · 안전점검과 등급",
    "notice": "Messages, weather, guidelines · 알림과 안내",
}
_STATES = {
    "fetchable": "fetchable · 내려받기",
    "importable": "importable · 가져오기",
    "published": "published · 공개",
    "not_public": "not public · 비공개",
    "unknown": "no dataset id known to us · 번호 모름",
}
_HEAD = """\
# Sources · 데이터 출처

<!-- Written by `python -m knowledge.register.page` from knowledge/register/*.json; edit those. -->

Korea discloses safety information of many offices through one channel, the national integrated disclosure
system. The open government action plan 2021–2023 speaks of 14 systems of 11 ministries; it does not name
them all, so the rows below come from the portals' own entries and dated public notices, named under *where*.
An office is called what the listing called it. Where we know no dataset id, the row says so.

여러 기관의 안전정보는 국가안전정보 통합공개시스템으로 한곳에서 공개됩니다. 아래 표는 공공데이터포털과
재난안전데이터공유플랫폼의 등록 정보, 날짜가 있는 공개 안내에서 옮긴 것입니다. 번호를 알지 못하면 그렇게 적었습니다.

What this installation holds, with counts and dates: `ansim sources --state held` · 보유 현황은 이 명령으로 봅니다.

| state · 상태 | meaning · 뜻 |
|---|---|
| held · 보유 | rows are in the catalogue · 목록에 행이 있음 |
| fetchable · 내려받기 | `ansim fetch ID` with your own key, to the catalogue or a file · 인증키로 내려받음 |
| importable · 가져오기 | `ansim import data FILE` knows its form · 파일 형식을 앎 |
| published · 공개 | listed on a portal, not read here · 포털에 있으나 여기서 읽지 않음 |
| not public · 비공개 | the office does not disclose it · 기관이 공개하지 않음 |
| no dataset id known to us · 번호 모름 | we found no entry · 등록 정보를 찾지 못함 |

Article 73-7 (1) 5 of the Enforcement Decree names the results of safety inspections that offices disclose among
the data the Minister of the Interior and Safety may ask for; rows it governs carry **73-7/1/5**.
시행령 제73조의7제1항제5호가 다른 법령에 따라 공개되는 점검 결과를 행정안전부 장관이 요청할 수 있는 자료로 정합니다.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for group in GROUPS:
        parts.append(f"## {_HEADINGS[group]}\n")
        parts.append("| id | data · 데이터 | published by · 제공 기관 | numbers · 번호 | state · 상태 | where · 근거 |")
        parts.append("|---|---|---|---|---|---|")
        parts += [_line(row.topic, row.states) for row in register() if row.topic.group == group]
        parts.append("")
    return "\n".join(parts)


def _line(topic: Topic, states: tuple[str, ...]) -> str:
    name = f"{topic.name['en']} · {topic.name['ko']}"
    if topic.law:
        name += f" (**{', '.join(topic.law)}**)"
    if topic.note:
        name += f"<br>{topic.note['en']} · {topic.note['ko']}"
    ids = "<br>".join(f"`{each}`" if each.startswith("ansim") else each for each in listed_ids(topic, "en")) or "–"
    told = "<br>".join(_STATES[state] for state in states)
    publisher = f"{topic.publisher['en']} · {topic.publisher['ko']}"
    cells = [f"`{topic.id}`", name, publisher, ids, told, "<br>".join(topic.where)]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
