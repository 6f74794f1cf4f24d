"""Is this message an emergency, which one, and what is said at once.

Runs before everything else on every message and needs nothing but this process: an expression lexicon
(``nlu/<language>/emergency.yml``) and a small linear model (``nlu/data/emergency_weights.npz``, trained by
``python -m nlu.train_emergency``). A missed emergency can kill and a hijacked question only annoys, so
plain words of danger need no more than the model's silence, and a doubt is an emergency.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlu import emergency_lexicon, emergency_model, emergency_text
from nlu.emergency_lexicon import Signs
from nlu.language import LANGUAGES
from nlu.language import detect as detect_language

PLAIN, PLAIN_ASKED = 0.12, 0.25
"""Enough for plain danger without any counter-signal; and when it is put as a question."""
DOUBTFUL, STORIED = 0.4, 0.7
"""Enough for danger words beside a counter-signal ("the decree", "last year"); beside one of STORIES."""
SILENT, QUIET, ASKED, AGAINST = 0.4, 0.5, 0.55, 0.7
"""Enough where the lexicon knows no danger but words near it; knows nothing; these in a question or
beside words of offices and papers; knows reasons against it."""
PIECE_ALONE = 0.8
"""Enough for one sentence of a message that is otherwise quiet."""
STORIES = frozenset({"drill", "fiction", "news", "definition", "figure"})
"""Counter-signals under which words of danger are mostly somebody else's words."""
NOWNESS = frozenset({"now", "plea"})
"""Marks that make one sentence stand out of a message that otherwise speaks of something else."""


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
    if not text or not isinstance(text, str):
        return None
    cleaned = emergency_text.clean(text)
    if not emergency_text.squash(cleaned):
        return None
    judged = _judge(cleaned)
    if judged is None:
        return None
    where, score = judged
    kind = _kind(where)
    spoken = language if language in LANGUAGES else detect_language(text)
    return Emergency(kind, _numbers(kind, spoken), spoken, round(score, 3))


def reply(emergency: Emergency, language: str) -> EmergencyReply:
    """What is said at once: the number first, then what keeps people alive until help comes."""
    written = emergency_lexicon.load(language)
    entry = written["kinds"].get(emergency.kind) or written["kinds"]["other"]
    labels = written["labels"]
    return EmergencyReply(str(entry["text"]).strip(),
                          tuple((number, str(labels[number])) for number in entry["numbers"]))


def _judge(cleaned: str) -> tuple[str, float] | None:
    """The piece of text that tells of danger and its score: the whole message, else one sentence of it."""
    whole = emergency_lexicon.signs(cleaned)
    score = emergency_model.danger(emergency_model.features(cleaned, whole))
    if score >= _enough(whole):
        return cleaned, max(score, PLAIN)
    for piece in reversed(emergency_text.pieces(cleaned)):
        found = emergency_lexicon.signs(piece)
        alone = emergency_model.danger(emergency_model.features(piece, found))
        if alone >= _enough_in_context(found, whole):
            return piece, alone
    return None


def _enough(found: Signs) -> float:
    """The score from which a text with these signs is an emergency."""
    asked, civic = "ask" in found.marks, "civic" in found.marks
    if found.danger and not found.counter:
        return PLAIN_ASKED if asked else PLAIN
    if found.danger:
        return STORIED if found.counter & STORIES else DOUBTFUL
    if found.counter:
        return SILENT if found.event and not asked else AGAINST
    if asked:
        return ASKED if found.event else AGAINST
    if civic and not found.event:
        return ASKED
    return SILENT if found.event else QUIET


def _enough_in_context(found: Signs, whole: Signs) -> float:
    """The score from which one sentence is an emergency, though the whole message did not look like one."""
    if found.counter or not found.danger:
        return 0.97 if found.event and not whole.counter and "ask" not in whole.marks else 1.0
    if whole.counter and not found.marks & NOWNESS:
        return 0.97
    return PIECE_ALONE


def _kind(text: str) -> str:
    """The likeliest kind: words of the lexicon first, the model among them and where there are none."""
    found = emergency_lexicon.signs(text)
    shares = emergency_model.kinds(emergency_model.features(text, found))
    kinds: list[str] = list(emergency_lexicon.load("en")["kinds"])
    weighed = {kind: shares.get(kind, 0.0) + 0.25 * (kind in found.danger and kind != "other")
               for kind in kinds}
    return max(kinds, key=lambda kind: weighed[kind])


def _numbers(kind: str, language: str) -> tuple[str, ...]:
    return tuple(str(number) for number in emergency_lexicon.load(language)["kinds"][kind]["numbers"])
