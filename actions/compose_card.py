"""Action cards as answers: our short card, whom to call, what to ask next, and the official lines if imported.

Pure, but for ``official_lines``, which reads what ``ansim import guides`` brought.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from actions.compose_labels import day
from knowledge.guides.store import GuideStore, GuideStoreError, Reference
from nlu.answer import Answer, Call
from nlu.cards import cards, load
from nlu.first_calls import ANSWERS, WITHOUT

OFFICIAL_SHOWN = 6
"""Official items quoted under a card."""


@dataclass(frozen=True)
class OfficialLine:
    """``text``: one item of the official guideline, word for word, in Korean; ``category``: disaster and topic,
    as the publisher names them; ``imported``: the day, UTC."""

    text: str
    category: str
    imported: dt.date


def compose_card(card_id: str, language: str, official: tuple[OfficialLine, ...] = ()) -> Answer:
    """One card, or an answer of ``nlu.first_calls``; raises KeyError for an id or a language that is not there."""
    if card_id in ANSWERS:
        return _first_call(card_id, language)
    card, words = cards(language)[card_id], load(language)
    places = [words["shelters"][kind] for kind in card.kinds_of_shelter]
    lines = [card.title, *(f"• {line}" for line in card.lines)]
    lines += [str(place["note"]) for place in places if "note" in place]
    if card.calls:
        lines.append(str(words["call"]).format(numbers=", ".join(card.calls)))
    parts = ["\n".join(lines), str(words["mark"])]
    if official:
        parts.append(_quoted(official[:OFFICIAL_SHOWN], str(words["official_lead"]), language))
    return Answer(
        "answered",
        language,
        card.title,
        "\n\n".join(parts),
        suggestions=tuple(str(place["ask"]) for place in places),
        calls=tuple(Call(number, str(words["labels"][number])) for number in card.calls),
        source_dates=(str(words["source_date"]), *dict.fromkeys(line.imported.isoformat() for line in official)),
    )


def _first_call(name: str, language: str) -> Answer:
    """A number to call, and why; that there is no card for it is ``no_such_data``."""
    words, said = load(language), load(language)["numbers"][name]
    titles = [cards(language)[each].title for each in said.get("titles", ())]
    return Answer(
        "no_such_data" if name == WITHOUT else "answered",
        language,
        str(said["lead"]),
        f"{said['lead']}\n{str(said['more']).format(titles=', '.join(titles))}",
        suggestions=tuple(titles),
        calls=tuple(Call(number, str(words["labels"][number])) for number in said["calls"]),
    )


def compose_card_list(language: str) -> Answer:
    """The titles of all cards; each can be typed to get its card."""
    words, held = load(language), cards(language)
    titles = [card.title for card in held.values()]
    lead, note = str(words["list_lead"]), str(words["list_note"])
    return Answer(
        "answered",
        language,
        lead,
        "\n\n".join([lead, "\n".join(f"• {title}" for title in titles), note, str(words["mark"])]),
        suggestions=tuple(held[name].title for name in words["list_first"]),
        calls=tuple(Call(number, str(words["labels"][number])) for number in ("119", "112")),
        source_dates=(str(words["source_date"]),),
    )


def official_lines(card_id: str, store: GuideStore | None = None) -> tuple[OfficialLine, ...]:
    """The imported official items that the card's lines were checked against, in the card's order.

    () when nothing is imported, and when the file cannot be read: the card stands without them, and
    ``ansim import guides`` says what is wrong with the file.
    """
    card = cards("ko")[card_id]
    references = tuple(Reference.parse(place) for places in card.checked_against for place in places)
    try:
        found = (store or GuideStore()).official(references)
    except GuideStoreError:
        return ()
    return tuple(
        OfficialLine(item.text, " · ".join(dict.fromkeys((group.name, item.category_name))), group.imported)
        for item, group in found
    )


def _quoted(official: tuple[OfficialLine, ...], lead: str, language: str) -> str:
    """The items under one lead for each category and day, in order."""
    lines: list[str] = []
    before: tuple[str, dt.date] | None = None
    for line in official:
        if (line.category, line.imported) != before:
            before = line.category, line.imported
            lines.append(lead.format(category=line.category, date=day(line.imported, language)))
        lines.append(f"“{line.text}”")
    return "\n".join(lines)
