"""Is this message an emergency, which one, and what is said at once.

Runs before everything else on every message and needs nothing but this process: an expression lexicon
(``nlu/<language>/emergency.yml``) and a small linear model (``nlu/data/emergency_weights.npz``, trained by
``python -m nlu.train_emergency``). A missed emergency can kill and a hijacked question only annoys, so
plain words of danger need no more than the model's silence, and a doubt is an emergency.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu import emergency_lexicon, emergency_model, emergency_text, nearby
from nlu.emergency_lexicon import Signs
from nlu.language import LANGUAGES
from nlu.language import detect as detect_language

PLAIN, PLAIN_ASKED = 0.12, 0.25
"""Enough for plain danger without any counter-signal; and when it is put as a question."""
CRY = 0.05
"""Enough for a cry for help beside words near danger, without any counter-signal; PLAIN when it asks something."""
DOUBTFUL, DOUBLED, STORIED = 0.4, 0.6, 0.7
"""Enough for danger words beside a counter-signal ("last year"); in a question too; beside one of STORIES."""
SILENT, QUIET = 0.28, 0.34
"""Enough where the lexicon knows no danger but words near it; where it knows nothing, or
only counter-signals."""
ASKED, AGAINST = 0.4, 0.6
"""Enough for a question that has words near danger; for any other question, where to go among them."""
CIVIC, CIVIC_ASKED = 0.37, 0.8
"""Enough where words of offices, duties and papers stand and no danger is named; and when that is a question."""
TERSE = 0.6
"""Enough for a few words of which the lexicon knows no danger."""
DESPAIR, HINT, TERSE_HINT, ASKED_HINT = 0.5, 0.2, 0.5, 0.4
"""Share of the kind suicide from which a message is heard as a hint at it; and enough for such a message, for
one of a few words, and for a question that speaks of nobody near. People say it obliquely, and the number of a line
that listens hurts nobody."""
ALSO = 0.2
"""Share of the weight from which a second service (119, 112, 109) is named too."""
PIECE_ALONE = 0.6
"""Enough for one sentence of a message that is otherwise quiet."""
STORIES = frozenset({"drill", "fiction", "news", "definition", "figure"})
"""Counter-signals under which words of danger are mostly somebody else's words."""
MENU = frozenset({"help", "Help", "/help"})
"""The command word as it is typed or as its button sends it; its reply names 119 and 112 first. "HELP" and
"help!" are cries."""
REFUGE = frozenset({"place"})
"""Who names a danger and asks where to go flees from it: the question is no reason against the danger."""
PEOPLE = frozenset({"self", "kin", "third"})
"""What the words of a message speak of when it is about somebody."""
PERSONAL = 0.8
"""Enough for one sentence with plain danger that speaks of the writer, beside a message of something else."""
NOWNESS = frozenset({"now", "plea"})
"""Marks that make one sentence stand out of a message that otherwise speaks of something else."""

_GUESTS = re.compile(r"\d\s*(?:people|persons|guests|visitors|명)")
_COMMAND = re.compile(r"\s*/[a-z_]{1,32}(?:@\w{1,64})?\s*", re.ASCII)
"""A channel's own command (``/help``), which is no cry for help."""


@dataclass(frozen=True)
class Emergency:
    """``kind``: a key of ``kinds`` in the files; ``numbers``: in the order to call; ``score``: 0 to 1."""

    kind: str
    numbers: tuple[str, ...]
    language: str
    score: float


@dataclass(frozen=True)
class EmergencyReply:
    """``text``: the whole message; ``calls``: (number, label) for tap-to-call."""

    text: str
    calls: tuple[tuple[str, str], ...]


def detect(text: str, language: str | None = None) -> Emergency | None:
    """The emergency a message tells of, or None. Never raises on any text."""
    if not text or not isinstance(text, str) or _COMMAND.fullmatch(text):
        return None
    if text.strip() in MENU:
        return None
    cleaned = emergency_text.clean(text)
    if not emergency_text.squash(cleaned) or emergency_lexicon.is_move(cleaned):
        return None
    spoken = language if language in LANGUAGES else detect_language(text)
    cried = emergency_lexicon.cry(text, cleaned) if len(text) <= emergency_text.SHORT else None
    if cried is not None:
        return Emergency(cried, _numbers(cried), spoken, 1.0)
    judged = _judge(cleaned, text)
    if judged is None or _only_looks_for_a_place(text, cleaned):
        return None
    where, score = judged
    kind, numbers = _kind(where)
    return Emergency(kind, numbers, spoken, round(score, 3))


def reply(emergency: Emergency, language: str) -> EmergencyReply:
    """What is said at once: the number first, then what keeps people alive until help comes."""
    written = emergency_lexicon.load(language)
    entry = written["kinds"].get(emergency.kind) or written["kinds"]["other"]
    text = str(entry["text"]).strip()
    for number in emergency.numbers:
        text += "" if number in text else f" {written['also'][number]}"
    labels = written["labels"]
    return EmergencyReply(text, tuple((number, str(labels[number])) for number in emergency.numbers))


def _judge(cleaned: str, text: str) -> tuple[str, float] | None:
    """The piece of text that tells of danger and its score: the whole message, else one sentence of it; from the
    middle of a long one, only a sentence with plain words of danger."""
    whole = emergency_lexicon.signs(cleaned)
    features = emergency_model.features(cleaned, whole)
    score = emergency_model.danger(features)
    terse = _terse(cleaned) and not whole.danger
    if score >= (max(TERSE, _enough(whole)) if terse else _enough(whole)):
        return cleaned, max(score, PLAIN)
    if score >= _enough_of_a_hint(whole, terse) and _despairs(cleaned, whole, features):
        return cleaned, score
    for piece in reversed(emergency_text.pieces(cleaned)):
        found = emergency_lexicon.signs(piece)
        alone = emergency_model.danger(emergency_model.features(piece, found))
        if alone >= _enough_in_context(found, whole):
            return piece, alone
    for sentence in emergency_text.between(text):
        found = emergency_lexicon.signs(sentence)
        if found.danger:
            alone = emergency_model.danger(emergency_model.features(sentence, found))
            if alone >= _enough_in_context(found, whole):
                return sentence, alone
    return None


def _enough_of_a_hint(found: Signs, terse: bool) -> float:
    if terse:
        return TERSE_HINT
    speaks = found.concepts & {"self", "ending"} or "suicide" in found.event
    return ASKED_HINT if "ask" in found.marks and not speaks else HINT


def _despairs(cleaned: str, found: Signs, features: dict[str, float]) -> bool:
    """Somebody may want to die, in words that are neither another's nor those of an office, nor a number of guests
    ("sorry, only 200 people")."""
    if found.counter & STORIES or _of_offices(found):
        return False
    if _GUESTS.search(cleaned) and "self" not in found.concepts:
        return False
    return emergency_model.kinds(features).get("suicide", 0.0) >= DESPAIR


def _of_offices(found: Signs) -> bool:
    """Words of offices and papers; the weaker of them only where nobody is spoken of."""
    return "civic" in found.marks or ("office" in found.concepts and not found.concepts & PEOPLE)


def _only_looks_for_a_place(text: str, cleaned: str) -> bool:
    """A name of a kind of place ("earthquake site") is no danger, unless a plea stands beside it. A long message
    says more than that; it is not searched for places, which takes long."""
    if len(text) > nearby.LONG:
        return False
    return "plea" not in emergency_lexicon.signs(cleaned).marks and nearby.plainly_a_place(text, detect_language(text))


def _terse(cleaned: str) -> bool:
    """So short that nearly every letter run of it is chance: a few words, or a few syllables."""
    squashed = emergency_text.squash(cleaned)
    return len(squashed) <= (16 if squashed.isascii() else 6)


def _enough(found: Signs) -> float:
    """The score from which a text with these signs is an emergency."""
    asked, civic = "ask" in found.marks, _of_offices(found)
    against = found.counter - REFUGE
    if found.danger and not against:
        return PLAIN_ASKED if asked or found.counter else PLAIN
    if found.danger and found.counter & STORIES:
        return STORIED
    if found.danger:
        return DOUBLED if asked else DOUBTFUL
    if civic:
        return CIVIC_ASKED if asked else CIVIC
    if found.event and not against and "plea" in found.marks:
        return PLAIN if asked else CRY
    if asked or found.counter & REFUGE:
        return ASKED if found.event and not against else AGAINST
    return SILENT if found.event and not against else QUIET


def _enough_in_context(found: Signs, whole: Signs) -> float:
    """The score from which one sentence is an emergency, though the whole message did not look like one."""
    if found.counter - REFUGE or not found.danger:
        return 0.97 if found.event and not whole.counter - REFUGE and "ask" not in whole.marks else 1.0
    if whole.counter - REFUGE and not found.marks & NOWNESS:
        return PERSONAL if "self" in found.concepts else 0.97
    return PIECE_ALONE


def _numbers(kind: str) -> tuple[str, ...]:
    return tuple(str(number) for number in emergency_lexicon.load("en")["kinds"][kind]["numbers"])


def _kind(text: str) -> tuple[str, tuple[str, ...]]:
    """The likeliest kind and its numbers, the service before the kind: the right voice counts most.

    Words of the lexicon weigh beside the model. A second service that may well be the right one is added.
    """
    found = emergency_lexicon.signs(text)
    shares = emergency_model.kinds(emergency_model.features(text, found))
    listed = {kind: _numbers(kind) for kind in emergency_lexicon.load("en")["kinds"]}
    weighed = {kind: shares.get(kind, 0.0) + 0.25 * (kind in found.danger and kind != "other") for kind in listed}
    total = sum(weighed.values()) or 1.0
    services: dict[str, float] = {}
    for kind, weight in weighed.items():
        services[listed[kind][0]] = services.get(listed[kind][0], 0.0) + weight / total
    first = max(services, key=lambda number: services[number])
    kind = max((kind for kind in listed if listed[kind][0] == first), key=lambda kind: weighed[kind])
    also = [number for number, share in services.items() if share >= ALSO and number not in listed[kind]]
    return kind, listed[kind] + tuple(also)
