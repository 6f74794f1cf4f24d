"""An Answer as a skill response. Pure.

The first output holds what must never be lost (the number to call, the deadline, the source with its date);
what follows are details, and only they are shortened.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.data.names import file_name
from bot.channels.kakao import parts
from bot.channels.kakao.calls import call_lines, calls_beside, number_card, phones_of
from bot.channels.kakao.choices import choices
from bot.channels.kakao.dates import dates_line, due_lines
from bot.channels.kakao.files import files_of, files_output
from bot.channels.kakao.limits import CARD, CARD_BUTTONS, CARD_TITLE, OUTPUTS, TEXT, problems, units
from bot.channels.kakao.parts import Part
from bot.channels.kakao.places import cards, read_places, sources
from bot.channels.kakao.shorten import fit, split
from nlu.texts import text

logger = logging.getLogger(__name__)
Answered = Mapping[str, Any]
_ADDRESS = re.compile(r"https://[^\s<>\"“”]+[^\s<>\"“”.,:;!?)]")
NO = ("not_in_text", "no_evidence", "none_nearby", "no_such_data", "unavailable")


def render(replies: Sequence[Mapping[str, Any]], language: str, address: str = "") -> Part:
    """The replies of a turn ([{text, quick_replies, answer}], not empty) as one response that keeps every limit.

    ``address``: where files to take away are fetched, https; "" when this service has no public address.
    """
    made = _render(replies, language, address)
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


def _render(replies: Sequence[Mapping[str, Any]], language: str, address: str = "") -> Part:
    """One reply is rendered whole; the others (a form's next question) are a text, and all can be pressed."""
    main = _main_reply(replies)
    answer = main["answer"]
    if answer is None:
        outputs = [parts.simple_text(part) for part in split(main["text"], TEXT, OUTPUTS, "")]
        return parts.response(outputs, [])
    others = [reply for reply in replies if reply is not main]
    answers = [reply["answer"] for reply in [main, *others] if reply["answer"]]
    files = files_of(answers)
    offered = [files_output(files, answer["language"], address)] if files else []
    beside = [*offered, *_others(others, answer["language"])]
    said = _outputs(answer, OUTPUTS - len(beside))
    outputs = [*said, *beside[-(OUTPUTS - len(said)) :]] if beside else said
    pressed = [each for reply in [*others[::-1], main] for each in reply["quick_replies"]]
    asked = any(each["status"] == "clarify" for each in answers)
    listed, quick = choices(_once(pressed), answer["language"], OUTPUTS - len(outputs), asked)
    return parts.response([*outputs, *listed], quick, _data(answer, files))


def _main_reply(replies: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """An emergency's, else the first with an Answer."""
    answered = [reply for reply in replies if reply["answer"]]
    urgent = [reply for reply in answered if reply["answer"]["status"] == "emergency"]
    return [*urgent, *answered, *replies][0]


def _others(others: Sequence[Mapping[str, Any]], language: str) -> list[Part]:
    """The other replies as one text; the last asks what comes next, so it is the earlier ones that are shortened."""
    said = [str(reply["text"]) for reply in others if str(reply["text"]).strip()]
    if not said:
        return []
    return [parts.simple_text(fit("\n\n".join(said[:-1]), TEXT, said[-1], text("kakao.cut_plain", language)))]


def _once(pressed: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return list({each["text"]: each for each in reversed(pressed)}.values())[::-1]


def _outputs(answer: Answered, most: int) -> list[Part]:
    """``most`` outputs (1 to 3) at most; two where places or an emergency need them."""
    if answer["status"] == "emergency":
        return _emergency(answer)
    if answer["places"]:
        return _places(answer, most)
    if answer["citations"]:
        return _rule(answer, most)
    if answer["calls"]:
        return _with_calls(answer, most)
    if answer["status"] in NO:
        return _no(answer, most)
    return _texts(answer["text"], answer, min(most, 2))


def _emergency(answer: Answered) -> list[Part]:
    """The number first: title and buttons; then the one message, whole."""
    calls, said = answer["calls"], answer["text"]
    title = calls[0]["label"] if calls else answer["lead"]
    card = parts.text_card(title, said, phones_of(calls, answer["language"]))
    whole = card.get("description") == said and len(calls) <= CARD_BUTTONS
    more = "\n".join(call_lines(calls, answer["language"])[CARD_BUTTONS:])
    return [{"textCard": card}, *([] if whole else [parts.simple_text(fit(said, TEXT, more))])]


def _places(answer: Answered, most: int) -> list[Part]:
    """What is said of them, with their sources; the places; then, where there is room, a card for what stands beside.

    An answer about places and a rule says the rule after them; numbers are those that no place's own button dials.
    """
    language, (said, shown) = answer["language"], read_places(answer)
    about, _, rule = said.partition(f"\n\n{text('nearby.also', language)}\n")
    ruling, numbers = rule.split("\n\n")[0], calls_beside(answer)
    if most > 2 and rule and answer["citations"] and not numbers:
        tail, beside = sources(answer), [_rule_card(answer, ruling)]
    else:
        beside = [number_card(numbers, language)] if numbers and most > 2 else []
        told = [] if beside else call_lines(numbers, language)
        must = (*told, *due_lines(answer, answer["lead"]), sources(answer), ruling, *_cited(answer))
        tail = "\n".join(filter(None, must))
    head = {"simpleText": {"text": fit(about, TEXT, tail, text("kakao.cut_plain", language))}}
    return [head, cards(shown, language), *beside]


def _rule_card(answer: Answered, lead: str) -> Part:
    tail = "\n".join([*due_lines(answer, lead), *_cited(answer)])
    link = parts.web_link(text("kakao.button.official", answer["language"]), _main(answer)["url"])
    return {"textCard": parts.text_card(_title(answer), lead, parts.present(link), tail)}


def _cited(answer: Answered) -> list[str]:
    return [_source(_main(answer), answer["language"])] if answer["citations"] else []


def _rule(answer: Answered, most: int) -> list[Part]:
    """A card with the short answer, its due days, its source and the official page; then the words of the provision."""
    language, lead = answer["language"], answer["lead"]
    cited = _main(answer)
    source, later = _source(cited, language), cited["amended_later"] or ""
    must = "\n".join([*due_lines(answer, lead), source])
    fits = units(f"{lead}{must}{later}") + 4 <= CARD - CARD_TITLE
    tail = f"{must}\n{later}" if later and fits and not _is_list(answer) else must
    link = parts.web_link(text("kakao.button.official", language), cited["url"])
    phones = phones_of(answer["calls"], language)
    card = parts.text_card(_title(answer), lead, [*phones, *parts.present(link)][:CARD_BUTTONS], tail)
    rest = answer["text"].removeprefix(lead).strip() if card.get("description", "").startswith(lead) else answer["text"]
    beyond = call_lines(answer["calls"][CARD_BUTTONS:], language)
    below = "\n".join(filter(None, (*beyond, later if later not in tail else "")))
    return [{"textCard": card}, *_texts(rest, answer, min(most - 1, 2 if units(rest) > TEXT else 1), below)]


def _with_calls(answer: Answered, most: int) -> list[Part]:
    """Numbers to call beside an answer that is no emergency: on its card, or first on one of their own."""
    said, language, calls = answer["text"], answer["language"], answer["calls"]
    if most < 2 or units(said) <= CARD - CARD_TITLE:
        must = (*due_lines(answer, ""), *call_lines(calls, language), dates_line(answer))
        tail = "\n".join(filter(None, must)) if units(said) > CARD - CARD_TITLE else ""
        return [{"textCard": parts.text_card(_title(answer), said, phones_of(calls, language), tail)}]
    return [number_card(calls, language, _title(answer)), *_texts(said, answer, 1)]


def _no(answer: Answered, most: int) -> list[Part]:
    """Which of the kinds of "no" it is stands over it."""
    said = answer["text"]
    short, links = units(said) <= CARD - CARD_TITLE, _links(said, answer["language"])
    if short or most < 2:
        return [{"textCard": parts.text_card(_title(answer), said, links, "" if short else dates_line(answer))}]
    return [{"textCard": parts.text_card(_title(answer), answer["lead"], links)}, *_texts(said, answer, 1)]


def _links(said: str, language: str) -> list[Part]:
    """A button for the first address in a text: on a card it cannot be tapped."""
    found = _ADDRESS.search(said)
    if not found:
        return []
    key = "official" if "//www.law.go.kr/" in found[0] else "page"
    return parts.present(parts.web_link(text(f"kakao.button.{key}", language), found[0]))


def _texts(said: str, answer: Answered, most: int, tail: str = "") -> list[Part]:
    """What no longer fits is said to be left out; ``tail``, or days and dates that would go with it, stand after it."""
    cut = text("kakao.cut" if answer["citations"] else "kakao.cut_plain", answer["language"])
    if not answer["citations"]:  # with them, a card has these already
        tail = "\n".join(filter(None, (*due_lines(answer, ""), dates_line(answer))))
    return [parts.simple_text(part) for part in split(said, TEXT, most, cut, tail)]


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


def _data(answer: Answered, files: Sequence[Mapping[str, Any]]) -> Part:
    """For programs: what kind of answer it was and what it rests on."""
    return {
        "answer": {
            "status": answer["status"],
            "language": answer["language"],
            "provisions": [cited["provision"] for cited in answer["citations"]],
            "places": [place["id"] for place in answer["places"]],
            "computed": answer["computed"],
            "source_dates": answer["source_dates"],
            "files": [file_name(str(each["url"])) for each in files],
        }
    }
