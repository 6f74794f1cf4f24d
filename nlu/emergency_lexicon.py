"""The written half of the detector: which dangers, marks of nowness and counter-signals a text shows.

The expressions are data (``nlu/<language>/emergency.yml``). Both languages look at every message,
because people in danger mix them.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlu import emergency_text
from nlu.emergency_text import ALARMS
from nlu.language import ENGLISH, LANGUAGES

SECTIONS = ("danger", "event", "marks", "counter")
FOLDER = Path(__file__).parent
_LETTERS = {"en": re.compile("[a-z]"), "ko": re.compile("[가-힣ㄱ-ㅣ]")}
_MACRO = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class Signs:
    """Names found, by section: ``danger`` and ``event`` hold kinds, ``marks`` now/plea/ask/civic,
    ``counter`` reasons why it may be no emergency (past, drill, rule, fiction, ...), ``concepts`` what its words
    speak of (kin, body, water, cannot, ...): one name for the words of both languages."""

    danger: frozenset[str] = field(default_factory=frozenset)
    event: frozenset[str] = field(default_factory=frozenset)
    marks: frozenset[str] = field(default_factory=frozenset)
    counter: frozenset[str] = field(default_factory=frozenset)
    concepts: frozenset[str] = field(default_factory=frozenset)


@functools.cache
def load(language: str) -> dict[str, Any]:
    """The emergency file of one language, as written."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load((FOLDER / language / "emergency.yml").read_text("utf-8"), Loader=loader))


@functools.cache
def _patterns(language: str) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Section -> (name, one expression of all alternatives)."""
    written = load(language)
    macros = written["macros"]

    def expression(alternatives: list[str]) -> re.Pattern[str]:
        whole = "|".join(f"(?:{each})" for each in alternatives)
        return re.compile(_MACRO.sub(lambda found: str(macros[found.group(1)]), whole), re.MULTILINE)

    patterns = {part: [(name, expression(each)) for name, each in written[part].items()] for part in SECTIONS}
    whole = " (?:{})(?= )" if language == ENGLISH else "{}"
    patterns["concepts"] = [(name, re.compile(whole.format(each))) for name, each in written["concepts"].items()]
    return patterns


@functools.cache
def _cries(language: str, part: str) -> list[tuple[str, re.Pattern[str]]]:
    """Kind -> an expression of whole messages, with what may stand around them."""
    written = load(language)
    around = "|".join(written["around"])
    return [
        (kind, re.compile(f"(?:{around})*(?:{'|'.join(each)})(?:{around})*")) for kind, each in written[part].items()
    ]


def cry(text: str, cleaned: str) -> str | None:
    """The kind of danger of a message that is nothing but a call for help, in words of ``cries``; when it is shouted
    (FIRE, fire!, fire fire, signs without a word), also of ``shouted``: plain, they may be the name of a topic."""
    if cleaned.rstrip().endswith("?"):
        return None
    spoken = _repeated(emergency_text.words(cleaned).split())
    parts = ("cries", "shouted") if _shouts(text, cleaned, spoken) else ("cries",)
    forms = {"en": " ".join(spoken), "ko": "".join(word for word in spoken if not _LETTERS["en"].search(word))}
    for language, part in itertools.product(LANGUAGES, parts):
        found = next((kind for kind, shape in _cries(language, part) if shape.fullmatch(forms[language])), None)
        if found is not None:
            return found
    return None


def _shouts(text: str, cleaned: str, spoken: list[str]) -> bool:
    """In capitals, with an exclamation mark, again and again, beside a cry for help, or by signs."""
    repeated = len(spoken) < len(emergency_text.words(cleaned).split())
    return repeated or text.isupper() or "help" in spoken or any(sign in "!！" or sign in ALARMS for sign in text)


def _repeated(spoken: list[str]) -> list[str]:
    """Without a word that only repeats the one before it."""
    return [word for i, word in enumerate(spoken) if i == 0 or word != spoken[i - 1]]


@functools.cache
def _moves() -> frozenset[str]:
    listed = (each for language in LANGUAGES for each in load(language)["moves"])
    return frozenset(emergency_text.squash(emergency_text.clean(str(each))) for each in listed)


def is_move(cleaned: str) -> bool:
    """The whole message is a greeting, a yes, a thank-you or the like: nothing to look into."""
    return emergency_text.squash(cleaned) in _moves()


@functools.lru_cache(maxsize=64)
def signs(cleaned: str) -> Signs:
    """All signs of a cleaned text, in both languages."""
    found: dict[str, set[str]] = {part: set() for part in (*SECTIONS, "concepts")}
    for language in LANGUAGES:
        shape = emergency_text.words if language == ENGLISH else emergency_text.squash
        form = "\n".join(shape(sentence) for sentence in emergency_text.sentences(cleaned))
        if not _LETTERS[language].search(form):
            continue
        for part, named in _patterns(language).items():
            found[part].update(name for name, pattern in named if pattern.search(form))
    if cleaned.rstrip().endswith("?") and "plea" not in found["marks"]:
        found["marks"].add("ask")
    return Signs(**{part: frozenset(names) for part, names in found.items()})
