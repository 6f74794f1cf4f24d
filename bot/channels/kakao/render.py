"""An Answer as a skill response. Pure.

The first output holds what must never be lost (the number to call, the deadline, the source with its date);
what follows are details, and only they are shortened.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.kakao import parts
from bot.channels.kakao.choices import choices
from bot.channels.kakao.limits import CARD, CARD_BUTTONS, CARD_TITLE, OUTPUTS, TEXT, problems, units
from bot.channels.kakao.parts import Part
from bot.channels.kakao.places import cards, read_places, sources
from bot.channels.kakao.shorten import fit, split
from nlu.texts import load, text

logger = logging.getLogger(__name__)
Answered = Mapping[str, Any]


def render(replies: Sequence[Mapping[str, Any]], language: str) -> Part:
    """The replies of a turn ([{text, quick_replies, answer}], not empty) as one response that keeps every limit."""
    made = _render(replies, language)
    wrong = problems(made)
    if not wrong:
        return made
    logger.error("A KakaoTalk response broke a limit and was sent as plain text: %s", "; ".join(wrong[:5]))
    return plain("\n\n".join(str(reply["text"]) for reply in replies), language)


def plain(said: str, language: str) -> Part:
    """A sentence alone; what it says must be one of our texts or an Answer's."""
    words = said if said.strip() else text("unavailable", language)
    return parts.response([{"simpleText": {"text": fit(words, TEXT, "", text("kakao.cut_plain", language))}}], [])


def waiting(language: str) -> Part:
    """The answer is not there yet: a button that asks for it."""
    word = text("kakao.button.pending", language)
    said = text("kakao.pending", language)
    return parts.response([parts.simple_text(said)], [parts.message(word, word)])


def _render(replies: Sequence[Mapping[str, Any]], language: str) -> Part:
    first = next((reply for reply in replies if reply["answer"]), replies[0])
    answer = first["answer"]
    if answer is None:
        outputs = [parts.simple_text(part) for part in split(first["text"], TEXT, OUTPUTS, "")]
        return parts.response(outputs, [])
    outputs = _outputs(answer)
    others = [parts.simple_text(reply["text"]) for reply in replies if reply is not first and reply["text"]]
    outputs = [*outputs, *others][:OUTPUTS]
    room, asked = OUTPUTS - len(outputs), answer["status"] == "clarify"
    listed, quick = choices(first["quick_replies"], answer["language"], room, asked)
    return parts.response([*outputs, *listed], quick, _data(answer))


def _outputs(answer: Answered) -> list[Part]:
    if answer["status"] == "emergency":
        return _emergency(answer)
    if answer["places"]:
        return _places(answer)
    if answer["citations"]:
        return _rule(answer)
    if answer["calls"]:
        return _with_calls(answer)
    return _texts(answer["text"], answer, 2)


def _emergency(answer: Answered) -> list[Part]:
    """The number first: title and buttons; then the one message, whole."""
    calls, said = answer["calls"], answer["text"]
    title = calls[0]["label"] if calls else answer["lead"]
    card = parts.text_card(title, said, _phones(answer))
    whole = card.get("description") == said and len(calls) <= CARD_BUTTONS
    more = "\n".join(_call_lines(answer)[CARD_BUTTONS:])
    return [{"textCard": card}, *([] if whole else [parts.simple_text(fit(said, TEXT, more))])]


def _places(answer: Answered) -> list[Part]:
    said, shown = read_places(answer)
    cited = [_source(each, answer["language"]) for each in answer["citations"][:3]]
    tail = "\n".join(filter(None, (sources(answer), *cited)))
    head = {"simpleText": {"text": fit(said, TEXT, tail, text("kakao.cut_plain", answer["language"]))}}
    return [head, cards(shown, answer["language"])]


def _rule(answer: Answered) -> list[Part]:
    """A card with the short answer, its source and the official page; then the words of the provision."""
    language, lead = answer["language"], answer["lead"]
    cited = _main(answer)
    source, later = _source(cited, language), cited["amended_later"] or ""
    fits = units(f"{lead}{source}{later}") + 3 <= CARD - CARD_TITLE
    tail = f"{source}\n{later}" if later and fits and not _is_list(answer) else source
    link = parts.web_link(text("kakao.button.official", language), cited["url"])
    phones = _phones(answer)
    card = parts.text_card(_title(answer), lead, [*phones, *parts.present(link)][:CARD_BUTTONS], tail)
    rest = answer["text"].removeprefix(lead).strip() if card.get("description", "").startswith(lead) else answer["text"]
    return [{"textCard": card}, *_texts(rest, answer, 2 if units(rest) > TEXT else 1)]


def _with_calls(answer: Answered) -> list[Part]:
    """Numbers to call beside an answer that is no emergency: on its card, or first on one of their own."""
    said, language = answer["text"], answer["language"]
    if units(said) <= CARD - CARD_TITLE:
        return [{"textCard": parts.text_card(_title(answer), said, _phones(answer))}]
    numbers = "\n".join(_call_lines(answer))
    card = parts.text_card(text("kakao.title.calls", language), numbers, _phones(answer))
    return [{"textCard": card}, *_texts(said, answer, 1)]


def _texts(said: str, answer: Answered, most: int) -> list[Part]:
    cut = text("kakao.cut" if answer["citations"] else "kakao.cut_plain", answer["language"])
    return [parts.simple_text(part) for part in split(said, TEXT, most, cut)]


def _title(answer: Answered) -> str:
    """The provision for an answer; for what is none, which of the kinds of "no" it is."""
    if answer["status"] == "answered" and answer["calls"]:
        return text("kakao.title.calls", answer["language"])
    if answer["status"] == "answered" and answer["citations"] and not _is_list(answer):
        cited = _main(answer)
        return f"{cited['label']} ({cited['title']})"
    return text(f"kakao.title.{answer['status']}", answer["language"])


def _is_list(answer: Answered) -> bool:
    """Several provisions one below the other, none of them the answer."""
    return sum(f"\n• {cited['label']}" in answer["text"] for cited in answer["citations"]) > 1


def _main(answer: Answered) -> Mapping[str, Any]:
    """The provision that an answer rests on: that of its deadline where one was computed, else the first."""
    ruling = [each["rule"] for each in answer["computed"] if "rule" in each][-1:]
    found = [cited for cited in answer["citations"] if cited["provision"] in ruling]
    first: Mapping[str, Any] = (found or answer["citations"])[0]
    return first


def _source(cited: Mapping[str, Any], language: str) -> str:
    """Law, label and the date of the text."""
    return text("kakao.source", language, law=cited["law"], label=cited["label"], date=cited["text_date"])


def _phones(answer: Answered) -> list[Part]:
    language = answer["language"]
    made = [
        parts.phone(text("kakao.button.call_number", language, number=call["number"]), call["number"])
        for call in answer["calls"]
    ]
    return parts.present(*made)[:CARD_BUTTONS]


def _call_lines(answer: Answered) -> list[str]:
    return [_call_line(call["number"], call["label"], answer["language"]) for call in answer["calls"]]


def _call_line(number: str, label: str, language: str) -> str:
    if number in label and label != number:
        return label
    if label != number:
        return f"{number}: {label}"
    known = load(language)["kakao"]["number"]
    return str(known.get(number, number))


def _data(answer: Answered) -> Part:
    """For programs: what kind of answer it was and what it rests on."""
    return {
        "answer": {
            "status": answer["status"],
            "language": answer["language"],
            "provisions": [cited["provision"] for cited in answer["citations"]],
            "places": [place["id"] for place in answer["places"]],
            "computed": answer["computed"],
            "source_dates": answer["source_dates"],
        }
    }
