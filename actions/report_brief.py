"""The papers for a district's safety meeting: new reports on a map, open items, topics asked about, provisions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from actions.compose_citation import cite, signature, signature_ko
from actions.compose_labels import day, label
from actions.compose_official import official_korean
from actions.compose_report import kind_name
from actions.document_model import (
    NOTE,
    QUOTE,
    Block,
    Heading,
    Layout,
    Paragraph,
    Picture,
    Span,
    Table,
    Words,
    said,
)
from knowledge.gazetteer import gazetteer
from knowledge.library import Shelf
from knowledge.reports.districts import district_name, place_name
from knowledge.reports.model import Report, Wanted, provisions
from knowledge.reports.sqlite import SqliteReports
from knowledge.reports.topics import LEAST, TopicCount, TopicCounts
from nlu.language import KOREAN
from nlu.texts import load, text

_KEY = "reports.brief"
_CLOSED = "done"


@dataclass(frozen=True)
class Brief:
    """What a brief is made of.

    ``district``: an id, "" for "not known", or None for all of Ansan; ``old``: open items told for the first time
    before ``start``.
    """

    district: str | None
    start: dt.date
    end: dt.date
    made: dt.date
    new: tuple[Report, ...]
    old: tuple[Report, ...]
    topics: tuple[TopicCount, ...]


def gather(
    store: SqliteReports, counts: TopicCounts, district: str | None, start: dt.date, end: dt.date, made: dt.date
) -> Brief:
    """Read what the brief of a district and period holds; raises ReportError."""
    new = store.rows(Wanted(district=district, start=start, end=end))
    before = store.rows(Wanted(district=district, end=start - dt.timedelta(days=1)))
    old = tuple(report for report in before if report.status != _CLOSED)
    return Brief(district, start, end, made, tuple(new), old, tuple(counts.most(start, end)))


def layout(brief: Brief, shelf: Shelf, language: str) -> Layout:
    """The brief as a document."""
    title = text(f"{_KEY}.title", language, district=_district(brief.district, language))
    blocks = (*_opening(brief, language), *_new(brief, language), *_old(brief, language))
    blocks += (*_topics(brief, shelf, language), *_provisions(brief, shelf, language))
    return Layout(title, language, blocks, footer=title)


def _opening(brief: Brief, language: str) -> Iterator[Block]:
    start, end = day(brief.start, language), day(brief.end, language)
    yield Paragraph(text(f"{_KEY}.period", language, start=start, end=end))
    yield Paragraph(text(f"{_KEY}.made", language, date=day(brief.made, language)))
    for note in ("people", "district_note"):
        yield Paragraph(text(f"{_KEY}.{note}", language), NOTE)


def _new(brief: Brief, language: str) -> Iterator[Block]:
    yield Heading(text(f"{_KEY}.new", language))
    if not brief.new:
        yield Paragraph(text(f"{_KEY}.none", language))
        return
    picture = map_of(brief, language)
    if picture is None:
        yield Paragraph(text(f"{_KEY}.no_map", language), NOTE)
    else:
        yield Picture(picture, text(f"{_KEY}.map", language))
        lacking = sum(report.lat is None for report in brief.new)
        if lacking:
            yield Paragraph(text(f"{_KEY}.map_count", language, n=lacking), NOTE)
    yield table(brief.new, language, brief.district is None)


def _old(brief: Brief, language: str) -> Iterator[Block]:
    yield Heading(text(f"{_KEY}.open", language))
    yield table(brief.old, language, brief.district is None) if brief.old else Paragraph(text(f"{_KEY}.none", language))


def _topics(brief: Brief, shelf: Shelf, language: str) -> Iterator[Block]:
    yield Heading(text(f"{_KEY}.topics", language))
    if not brief.topics:
        yield Paragraph(text(f"{_KEY}.no_topics", language, least=LEAST))
        return
    head = (_column("topic", language), _column("people", language))
    yield Table(head, tuple((said(topic_name(t.topic, shelf, language)), str(t.n)) for t in brief.topics), (4, 1))
    yield Paragraph(text(f"{_KEY}.topics_note", language, least=LEAST), NOTE)


def _provisions(brief: Brief, shelf: Shelf, language: str) -> Iterator[Block]:
    """Each provision once, in the order of the decree, with the kinds it bears on, its words verbatim."""
    kinds = list(dict.fromkeys(report.kind for report in (*brief.new, *brief.old)))
    if not kinds:
        return
    yield Heading(text(f"{_KEY}.provisions", language))
    yield Paragraph(text(f"{_KEY}.provisions_note", language), NOTE, keep=True)
    bearing: dict[str, list[str]] = {}
    for kind in kinds:
        for provision in provisions(kind):
            bearing.setdefault(provision, []).append(kind_name(kind, language))
    for provision in sorted(bearing, key=lambda each: shelf.law.unit(each).start):
        citation = cite(shelf, provision, language)
        yield Heading(f"{citation.label} — {citation.title}", 2)
        yield Paragraph(text(f"{_KEY}.applies_to", language, kinds="; ".join(bearing[provision])))
        yield from _quoted(citation.quote_ko or citation.quote)
        korean = official_korean(shelf, provision, None) if language == KOREAN else None
        if citation.rendering and not korean:
            yield from _quoted(f"({text('unofficial', language)}) {_own_part(citation.rendering, provision)}")
        sign = signature_ko(shelf, korean, language) if korean else signature(shelf, provision, language)
        yield Paragraph(" · ".join(filter(None, (sign, citation.amended_later))), NOTE)


def _quoted(words: str) -> Iterator[Block]:
    """A quote, its lines kept apart as in the text."""
    lines = [line for line in words.split("\n") if line.strip()]
    yield from (Paragraph(said(line), QUOTE, keep=at == len(lines)) for at, line in enumerate(lines, 1))


def _own_part(rendering: str, provision: str) -> str:
    """Of a paragraph's rendering, the words of the provision's own subparagraph ("37/1/9"); else all of it."""
    _, _, part = provision.partition("/")[2].partition("/")
    number = re.escape(part.partition("/")[0].replace("-", "의"))
    found = re.search(rf"(?ms)^{number}\.\s.*?(?=^\d+(?:의\d+)?\.\s|\Z)", rendering) if part else None
    return found[0].strip() if found else rendering


def table(reports: Sequence[Report], language: str, with_district: bool) -> Table:
    """Reports as a table that fits a page standing upright; ``with_district`` says of each which it lies in."""
    rows = [_cells(str(number), report, language, with_district) for number, report in enumerate(reports, 1)]
    heads = ("number",), ("kind", "place"), ("what",), ("first", "times"), ("receipt", "status")
    head = tuple(" · ".join(_column(name, language) for name in each) for each in heads)
    return Table(head, tuple(rows), (10, 44, 57, 27, 32))


def _cells(number: str, report: Report, language: str, with_district: bool) -> tuple[Words, ...]:
    cells = row(report, language)
    named = ["place"] * (not report.place) + ["district"] * with_district
    where = [*([cells["place"]] if report.place else []), *(_named(name, cells, language) for name in named)]
    since = [_named("since", cells, language)] if report.since else []
    return (
        number,
        _lines(cells["kind"], *where),
        _lines(cells["what"], *since),
        _lines(cells["first"], _named("times", cells, language)),
        _lines(cells["receipt"], cells["status"]),
    )


def _named(name: str, cells: dict[str, str], language: str) -> str:
    return f"{_column(name, language)}: {cells[name]}"


def _lines(*lines: str) -> Words:
    """Lines of one cell, each as plain words."""
    broken = [said(line) for line in lines]
    return tuple(span for at, line in enumerate(broken) for span in ((Span("\n"), *line) if at else line))


def row(report: Report, language: str) -> dict[str, str]:
    """A report's cells as a person reads them, by column."""
    return {
        "receipt": report.receipt,
        "kind": kind_name(report.kind, language),
        "place": place_name(report.place, language) or "–",
        "district": district_name(report.district, language) or text("reports.page.unknown", language),
        "what": report.what,
        "since": report.since or "–",
        "first": report.first_seen.isoformat(),
        "last": report.last_seen.isoformat(),
        "times": str(report.times),
        "status": text(f"reports.status.{report.status}", language),
    }


def map_of(brief: Brief, language: str) -> bytes | None:
    """The new reports on a map, numbered as in the table; None when none has a point."""
    from actions.map_picture import draw

    title = text(f"{_KEY}.title", language, district=_district(brief.district, language))
    shown = [_marked(report, title, brief, language) for report in brief.new]
    if all(place["lat"] is None for place in shown):
        return None
    place = gazetteer().get(brief.district or "")
    dongs = list(place.dongs if place else ())
    return draw(shown, {"origin": None, "destination": None, "dong_codes": dongs}, language)


def _marked(report: Report, title: str, brief: Brief, language: str) -> dict[str, Any]:
    name = f"{kind_name(report.kind, language)} · {place_name(report.place, language) or '–'}"
    source = {"source_label": title, "publisher": "Ansim", "as_of": brief.made.isoformat()}
    return {"name": name, "lat": report.lat, "lon": report.lon, **source}


def topic_name(topic: str, shelf: Shelf, language: str) -> str:
    """A topic ("nearby/heat_shelter", "rule/73-9") as a person reads it; as it is where there is no word for it."""
    skill, _, subject = topic.partition("/")
    if skill == "rule" and any(article.number == subject for article in shelf.law.articles):
        from actions.compose_citation import title

        return f"{label(subject, language)} ({title(shelf, subject, language)})"
    names = load(language)
    where = {"nearby": names["nearby"]["kinds"], "report": names["reports"]["kind"]}.get(skill, {})
    return str(where.get(subject) or names["reports"].get("topic", {}).get(topic, topic))


def _district(district: str | None, language: str) -> str:
    if district is None:
        return text(f"{_KEY}.every_district", language)
    name = district_name(district, language)
    return text(f"{_KEY}.district", language, district=name) if name else text(f"{_KEY}.unknown_district", language)


def _column(name: str, language: str) -> str:
    return text(f"{_KEY}.column.{name}", language)
