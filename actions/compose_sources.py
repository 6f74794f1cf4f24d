"""Answers about the data itself: what is held with its dates, and what is not held but published elsewhere. Pure.

"We hold no data of this kind" is an answer of its own: it says nothing about whether there is such a thing nearby.
"""

from __future__ import annotations

from collections.abc import Sequence

from actions.compose_labels import label
from knowledge.catalogue.model import Source
from knowledge.register.datasets import datasets
from knowledge.register.states import Counts, register
from knowledge.register.topics import Entry, Topic, topics
from nlu.answer import Answer, Call
from nlu.source_topics import source_text

LISTED = 20
"""At most so many datasets are named in one answer."""


def compose_sources(
    catalogue_sources: Sequence[Source], counts: Counts, language: str, topic_id: str | None = None
) -> Answer:
    """What is held (title, rows, as-of date), what else could be had, and where the whole register is.

    ``topic_id``: only what is held of that topic.
    """
    if topic_id is not None:
        kinds = topics()[topic_id].kinds
        counts = {key: n for key, n in counts.items() if key[1] in kinds}
        return _held(catalogue_sources, counts, language, source_text("all.dated", language))
    others = [row for row in register(catalogue_sources, counts) if "held" not in row.states]
    can = [row for row in others if {"fetchable", "importable"} & set(row.states)]
    known = [row for row in others if row.state == "published"]
    more = source_text("all.can", language, fetchable=len(can), known=len(known))
    dated = source_text("all.dated", language)
    return _held(catalogue_sources, counts, language, f"{more} {dated}" if any(counts.values()) else more)


def _held(catalogue_sources: Sequence[Source], counts: Counts, language: str, more: str) -> Answer:
    """The held sources as a list, the largest first, followed by ``more``."""
    totals = {s.id: sum(n for (source, _), n in counts.items() if source == s.id) for s in catalogue_sources}
    held = sorted((s for s in catalogue_sources if totals[s.id]), key=lambda s: (-totals[s.id], s.id))
    lead = source_text("all.lead" if held else "all.none", language, count=len(held))
    rows = [
        source_text("all.row", language, title=s.title[language], rows=f"{totals[s.id]:,}", as_of=s.as_of)
        for s in held[:LISTED]
    ]
    return Answer(
        "answered" if held else "no_such_data",
        language,
        lead,
        "\n".join([lead, *rows, more, source_text("all.see_all", language)]),
        computed=tuple({"source": s.id, "rows": totals[s.id], "as_of": s.as_of} for s in held),
        source_dates=tuple(dict.fromkeys(s.as_of for s in held)),
    )


def compose_no_such_data(topic_id: str, language: str) -> Answer:
    """We hold no data of this kind: who publishes it as what, and where to ask. Raises KeyError for no topic."""
    topic = topics()[topic_id]
    lead = source_text("no_such_data.lead", language, name=topic.name[language])
    urgent = [source_text("no_such_data.emergency", language)] if topic.group == "responder" else []
    lines = [lead, *urgent, _published(topic, language)]
    lines += [topic.note[language]] if topic.note else []
    address = topic.ask or next((entry.url for entry in topic.datasets if entry.url), "")
    asking = [source_text("no_such_data.ask", language, ask=address)] if address else []
    lines.append(" ".join([*asking, source_text("no_such_data.or_call", language)]))
    law = [label(provision, language) for provision in topic.law]
    lines += [source_text("no_such_data.law", language, label=", ".join(law))] if law else []
    calls = (Call("119", "119"), Call("112", "112")) if topic.group == "responder" else ()
    return Answer(
        "no_such_data",
        language,
        lead,
        "\n".join(lines),
        computed=({"topic": topic.id, "datasets": [entry.id for entry in topic.datasets if entry.id]},),
        suggestions=tuple(law),
        calls=(*calls, Call("110", "110")),
    )


def _published(topic: Topic, language: str) -> str:
    """As which dataset it is published: one that holds just this, else a service, else none with what comes close."""
    publisher = topic.publisher[language]
    just_this = next((entry for entry in topic.datasets if not entry.note), None)
    if just_this is not None:
        dataset = _entry(just_this, language)
        return source_text("no_such_data.published", language, publisher=publisher, dataset=dataset)
    if topic.fetch:
        service = datasets()[topic.fetch[0]]
        doubt = f", {source_text('no_such_data.not_verified', language)}" if service.evidence == "not_verified" else ""
        dataset = f"“{service.name[language]}” ({service.id}{doubt})"
        return source_text("no_such_data.service", language, dataset=dataset)
    told = source_text("no_such_data.publisher", language, publisher=publisher)
    close = [
        source_text("no_such_data.near", language, dataset=_entry(entry, language)) for entry in topic.datasets[:1]
    ]
    return " ".join([told, *close])


def _entry(entry: Entry, language: str) -> str:
    number = entry.id or source_text("no_such_data.no_number", language)
    note = f"; {entry.note[language]}" if entry.note else ""
    return f"“{entry.title}” ({entry.portal} {number}{note})"
