"""Read the public Markdown form of a Korean statute (law.go.kr text, one file for each version).

The form: a YAML head (제목, 법령ID, 공포번호, …, 첨부파일); ``# title``; ``## 제1장``, ``### 제1절`` headings;
``##### 제9조의2 (title)``; ``**①**`` paragraphs; ``  4의2\\.`` subparagraphs and ``    가\\.`` items, by
their indent; indented lines without such a number, which go on with the unit above (``1)`` sub-items,
table lines); ``<개정 …>`` and ``[…]`` notes; then ``## 부칙`` with one block for each amendment.
A line of another form stops the reading with its number: nothing is half-parsed.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import Any

from knowledge.decree import Addendum, Law
from knowledge.errors import LawTextError
from knowledge.source_lines import split_lines
from knowledge.statute import (
    LAW_ID,
    MARKDOWN,
    Attachment,
    Statute,
    branched,
    circled,
    date_of,
    kind_of,
    letter,
    numeral,
)
from knowledge.statute_addenda import HEADER, LIKE_HEADER, AddendaBuilder, amending_of
from knowledge.statute_build import Builder, Place
from knowledge.statute_notes import DELETED, parse_brackets, split_notes

_DIVISION = re.compile(r"#{1,6} (?P<text>제\d+(?:의\d+)?(?P<level>[편장절관])(?:의\d+)?(?:\s.*)?)")
_ARTICLE = re.compile(r"(?P<hashes>#{2,6} )(?P<full>제(?P<main>\d+)조(?:의(?P<branch>\d+))?(?P<rest>.*))")
_TITLE = re.compile(r"\s*\((?P<title>.+)\)")
_PARAGRAPH = re.compile(r"\*\*(?P<mark>[^*]+)\*\*\s?(?P<words>.*)")
_SUBPARAGRAPH = re.compile(r"  (?P<number>\d+(?:의\d+)?)\\?\.\s+(?P<words>.*)")
_ITEM = re.compile(r"    (?P<mark>[가-힣](?:의\d+)?)\\?\.\s+(?P<words>.*)")
_NUMBERED = re.compile(r"\s*(?:\d+(?:의\d+)?|[가-하](?:의\d+)?)\\\.")
_DELETION = re.compile(rf"{DELETED}(?:\s|<|$)")
ADDENDA = "## 부칙"


@dataclass(frozen=True)
class _Head:
    fields: dict[str, Any]
    end: int
    """1-based line of the closing ``---``."""

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise LawTextError(self.end, f"the head does not tell {name}; complete the file")
        return value.strip()

    def date(self, name: str) -> dt.date:
        value = date_of(self.text(name))
        if value is None:
            raise LawTextError(self.end, f"{name} in the head is no date: {self.text(name)!r}")
        return value

    def law_id(self) -> str:
        """Digits only: the id also names a folder."""
        value = self.text("법령ID")
        if not LAW_ID.fullmatch(value):
            raise LawTextError(self.end, f"법령ID in the head is no number: {value[:20]!r}")
        return value

    def number(self) -> str:
        found = re.fullmatch(r"(?:제\s*)?(\d+)(?:호)?", self.text("공포번호"))
        if found is None:
            raise LawTextError(self.end, f"공포번호 in the head is no number: {self.text('공포번호')!r}")
        return str(int(found[1]))


def parse_markdown(source: str) -> Statute:
    """Parse a whole file; raises LawTextError with a line number when it is of another form."""
    starts, lines = split_lines(source)
    head = _head(lines)
    law_id, number = head.law_id(), head.number()
    kind = kind_of(head.text("법령구분"))
    if kind is None:
        raise LawTextError(head.end, f"법령구분 is {head.text('법령구분')!r}: not an act, a decree or a rule")
    tail = next((i for i in range(head.end, len(lines)) if lines[i].rstrip() == ADDENDA), None)
    if tail is None:
        raise LawTextError(len(lines), f"the text ends without {ADDENDA!r}: the file is cut off")
    builder = Builder(law_id, number)
    body = _body(builder, starts, lines, head.end, tail)
    articles = builder.finish(tail + 1)
    addenda = _addenda(starts, lines, tail + 1)
    promulgated = head.date("공포일자")
    if all(a.decree_number.partition("-")[0] != number for a in addenda):
        raise LawTextError(len(lines), f"the addenda of No. {number} itself are missing: the file is cut off")
    amending = amending_of(addenda, number, promulgated)
    title = head.text("제목")
    return Statute(
        law_id,
        title,
        kind,
        head.text("법령구분"),
        number,
        promulgated,
        head.date("시행일자"),
        str(head.fields.get("상태") or ""),
        Law(law_id, number, title, source, amending, articles, addenda, tuple(body)),
        _attachments(head),
        tuple(builder.divisions),
        form=MARKDOWN,
    )


def _head(lines: list[str]) -> _Head:
    import yaml

    if lines[0].strip() != "---":
        raise LawTextError(1, "no '---' on the first line: this is not the Markdown form of a Korean statute")
    end = next((i for i in range(1, len(lines)) if lines[i].strip() == "---"), None)
    if end is None:
        raise LawTextError(len(lines), "the head has no closing '---': the file is cut off")
    try:
        fields = yaml.load("\n".join(lines[1:end]), Loader=yaml.BaseLoader)  # plain strings: 00371 stays 00371
    except yaml.MarkedYAMLError as error:
        at = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise LawTextError(at, f"the head is not YAML ({error.problem})") from None
    except yaml.YAMLError as error:
        raise LawTextError(2, f"the head is not YAML ({str(error).splitlines()[0]})") from None
    if not isinstance(fields, dict):
        raise LawTextError(2, "the head holds no fields")
    return _Head(fields, end + 1)


def _attachments(head: _Head) -> tuple[Attachment, ...]:
    rows = head.fields.get("첨부파일") or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LawTextError(head.end, "첨부파일 in the head is no list of attachments")
    return tuple(attachment(row) for row in rows)


def attachment(row: dict[str, Any]) -> Attachment:
    """One row of 첨부파일 (all fields may be missing)."""
    main, branch = str(row.get("별표번호") or ""), str(row.get("별표가지번호") or "")
    number = numeral(main, branch if branch.isdigit() else None) if main.isdigit() else main
    return Attachment(
        str(row.get("별표구분") or ""),
        number,
        html.unescape(str(row.get("제목") or "")),
        str(row.get("파일링크") or ""),
        str(row.get("PDF링크") or ""),
    )


def _body(builder: Builder, starts: list[int], lines: list[str], first: int, tail: int) -> list[int]:
    """Feed lines[first:tail] to the builder; returns the 1-based numbers of the lines that were read."""
    numbers: list[int] = []
    titled = False
    for i in range(first, tail):
        raw = lines[i]
        if not raw.strip():
            continue
        if not titled:
            if not raw.startswith("# "):
                raise LawTextError(i + 1, f"expected the title ('# …') after the head, found {raw[:30]!r}")
            titled = True
            continue
        numbers.append(i + 1)
        _line(builder, i + 1, raw, starts[i])
    return numbers


def _line(builder: Builder, line: int, raw: str, start: int) -> None:
    text = raw.strip()
    place = Place(line, start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))
    if raw.startswith("#"):
        _heading(builder, line, raw, start)
    elif raw.startswith("**"):
        found = _PARAGRAPH.fullmatch(text)
        number = circled(found["mark"]) if found else None
        if found is None or number is None:
            raise LawTextError(line, f"a paragraph mark of another form: {text[:12]!r}")
        builder.paragraph(place, number, found["words"])
    elif (found := _SUBPARAGRAPH.fullmatch(raw)) is not None:
        builder.subparagraph(place, branched(found["number"]), found["words"])
    elif (found := _ITEM.fullmatch(raw)) is not None:
        mark = letter(found["mark"])
        if mark is None:
            raise LawTextError(line, f"an item mark that has no letter: {found['mark']!r}")
        builder.item(place, mark, found["words"])
    elif _NUMBERED.match(raw):
        raise LawTextError(line, f"a number without words or with another indent: {text[:12]!r}")
    elif raw[0].isspace():
        builder.more(place, text)
    elif notes := parse_brackets(text):
        builder.bracket(place, notes)
    elif _DELETION.match(text) and not split_notes(text)[0].removeprefix(DELETED).strip(". "):
        builder.deleted(place, text)
    else:
        builder.paragraph(place, "0", text)


def _heading(builder: Builder, line: int, raw: str, start: int) -> None:
    if (found := _DIVISION.fullmatch(raw.rstrip())) is not None:
        builder.division(line, found["text"].strip(), found["level"])
        return
    found = _ARTICLE.fullmatch(raw.rstrip())
    if found is None:
        raise LawTextError(line, f"a heading of another form: {raw[:30]!r}")
    words, notes = split_notes(found["rest"])
    gone = words == DELETED
    titled = _TITLE.fullmatch(words)
    if words and not titled and not gone:
        raise LawTextError(line, f"an article heading of another form: {raw[:30]!r}")
    place = Place(line, start + found.start("full"), start + len(raw.rstrip()))
    title = titled["title"] if titled else ""
    heading = found["full"].strip()
    if gone:
        builder.article(place, numeral(found["main"], found["branch"]), "", heading)
        builder.deleted(place, found["rest"].strip())
    else:
        builder.article(place, numeral(found["main"], found["branch"]), title, heading, notes)


def _addenda(starts: list[int], lines: list[str], first: int) -> tuple[Addendum, ...]:
    """Cut lines[first:] at the headings of the addenda; every line belongs to one of them."""
    heads = [i for i in range(first, len(lines)) if LIKE_HEADER.match(lines[i])]
    stray = next((i for i in range(first, heads[0] if heads else len(lines)) if lines[i].strip()), None)
    if stray is not None:
        raise LawTextError(stray + 1, f"expected '부칙 <제N호,date>', found {lines[stray][:30]!r}")
    builder = AddendaBuilder()
    for head, stop in zip(heads, [*heads, len(lines)][1:], strict=True):
        header = HEADER.fullmatch(lines[head].strip())
        day = date_of(header["day"]) if header else None
        if header is None or day is None:
            raise LawTextError(head + 1, f"an addenda heading of another form: {lines[head][:40]!r}")
        hash_line = next((i for i in range(head, stop) if re.match(r"#{1,6} ", lines[i])), None)
        if hash_line is not None:
            raise LawTextError(hash_line + 1, "a heading among the addenda: the file is of another form")
        last = max(i for i in range(head, stop) if lines[i].strip())
        end = starts[last] + len(lines[last].rstrip())
        builder.add(header["number"], day, starts[head], end, lines[head + 1 : stop])
    return builder.finish()
