"""The command ``ansim sources``: what is disclosed, by whom, and what of it is held here."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from knowledge.catalogue.model import CatalogueError, Source
from knowledge.errors import KnowledgeError
from knowledge.register.datasets import datasets
from knowledge.register.states import STATES, Counts, Standing, register
from knowledge.register.topics import Topic

EXIT_NOT_LOOKED = 1
_WORDS = {
    "en": {
        "held": "held",
        "fetchable": "can be fetched with your own key",
        "importable": "a file of it can be imported",
        "published": "published, not read here",
        "not_public": "not public",
        "unknown": "no dataset id known to us",
        "rows": "{rows:,} rows, as of {as_of}",
        "all": "{count} kinds of data in the register, {held} of them held. "
        "For one state: ansim sources --state {states}",
        "none": "No kind of data is in this state.",
        "not_looked": "What is held could not be looked up: {why}",
        "to_file": "to a file only",
        "not_verified": "not verified",
    },
    "ko": {
        "held": "보유",
        "fetchable": "직접 받은 인증키로 내려받기 가능",
        "importable": "파일 가져오기 가능",
        "published": "공개되어 있으나 여기서 읽지 않음",
        "not_public": "비공개",
        "unknown": "데이터 번호를 알지 못함",
        "rows": "{rows:,}건, {as_of} 기준",
        "all": "목록에 있는 데이터 {count}종 가운데 {held}종을 보유합니다. "
        "상태별로 보기: ansim sources --state {states}",
        "none": "이 상태인 데이터가 없습니다.",
        "not_looked": "무엇을 보유하는지 확인하지 못했습니다. {why}",
        "to_file": "파일로만",
        "not_verified": "확인 안 됨",
    },
}


def run_sources(as_json: bool = False, state: str | None = None, language: str = "en") -> int:
    """Print the register, or the topics in one state; exit status 1 when the catalogue could not be read.

    Raises KnowledgeError for an unknown state, CatalogueError when what is held was asked for and cannot be read.
    """
    if state is not None and state not in STATES:
        raise KnowledgeError(f"There is no state {state[:40]!r}; there are: {', '.join(STATES)}.")
    sources, counts, trouble = _held()
    if trouble and state == "held":
        raise CatalogueError(trouble)
    rows = register(sources, counts)
    shown = [row for row in rows if state is None or state in row.states]
    if as_json:
        whole = {"looked": not trouble, "topics": [as_plain(row) for row in shown]}
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        _print(shown, rows if state is None else None, language, bool(trouble))
    if trouble:
        print(_WORDS[language]["not_looked"].format(why=trouble), file=sys.stderr)
    return EXIT_NOT_LOOKED if trouble else 0


def _held() -> tuple[Sequence[Source], Counts, str]:
    """The catalogue's sources and counts, or what kept us from reading them."""
    from knowledge.catalogue.opening import open_catalogue

    catalogue = open_catalogue()
    try:
        return catalogue.sources(), catalogue.counts(), ""
    except CatalogueError as error:
        return (), {}, str(error)
    finally:
        catalogue.close()


def as_plain(row: Standing) -> dict[str, Any]:
    """A topic with its standing in plain values."""
    topic = row.topic
    return {
        "id": topic.id,
        "group": topic.group,
        "name": dict(topic.name),
        "publisher": dict(topic.publisher),
        "states": list(row.states),
        "held": [
            {"source": h.source.id, "rows": h.rows, "as_of": h.source.as_of, "title": dict(h.source.title)}
            for h in row.held
        ],
        "kinds": list(topic.kinds),
        "datasets": [{**vars(entry), "note": dict(entry.note)} for entry in topic.datasets],
        "fetch": [
            {"id": each.id, "evidence": each.evidence, "importable": bool(each.kind)}
            for each in (datasets()[id] for id in topic.fetch)
        ],
        "law": list(topic.law),
        "ask": topic.ask,
        "note": dict(topic.note),
        "where": list(topic.where),
    }


def _print(shown: Sequence[Standing], whole: Sequence[Standing] | None, language: str, blind: bool) -> None:
    words = _WORDS[language]
    if not shown:
        print(words["none"])
    for row in shown:
        topic = row.topic
        print(f"{topic.id}: {topic.name[language]} — {topic.publisher[language]}")
        print("   " + "; ".join(words[state] for state in row.states))
        for held in row.held:
            told = words["rows"].format(rows=held.rows, as_of=held.source.as_of)
            print(f"   * {held.source.id}: {told}")
        if ids := listed_ids(topic, language):
            print(f"   {', '.join(ids)}")
        if topic.note:
            print(f"   {topic.note[language]}")
    if whole is not None and not blind:
        number = sum("held" in row.states for row in whole)
        print("\n" + words["all"].format(count=len(whole), held=number, states="|".join(STATES)))


def listed_ids(topic: Topic, language: str) -> list[str]:
    """The ids of a topic with how well they are known, as text."""
    words = _WORDS[language]
    ids = [f"data.go.kr {e.id}" + (f" ({e.note[language]})" if e.note else "") for e in topic.datasets if e.id]
    for each in (datasets()[id] for id in topic.fetch):
        doubts = [words["not_verified"]] if each.evidence == "not_verified" else []
        doubts += [words["to_file"]] if not each.kind else []
        ids.append(f"ansim fetch {each.id}" + (f" ({', '.join(doubts)})" if doubts else ""))
    return ids
