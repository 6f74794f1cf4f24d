"""Reads single facts of a festival: venue, materials, host, plan, place (``nlu/<language>/festival_words.yml``)."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from nlu.language import ENGLISH, KOREAN

FOLDER = Path(__file__).parent
BANK_OR_SURFACE, FOOT_OR_TOP, WHICH_MATERIAL = "bank_or_surface", "foot_or_mountain", "which_material"
_MATERIALS = ("fire", "firecrackers", "petroleum", "gas", "other")
_CLAUSE = {ENGLISH: re.compile(r"[.;!?\n]|\bbut\b|\bthough\b"), KOREAN: re.compile(r"[.;!?\n]|지만|는데|고요")}
_NOT_VENUE = {
    ENGLISH: re.compile(r"\b(?:not|isn't|aren't|no longer|instead of|rather than)\s(?:really |actually )?$", re.I),
    KOREAN: re.compile(
        r"^(?:은|는|이|가|에서|에서는)?\s?(?:하는\s?(?:게|것이|건)\s?)?(?:아니(?!면)|말고|아닌|안\s?(?:하|해)|빼고)"
    ),
}


@functools.cache
def lexicon(language: str) -> dict[str, Any]:
    """The compiled patterns of a language, groups of groups as in the file."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = yaml.load((FOLDER / language / "festival_words.yml").read_text("utf-8"), Loader=loader)
    return {name: _compiled(value) for name, value in written.items()}


def _compiled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _compiled(each) for name, each in value.items()}
    return re.compile(value, re.I)


def venue(text: str, language: str) -> tuple[str | None, str | None]:
    """ "mountain", "water" or "other", and what is unclear: whether it is on the water or on its bank, on the
    mountain or at its foot. The bank of a river is not its surface."""
    words = lexicon(language)["venue"]
    text = _without_cities(text, lexicon(language))
    found: dict[str, int] = {}
    for name in ("water", "bank", "foot", "mountain", "unclear_water", "other"):
        pattern = words[name]
        for match in pattern.finditer(text):
            if not _denied_place(text, match, language):
                found.setdefault(name, match.start())
        text = pattern.sub(lambda match: "¤" * len(match[0]), text)
    for name in ("water", "mountain"):
        if name in found:
            return name, None
    if "bank" in found:
        return "other", None
    if "foot" in found:
        return None, FOOT_OR_TOP
    if "unclear_water" in found:
        return None, BANK_OR_SURFACE
    return ("other", None) if "other" in found else (None, None)


def _without_cities(text: str, words: dict[str, re.Pattern[str]]) -> str:
    """ "안산" ends like a mountain and is a city."""
    if words["here_mountain"].search(text):
        return text
    return words["not_mountain"].sub(lambda match: "¤" * len(match[0]), text)


def _denied_place(text: str, match: re.Match[str], language: str) -> bool:
    if language == KOREAN:
        return _NOT_VENUE[KOREAN].match(text[match.end() :]) is not None
    return _NOT_VENUE[ENGLISH].search(text[: match.start()]) is not None


def materials(text: str, language: str) -> tuple[str, ...] | None:
    """What is used, of fire, firecrackers, petroleum, gas and other; () when the text says that nothing is, and
    None when it tells of none or only says what is not used ("without fireworks" leaves gas open)."""
    words = lexicon(language)
    used, denied = _used_and_denied(text, language)
    if used:
        return tuple(name for name in _MATERIALS if name in used)
    if words["nothing"].search(text) or "fire" in denied:
        return ()
    return None


def denied_materials(text: str, language: str) -> tuple[str, ...]:
    """What is said not to be used ("no fireworks")."""
    denied = _used_and_denied(text, language)[1]
    return tuple(name for name in _MATERIALS if name in denied)


def _used_and_denied(text: str, language: str) -> tuple[set[str], set[str]]:
    words = lexicon(language)
    text = words["not_fire"].sub(lambda match: "¤" * len(match[0]), text)
    used: set[str] = set()
    denied: set[str] = set()
    for group, start, end in _groups(text, words):
        before, after = _clause(text, start, end, language)
        if words["only_after"].match(after):
            used |= group
        elif words["denied_after"].match(after) or words["denied_before"].search(before):
            denied |= group
        else:
            used |= group
    return used, denied


def names_material(text: str, language: str) -> bool:
    """Whether a material is named at all, used or not."""
    return any(pattern.search(text) for pattern in lexicon(language)["materials"].values())


def _groups(text: str, words: dict[str, Any]) -> list[tuple[set[str], int, int]]:
    """Materials that stand in one list ("fire, fireworks or gas"), which one "no" denies together."""
    found: list[tuple[str, int, int]] = []
    left = text
    for name, pattern in words["materials"].items():
        found += [(name, match.start(), match.end()) for match in pattern.finditer(left)]
        left = pattern.sub(lambda match: "¤" * len(match[0]), left)
    groups: list[tuple[set[str], int, int]] = []
    for name, start, end in sorted(found, key=lambda each: each[1]):
        if groups and words["list"].match(text[groups[-1][2] : start]):
            names, first, _ = groups.pop()
            groups.append((names | {name}, first, end))
        else:
            groups.append(({name}, start, end))
    return groups


def _clause(text: str, start: int, end: int, language: str) -> tuple[str, str]:
    """What stands before and after a span within its clause."""
    before, after = _CLAUSE[language].split(text[:start])[-1], text[end:]
    return before, _CLAUSE[language].split(after)[0] if language == ENGLISH else after


def host(text: str, language: str) -> str | None:
    """ "local_government" or "private"; None when the text does not say who hosts."""
    words = lexicon(language)["host"]
    for name in ("local_government", "private"):
        for match in words[name].finditer(text):
            if words["denied_before"].search(text[: match.start()]) or words["denied_after"].match(text[match.end() :]):
                continue
            return name
    return None


def plan(text: str, language: str, *, asked: bool = False) -> str | None:
    """How far the safety plan is; ``asked``: the question was about the plan, so "not yet" is enough."""
    words = lexicon(language)
    groups = [words["plan"], words["plan_slot"]] if asked else [words["plan"]]
    return next((name for group in groups for name, pattern in group.items() if pattern.search(text)), None)


def place(text: str, language: str) -> str:
    """The name of a place as said, "" when none is named; "a park" is no name."""
    words = lexicon(language)["place"]
    flags = 0 if language == ENGLISH else re.I  # an English name is known by its capitals
    patterns = [re.compile(words[group].pattern, flags) for group in ("named", "bare")]
    for match in (match for pattern in patterns for match in pattern.finditer(text)):
        name = next((value for value in match.groups() if value), "").strip()
        if name and not all(words["generic"].fullmatch(word) for word in name.split()):
            return re.sub(r"^(?:우리|저희|동네|근처|다음|이번)\s", "", name)
    return ""
