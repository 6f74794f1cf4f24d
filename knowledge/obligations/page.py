"""Write ``docs/duties.md`` from the rows of duties: ``python -m knowledge.obligations.page``."""

from __future__ import annotations

from pathlib import Path

from knowledge.citation import label_en, label_ko
from knowledge.later_changes import facts, touching
from knowledge.library import decree
from knowledge.obligations.duties import Duty, Holder, duties, duties_of, holders, names
from knowledge.obligations.said import when

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "duties.md"
_HEAD = """\
# Duties, deadlines and entitlements · 의무, 기한, 권리

<!-- Written by `python -m knowledge.obligations.page` from knowledge/obligations/rows/*.yml; edit those. -->

What the {title_en}
asks of, or gives to, anyone outside the Ministry of the Interior and Safety, by who you are.
The text is that of Presidential Decree No. {number} of {date}; a provision with † was changed
by a later decree (known up to {as_of}; ask Ansim for the provision, and it says when).
The sentences are ours and unofficial: the words that count are those of the provision.
A duty of the Act itself, the attached Tables, ordinances and fines are not in this text; the last column says
where a row depends on them. How committees and headquarters are made up is left out.

{title_ko}(대통령령 제{number}호, {date})이 행정안전부 밖의 사람과 기관에 요구하거나 주는 것을 대상별로 적었습니다.
† 표시는 이후 개정된 조문입니다({as_of}까지 확인). 문장은 우리가 쓴 비공식 설명이며, 효력은 조문에 있습니다.
법률 자체의 의무, 별표, 부령과 조례, 과태료는 이 본문에 없고, 마지막 칸에 표시했습니다.

{count} rows · {count}개 항목. Days are counted without the day they start from, as the Civil Act does; the decree
itself has no rule of counting · 기간은 「민법」의 방식대로 첫날을 빼고 셉니다(이 영에는 계산 규정이 없음).
"""
_COLUMNS = (
    "| id | kind · 종류 | when it applies · 경우 | what · 내용 | by when · 기한 | to · 상대 "
    "| provision · 조문 | not in this text · 본문 밖 |"
)
_GROUPS = {
    True: "People, businesses and organisations · 개인, 사업자, 단체",
    False: "Authorities · 행정기관",
}


def page() -> str:
    """The whole page."""
    edition = decree().edition
    parts = [
        _HEAD.format(
            title_en=edition.title["en"],
            title_ko=edition.title["ko"],
            number=edition.version,
            date=edition.promulgated.isoformat(),
            count=len(duties()),
            as_of=facts().as_of.promulgated.isoformat(),
        )
    ]
    for private, heading in _GROUPS.items():
        parts.append(f"## {heading}\n")
        for holder in holders().values():
            if holder.private == private:
                parts += _table(holder)
    return "\n".join(parts)


def _table(holder: Holder) -> list[str]:
    rows = [_line(duty) for duty in duties_of(holder.id)]
    return [f"### {holder.name['en']} · {holder.name['ko']}\n", _COLUMNS, "|---" * 8 + "|", *rows, ""]


def _line(duty: Duty) -> str:
    def both(en: str, ko: str) -> str:
        return f"{en}<br>{ko}" if en else "–"

    def named(group: str, keys: tuple[str, ...]) -> str:
        said = [names(group)[key] for key in keys]
        return both("; ".join(each["en"] for each in said), "; ".join(each["ko"] for each in said))

    changed = " †" if touching(duty.provision) else ""
    kind, condition, less = names("kinds")[duty.kind], duty.condition, duty.exceptions
    what = both(duty.what["en"], duty.what["ko"])
    if less:
        what += f"<br>*except · 예외: {less['en']} · {less['ko']}*"
    cells = [
        f"`{duty.id}`",
        f"{kind['en']} · {kind['ko']}",
        both(condition["en"], condition["ko"]) if condition else "–",
        what,
        both(when(duty.period, "en"), when(duty.period, "ko")),
        named("addressees", duty.addressees),
        both(label_en(duty.provision), label_ko(duty.provision)) + changed,
        named("pointers", duty.elsewhere),
    ]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
