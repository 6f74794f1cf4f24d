"""Read the law.go.kr DRF answer for one statute (``lawService.do?target=law``), as XML or as JSON.

Both forms hold the same fields: 법령/기본정보, 조문/조문단위 (조문여부 전문 = a heading of a part, 조문 = an
article) with 항, 호 and 목 below, 부칙/부칙단위, 별표/별표단위. Any field may be missing, and in JSON a
single element may be an object instead of a list. The source text of the result is what stands in the
content fields, in the order of the text, one field after the other, so both forms give the same Statute.
"""

from __future__ import annotations

import datetime as dt
import re

from knowledge.amendments import Amendment
from knowledge.decree import Addendum, Law
from knowledge.drf_tree import Node, read_json, read_xml
from knowledge.errors import LawTextError
from knowledge.statute import (
    DRF_JSON,
    DRF_XML,
    LAW_ID,
    Attachment,
    Statute,
    branched,
    circled,
    date_of,
    kind_of,
    letter,
    numeral,
)
from knowledge.statute_addenda import AddendaBuilder, amending_of
from knowledge.statute_build import Builder, Place
from knowledge.statute_markdown import attachment
from knowledge.statute_notes import DELETED, parse_brackets, split_notes

_DIVISION = re.compile(r"제\d+(?:의\d+)?(?P<level>[편장절관])(?:의\d+)?(?:\s|$|[^가-힣])")
_HEADING = re.compile(r"제(?P<main>\d+)조(?:의(?P<branch>\d+))?(?:\s?\((?P<title>(?:[^()]|\([^()]*\))+)\))?")
_SUBPARAGRAPH = re.compile(r"(?P<number>\d+(?:의\d+)?)\s?\.\s*")
_ITEM = re.compile(r"(?P<mark>[가-힣](?:의\d+)?)\s?\.\s*")


class _Text:
    """The source text as it grows: the lines of the content fields, one after the other."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._length = 0

    def add(self, words: str) -> list[tuple[Place, str]]:
        """Append the lines of a field; returns each with its place."""
        added = []
        for line in words.split("\n"):
            self.lines.append(line)
            added.append((Place(len(self.lines), self._length, self._length + len(line)), line))
            self._length += len(line) + 1
        return added

    @property
    def source(self) -> str:
        return "".join(line + "\n" for line in self.lines)


def parse_drf(source: str) -> Statute:
    """Parse a whole answer (XML or JSON); raises LawTextError with a line of the file."""
    form = DRF_XML if source.lstrip().startswith("<") else DRF_JSON
    top = read_xml(source) if form == DRF_XML else read_json(source)
    root = top.find("법령")
    about = root.child("기본정보") if root else None
    if root is None or about is None:
        said = " ".join(_all_text(top).split())[:60]
        raise LawTextError(1, f"no 법령/기본정보: this is not a statute but another answer of the service ({said!r})")
    law_id, number = _required(about, "법령ID"), _number(about)
    if not LAW_ID.fullmatch(law_id):
        raise LawTextError(about.line, f"법령ID is no number: {law_id[:20]!r}")
    kind_name = _required(about, "법종구분")
    kind = kind_of(kind_name)
    if kind is None:
        raise LawTextError(about.line, f"법종구분 is {kind_name!r}: not an act, a decree or a rule")
    title = about.words("법령명_한글") or about.words("법령명한글")
    if not title:
        raise LawTextError(about.line, "the answer does not tell 법령명_한글; fetch it again")
    text, builder, body = _Text(), Builder(law_id, number), root.child("조문")
    units = list(body.all("조문단위")) if body else []
    dates = [found for node in units if (found := _unit(builder, text, node)) is not None]
    articles = builder.finish(body.line if body else root.line)
    promulgated, in_force = _date(about, "공포일자"), _date(about, "시행일자")
    body_lines = tuple(range(1, len(text.lines) + 1))
    addenda = _addenda(text, root)
    amending = amending_of(addenda, number, promulgated)
    return Statute(
        law_id,
        title,
        kind,
        kind_name,
        number,
        promulgated,
        in_force,
        about.words("상태"),
        Law(law_id, number, title, text.source, amending, articles, addenda, body_lines),
        _attachments(root),
        tuple(builder.divisions),
        tuple(pair for pair in dates if pair[1] != in_force),
        form,
    )


def _all_text(node: Node) -> str:
    return " ".join([node.text, *(_all_text(child) for child in node.children)])


def _required(node: Node, name: str) -> str:
    words = node.words(name)
    if not words:
        raise LawTextError(node.line, f"the answer does not tell {name}; fetch it again")
    return words


def _date(node: Node, name: str) -> dt.date:
    value = date_of(_required(node, name))
    if value is None:
        raise LawTextError(node.line, f"{name} is no date: {node.words(name)!r}")
    return value


def _number(about: Node) -> str:
    found = re.fullmatch(r"(?:제\s*)?(\d+)(?:호)?", _required(about, "공포번호"))
    if found is None:
        raise LawTextError(about.line, f"공포번호 is no number: {about.words('공포번호')!r}")
    return str(int(found[1]))


def _unit(builder: Builder, text: _Text, node: Node) -> tuple[str, dt.date] | None:
    """One 조문단위; returns (article, its own in-force date) when it is an article that has one."""
    try:
        words = node.words("조문내용")
        if node.words("조문여부") == "전문" or (not node.words("조문번호") and _DIVISION.match(words)):
            _division(builder, text, words)
            return None
        return _article(builder, text, node, words)
    except LawTextError as error:
        raise LawTextError(node.line, error.problem) from None


def _division(builder: Builder, text: _Text, words: str) -> None:
    for place, line in text.add(words):
        found = _DIVISION.match(line)
        if found is None:
            raise LawTextError(place.line, f"a heading of another form: {line[:30]!r}")
        builder.division(place.line, line, found["level"])


def _article(builder: Builder, text: _Text, node: Node, words: str) -> tuple[str, dt.date] | None:
    found = _HEADING.match(words)
    number = _article_number(node, found)
    heading = found[0] if found else _branch(number)
    if found is None:
        words = f"{heading} {words}".strip()
    title = node.words("조문제목") or (found["title"] if found and found["title"] else "")
    (place, first), *more = text.add(words)
    rest = first[len(heading) :].strip()
    own, notes = split_notes(rest)
    body = Place(place.line, place.end - len(first[len(heading) :].lstrip()), place.end)
    heading_end = place.start + len(heading) if own else place.end
    at = Place(place.line, place.start, heading_end)
    builder.article(at, number, title, heading, () if own else notes)
    if own.rstrip(".") == DELETED:
        builder.deleted(body, rest)
    elif own:
        builder.paragraph(body, "0", rest)
    _more(builder, more)
    for paragraph in node.all("항"):
        _paragraph(builder, text, paragraph)
    for subparagraph in node.all("호"):
        _subparagraph(builder, text, subparagraph)
    for remark in node.lines("조문참고자료"):
        _remark(builder, text, remark)
    day = date_of(node.words("조문시행일자"))
    return (number, day) if day else None


def _article_number(node: Node, found: re.Match[str] | None) -> str:
    main, branch = node.words("조문번호"), node.words("조문가지번호")
    told = numeral(main, branch if branch.isdigit() else None) if main.isdigit() else None
    read = numeral(found["main"], found["branch"]) if found else None
    if told and read and told != read:
        raise LawTextError(node.line, f"조문번호 says {told} but the text is that of {read}")
    number = told or read
    if number is None:
        raise LawTextError(node.line, "an article without a number; fetch the answer again")
    return number


def _branch(number: str) -> str:
    main, _, branch = number.partition("-")
    return f"제{main}조" + (f"의{branch}" if branch else "")


def _more(builder: Builder, lines: list[tuple[Place, str]]) -> None:
    for place, line in lines:
        if notes := parse_brackets(line):
            builder.bracket(place, notes)
        else:
            builder.more(place, line)


def _remark(builder: Builder, text: _Text, words: str) -> None:
    ((place, line),) = text.add(words)
    notes = parse_brackets(line) or (Amendment("remark", (), line),)
    builder.bracket(place, notes)


def _paragraph(builder: Builder, text: _Text, node: Node) -> None:
    words = node.words("항내용")
    mark = words[:1] if circled(words[:1]) else node.words("항번호").strip()
    if words:
        number = circled(mark) if mark else "0"
        if number is None:
            raise LawTextError(node.line, f"a paragraph mark of another form: {mark!r}")
        (place, first), *more = text.add(words)
        builder.paragraph(place, number, first.removeprefix(mark).strip())
        _more(builder, more)
    elif mark:
        raise LawTextError(node.line, f"paragraph {mark} has a number but no words")
    for subparagraph in node.all("호"):
        _subparagraph(builder, text, subparagraph)


def _subparagraph(builder: Builder, text: _Text, node: Node) -> None:
    words = node.words("호내용")
    found = _SUBPARAGRAPH.match(words)
    told = re.match(r"(\d+)(?:의(\d+))?", node.words("호번호"))
    if found is None and told is None:
        raise LawTextError(node.line, f"a subparagraph without a number: {words[:30]!r}")
    branch = node.words("호가지번호")
    number = branched(found["number"]) if found else numeral(told[1], told[2] or branch or None) if told else ""
    if not words:
        raise LawTextError(node.line, f"subparagraph {number} has a number but no words")
    (place, first), *more = text.add(words)
    builder.subparagraph(place, number, first[found.end() if found else 0 :])
    _more(builder, more)
    for item in node.all("목"):
        _item(builder, text, item)


def _item(builder: Builder, text: _Text, node: Node) -> None:
    words = node.words("목내용")
    found = _ITEM.match(words)
    sign = found["mark"] if found else node.words("목번호").strip(". ")
    mark = letter(sign)
    if mark is None or not words:
        raise LawTextError(node.line, f"an item mark that has no letter: {sign!r}")
    (place, first), *more = text.add(words)
    builder.item(place, mark, first[found.end() if found else 0 :])
    _more(builder, more)


def _addenda(text: _Text, root: Node) -> tuple[Addendum, ...]:
    block, builder = root.child("부칙"), AddendaBuilder()
    for node in block.all("부칙단위") if block else ():
        number, day = node.words("부칙공포번호"), date_of(node.words("부칙공포일자"))
        digits = re.search(r"\d+", number)
        lines = node.lines("부칙내용")
        if digits is None or day is None or not lines:
            raise LawTextError(node.line, "a 부칙단위 without number, date or words; fetch the answer again")
        added = text.add("\n".join(lines))
        builder.add(digits[0], day, added[0][0].start, added[-1][0].end, lines)
    return builder.finish()


def _attachments(root: Node) -> tuple[Attachment, ...]:
    block = root.child("별표")
    return tuple(
        attachment(
            {
                "별표번호": node.words("별표번호"),
                "별표가지번호": node.words("별표가지번호"),
                "별표구분": node.words("별표구분"),
                "제목": node.words("별표제목"),
                "파일링크": _address(node.words("별표서식파일링크")),
                "PDF링크": _address(node.words("별표서식PDF파일링크")),
            }
        )
        for node in (block.all("별표단위") if block else ())
    )


def _address(link: str) -> str:
    return f"https://www.law.go.kr{link}" if link.startswith("/") else link
