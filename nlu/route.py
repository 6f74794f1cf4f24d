"""Which skill a message is for: places nearby, an action card, what data there is, or rules.

The dialogue and the terminal both ask here, so they cannot disagree. Emergencies were answered before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.catalogue.model import SHELTERS
from knowledge.citation import find_citations, find_decree_number
from knowledge.obligations.deadlines import today
from knowledge.register.topics import ALL
from nlu import nearby
from nlu.cards import find_card
from nlu.duties import DeadlineRequest, ListRequest, find_deadline, find_list
from nlu.festival_request import is_festival_request
from nlu.first_calls import find_call
from nlu.language import ENGLISH, KOREAN
from nlu.message import LOCATION_ONLY
from nlu.nearby import Reading
from nlu.place_landmarks import Lookup
from nlu.report import about_receipt, is_report
from nlu.route_learned import about_data, learned
from nlu.source_topics import asks_for_data, asks_for_map, find_topic
from nlu.texts import text as text_of

NEARBY, CARD, SOURCES, RULE = "nearby", "card", "sources", "rule"
FESTIVAL, DEADLINE, DUTIES, REPORT = "festival", "deadline", "duties", "report"
SKILL_OF = {
    "nearby": NEARBY,
    "card": CARD,
    "data": SOURCES,
    "festival": FESTIVAL,
    "deadline": DEADLINE,
    "duties": DUTIES,
    "report": REPORT,
}
"""What the learned reader calls them."""
_CLAUSE = re.compile(
    r"[:;!?\n]+|(?<!\d),(?!\d)|,(?=\s)|\.(?=\s|$)"
    r"|\b(?:and|but|also) (?=when|what|who|how|do|does|is|must|which|where|the)"
    r"|\band (?=.{0,30}\b(?:rules?|criteria|requirements?|standards?|grounds|law)\b)"
    r"|(?<=[가-힣])(?:고|랑|하고|[와과])\s|그리고|그런데|또한?\s|및\s"
)
"""Where a message may be cut into questions of their own."""
_ASKS = re.compile(
    r"\b(when|what|who|how|which|whose|why|must|do|does|is|are|can|should|need|deadline|due)\b"
    r"|\b(rules?|criteria|requirements?|standards?|grounds)\b|기준|요건|절차|근거"
    r"|언제|무엇|뭐|뭘|누가|누구|어떻게|얼마|며칠|몇|해야|되나|하나요|인가|습니까|나요|까지|기한",
    re.I,
)
_OF_RULES = re.compile(r"\b(rules?|criteria|requirements?|standards?|grounds)\b|기준|요건|절차|근거|지정", re.I)
_LEANS = {
    ENGLISH: re.compile(r"\b(them|they|it|those|these)\b", re.I),
    KOREAN: re.compile(r"^\W*(\S+\s)?(지정|운영|관리|설치|점검|선정)"),
}
"""Words of a question that leaves it to another one what it is about."""
SHELTER = {ENGLISH: "shelter", KOREAN: "대피소"}
LEAST = {ENGLISH: 6, KOREAN: 4}
"""Characters of a clause that can be a question of its own."""


@dataclass(frozen=True)
class Route:
    """``subject``: the card or topic that was found; ``rest``: the part of the message that asks about
    a rule, when the message asks about a place too."""

    skill: str
    reading: Reading | None = None
    subject: str = ""
    rest: str = ""
    deadline: DeadlineRequest | None = None
    duties: ListRequest | None = None
    learned: bool = False
    """No pattern knew the words; the learned reader saw it in them."""


def route(
    text: str,
    language: str,
    *,
    thread: bool = False,
    last: str = "",
    located: bool = False,
    lookup: Lookup | None = None,
) -> Route:
    """``thread``: a conversation about places may be gone on with; ``last``: the skill that answered last;
    ``located``: a location was shared with the message; ``lookup``: finds records by name, for landmarks."""
    if text == LOCATION_ONLY:
        return Route(NEARBY, nearby.read("", language))
    reading = nearby.read(text, language, lookup)
    if not thread:
        reading = nearby.as_office(reading)
    cited = bool(find_citations(text)) or find_decree_number(text) is not None
    if thread and not cited and nearby.is_follow_up(reading) and (last == NEARBY or reading.mentions):
        return Route(NEARBY, reading)
    both = _both(text, language, reading)
    if both is not None:
        return both
    looked_for = "hazards" in reading.signs and nearby.is_nearby(reading)
    if not cited and not looked_for and (about_receipt(text, language) or is_report(text, language)):
        return Route(REPORT, reading)
    if not cited and is_festival_request(text, language, today()):
        return Route(FESTIVAL, reading)
    due = find_deadline(text, language, today())
    if due is not None:
        return Route(DEADLINE, reading, deadline=due)
    if cited:
        return Route(RULE, reading)
    listed = find_list(text, language)
    if listed is not None:
        return Route(DUTIES, reading, duties=listed)
    topic = find_topic(text, language)
    near = reading.located and nearby.is_nearby(reading)
    if topic is not None and asks_for_data(text) and (topic == ALL or not near):
        return Route(SOURCES, reading, topic)
    if topic is not None and topic != ALL and asks_for_map(text):
        return Route(SOURCES, reading, topic)
    card = None if reading.located or located else find_card(text, language)
    if card is not None:
        return Route(CARD, reading, card.card)
    call = None if reading.located or located or topic is not None else find_call(text, language)
    if call is not None:
        return Route(CARD, reading, call)
    if nearby.is_nearby(reading) or (located and reading.seeks and "rule" not in reading.signs):
        if not reading.located and not located and about_data(text):
            return Route(SOURCES, reading, topic or ALL)
        return Route(NEARBY, reading)
    if topic is not None:
        return Route(SOURCES, reading, topic)
    card = find_card(text, language)
    return Route(CARD, reading, card.card) if card is not None else _unpatterned(text, language, reading, topic)


def _unpatterned(text: str, language: str, reading: Reading, topic: str | None) -> Route:
    """A question about rules, unless the learned reader sees something else in it."""
    found = None if nearby.is_follow_up(reading) else learned(text, language, reading, topic, today())
    if found is None:
        return Route(RULE, reading)
    return Route(SKILL_OF[found.want], reading, found.subject, "", found.deadline, found.duties, learned=True)


def _both(text: str, language: str, whole: Reading) -> Route | None:
    """A message with one clause about a place and another that asks about a rule."""
    least = LEAST[language]
    if len(text) < 2 * least:
        return None
    clauses = [clause.strip() for clause in _CLAUSE.split(text) if clause and clause.strip()]
    places = [clause for clause in clauses if _seeks_a_place(clause, language)]
    others = [clause for clause in clauses if clause not in places]
    asked = [c for c in others if len(c) >= least and _ASKS.search(c) and _about_rules(c, language)]
    if not places or not asked:
        return None
    reading = nearby.read(". ".join([*places, *_names(whole, places)]), language)
    return Route(NEARBY, reading, rest=_of_what(", ".join(others), reading, language) + "?")


def _of_what(asked: str, places: Reading, language: str) -> str:
    """The other question with what it is about, where it leaves that to the first ("and who designates them")."""
    if nearby.read(asked, language).seeks or not _LEANS[language].search(asked):
        return asked
    kind = next((kind for kind in places.kinds if kind in SHELTERS), "")
    named = text_of(f"nearby.kind.{kind}", language) if kind else SHELTER[language]
    return f"{named} {asked}" if language == KOREAN else f"{asked} ({named})"


def _seeks_a_place(clause: str, language: str) -> bool:
    """Whether a clause looks for a place: near one that it names, or with words for nothing else."""
    found = nearby.read(clause, language)
    if not found.seeks or "rule" in found.signs or _OF_RULES.search(clause):
        return False
    return found.located or ("where" in found.signs and found.bare)


def _about_rules(clause: str, language: str) -> bool:
    """Whether a clause looks for no place, or asks for the rules on one ("who designates shelters")."""
    found = nearby.read(clause, language)
    return not found.seeks or (not found.located and ("rule" in found.signs or _OF_RULES.search(clause) is not None))


def _names(whole: Reading, places: list[str]) -> list[str]:
    """Place names that stand in another clause than the one that asks for a place."""
    return [m.surface for m in whole.mentions if not any(m.surface in clause for clause in places)]
