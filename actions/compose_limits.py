"""Answers that say the text does not hold it: where it points to, or what is nearest. Pure.

"The text points elsewhere", "no provision answers this" and "we hold no such data" are different answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.compose_citation import cite, title
from actions.compose_labels import day, label
from actions.compose_rule import SHOWN, read_out
from knowledge.elsewhere import Topic
from knowledge.later_changes import facts
from knowledge.library import Shelf
from knowledge.pointers import ACT, ORDINANCE, TABLE, find_pointers
from nlu import replies
from nlu.answer import Answer
from nlu.language import KOREAN
from nlu.texts import text

FINES = "89/0"
"""The provision that leaves fine amounts to an attached table."""
POINTS_TO = {"table": TABLE, "act": ACT, "ordinance": ORDINANCE}
NEAREST = {"other_law": "other_law_matter", "current_fact": "current"}
LOOKED_AT = 10
_ONLY_A_TABLE = re.compile(r"attached Table (\d+(?:-\d+)?)\.?$")


def compose_near_miss(
    shelf: Shelf, hits: Sequence[tuple[str, str]], kind: str, language: str, topic: Topic | None = None
) -> Answer:
    """A question that sounds like the decree but is not answered by its text. ``topic``: where it stands instead."""
    if topic is not None:
        return compose_elsewhere(shelf, hits, topic, language)
    if kind == "fine":
        return _pointing(shelf, FINES, text("not_in_text.fine", language, label=label(FINES, language)), language, hits)
    pointer = _pointer(shelf, hits, POINTS_TO.get(kind, ""))
    if pointer is not None:
        provision, target = pointer
        number = _numbered(target, language) if kind == "table" else target
        lead = text(f"not_in_text.{kind}", language, label=label(provision, language), number=number)
        return _pointing(shelf, provision, lead, language, hits)
    lead = text(NEAREST.get(kind, "nearest_only"), language)
    status = "no_such_data" if kind == "current_fact" else "no_evidence"
    return _nearest(shelf, hits, lead, status, language)


def compose_elsewhere(shelf: Shelf, hits: Sequence[tuple[str, str]], topic: Topic, language: str) -> Answer:
    """Which text seems to decide the matter, with its official address, and the provision that points there."""
    law = topic.law[language]
    named = {"law": law, "number": topic.article, "title": topic.title[language]}
    where = text("not_in_text.article", language, **named) if topic.article else law
    lead = text("not_in_text.topic", language, where=where, topic=topic.topic[language])
    link = text("not_in_text.topic_link", language, url=law_url(topic))
    pointer = _pointer(shelf, hits, POINTS_TO.get(topic.kind, ""))
    citations = (cite(shelf, pointer[0], language),) if pointer else ()
    return Answer(
        "not_in_text",
        language,
        lead,
        f"{lead}\n\n{link}",
        citations,
        matches=tuple(provision for provision, _ in hits),
        source_dates=tuple(citation.text_date for citation in citations),
    )


def law_url(topic: Topic) -> str:
    """Address of the law's official page, of the article where one is known."""
    page = f"https://www.law.go.kr/법령/{''.join(topic.law['ko'].split())}"
    main, _, branch = topic.article.partition("-")
    if not main.isdigit():
        return page
    return f"{page}/제{main}조" + (f"의{branch}" if branch else "")


def compose_refusal(label_of_scope: str, language: str) -> Answer:
    """Out of scope: one sentence and where to go instead. Hostile: refused, never echoed."""
    return replies.static("refused" if label_of_scope == "hostile" else "out_of_scope", language)


def only_points(shelf: Shelf, provision_id: str) -> str | None:
    """The attached table that is all a provision says ("… shall be as specified in attached Table 1."), or None."""
    unit = shelf.law.unit(provision_id)
    found = _ONLY_A_TABLE.search(unit.own)
    return found[1] if found and not unit.children else None


def compose_pointer(shelf: Shelf, hits: Sequence[tuple[str, str]], table: str, language: str) -> Answer:
    """The best provision does nothing but name a table: the answer is in the table, not in this text."""
    best, number = hits[0][0], _numbered(table, language)
    key = "not_in_text.fine" if best == FINES else "not_in_text.table"
    return _pointing(shelf, best, text(key, language, label=label(best, language), number=number), language, hits)


def compose_table(
    shelf: Shelf, number: str, language: str, hits: Sequence[tuple[str, str]] = (), beside: Answer | None = None
) -> Answer:
    """The answer to "show me attached Table 3": it is not held, and which provisions name it.

    ``beside``: the answer on the provisions that the message names too.
    """
    tables, named = _tables(shelf), _numbered(number, language)
    if number not in tables:
        known = ", ".join(_numbered(each, language) for each in sorted(tables))
        lead = text("scope.table_unknown", language, number=named, known=known)
        answer = Answer("no_evidence", language, lead, lead)
    else:
        places = ", ".join(label(each, language) for each in tables[number])
        lead = text("scope.table_named", language, number=named, places=places)
        if beside is None:
            return _pointing(shelf, tables[number][0], lead, language, hits)
        link = text("not_in_text.link", language, url=shelf.edition.official_page)
        answer = Answer("not_in_text", language, lead, f"{lead} {link}")
    if beside is None:
        return answer
    return replace(beside, status=answer.status, lead=answer.lead, text=f"{answer.text}\n\n{beside.text}")


def _numbered(table: str, language: str) -> str:
    """ "1-2", in Korean "1의2"."""
    return table.replace("-", "의") if language == KOREAN else table


def _tables(shelf: Shelf) -> dict[str, list[str]]:
    """Each attached table that the text names, with the provisions that name it."""
    found: dict[str, list[str]] = {}
    for unit in shelf.law.units():
        for target in dict.fromkeys(p.target for p in find_pointers(unit.own) if p.kind == TABLE):
            found.setdefault(target, []).append(unit.id)
    return found


def compose_text_date(shelf: Shelf, language: str) -> Answer:
    """Of which day the text is, and up to which decree it is known what was changed since."""
    last = facts().as_of
    edition = shelf.edition
    lead = text("scope.text_date", language, date=day(edition.promulgated, language), number=edition.version)
    days = {"promulgated": day(last.promulgated, language), "in_force": day(last.in_force, language)}
    after = text("scope.known_until", language, number=last.number, **days)
    link = text("scope.official_page", language, url=shelf.edition.official_page)
    dates = (shelf.edition.promulgated.isoformat(), last.promulgated.isoformat())
    return Answer("answered", language, lead, "\n\n".join([f"{lead} {after}", link]), source_dates=dates)


def _pointer(shelf: Shelf, hits: Sequence[tuple[str, str]], kind: str) -> tuple[str, str] | None:
    """The best hit that points to something of that kind, and what it points to."""
    for provision, _ in hits[:LOOKED_AT] if kind else ():
        found = next((p for p in find_pointers(shelf.law.quote(provision)) if p.kind == kind), None)
        if found is not None:
            return provision, found.target
    return None


def _pointing(shelf: Shelf, provision_id: str, lead: str, language: str, hits: Sequence[tuple[str, str]]) -> Answer:
    citation = cite(shelf, provision_id, language)
    quoted = read_out(shelf, provision_id, provision_id, language)
    link = text("not_in_text.link", language, url=shelf.edition.official_page)
    return Answer(
        "not_in_text",
        language,
        lead,
        "\n\n".join([lead, *quoted, link]),
        (citation,),
        matches=tuple(provision for provision, _ in hits),
        source_dates=(citation.text_date,),
    )


def _nearest(shelf: Shelf, hits: Sequence[tuple[str, str]], lead: str, status: str, language: str) -> Answer:
    """The nearest provisions by name only: nothing is presented as the answer."""
    shown = [provision for provision, _ in hits[:SHOWN]]
    lines = [
        text("scope.heading", language, label=label(p, language), title=title(shelf, p, language)) for p in shown
    ]
    citations = tuple(cite(shelf, p, language) for p in shown)
    return Answer(
        status,
        language,
        lead,
        "\n".join([lead, *lines]),
        citations,
        suggestions=tuple(label(p, language) for p in shown),
        matches=tuple(provision for provision, _ in hits),
        source_dates=tuple(dict.fromkeys(c.text_date for c in citations)),
    )
