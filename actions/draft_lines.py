"""What each line of a draft is: a heading of a required part, content, a gap, the contents page, our own template."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nlu
from actions.document_parts import NAMES, requirement, requirement_ko
from actions.document_plan import below_quote
from actions.draft_reading import DraftLine
from knowledge.library import decree
from nlu.language import KOREAN, LANGUAGES
from nlu.texts import load

LONGEST_HEADING = 80
LONGEST_MATCHED = 1_000
"""Characters of a line that are searched for signs."""
LEAST_LETTERS = 4
"""Letters and digits that make a line content."""
LEAST_TEMPLATE = 6
"""Letters and digits of a line that can be one of our template's; shorter ones are anyone's words."""
_PAGE_NUMBER = re.compile(r"[\s.…·ㆍ_-]*\d{0,3}\s*$")
_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|[·ㆍ]{4,}")
_MARKS = re.compile(r"[^\w]+|_")
_SEPARATOR = re.compile("[:：|\t]")
"""Between a heading and its content on the same line: a colon, or the next cell of a table typed as text."""
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


@dataclass(frozen=True)
class Seen:
    """A line and what it is. ``heads``: the parts it is a heading of; ``inline``: content stands behind the heading;
    ``content``: it can show something; ``apart``: a heading that ends the plan's parts (sources …)."""

    line: DraftLine
    heads: frozenset[str]
    inline: bool
    content: bool
    apart: bool

    @property
    def text(self) -> str:
        """What is searched."""
        return self.line.text[:LONGEST_MATCHED]

    @property
    def only_heading(self) -> bool:
        """A heading without content of its own."""
        return bool(self.heads) and not self.inline


def look(lines: Sequence[DraftLine]) -> tuple[Seen, ...]:
    """What each line is; lines of a contents page are left out."""
    return tuple(_look([line for line in lines if not _LEADER.search(line.text[:LONGEST_MATCHED])]))


def _look(lines: list[DraftLine]) -> Iterator[Seen]:
    apart = False
    skipped = _contents(lines)
    for place, line in enumerate(lines):
        if place in skipped:
            continue
        heads, behind = _heads(line)
        ends = not heads and _is(line.text, "apart")
        apart = ends or (apart and not heads)
        inline = bool(behind) and _letters(behind) >= LEAST_LETTERS - 2 and not is_gap(line.text)
        content = not apart and _letters(line.text) >= LEAST_LETTERS and not (is_gap(line.text) or is_ours(line.text))
        yield Seen(line, heads, inline, content, ends)


def _contents(lines: Sequence[DraftLine]) -> frozenset[int]:
    """Places of the lines of a contents page: below its heading, until its first entry comes again."""
    forms = [_squeezed(_PAGE_NUMBER.sub("", line.text)) if len(line.text) <= LONGEST_HEADING else "" for line in lines]
    for place, line in enumerate(lines[:-1]):
        if _is(line.text, "contents"):
            entry = forms[place + 1]
            again = next((n for n in range(place + 2, len(lines)) if entry and forms[n] == entry), place)
            return frozenset(range(place, again))
    return frozenset()


def _heads(line: DraftLine) -> tuple[frozenset[str], str]:
    """The parts a line is a heading of, and what stands behind it on the line."""
    front, _, behind = _SEPARATOR.sub("\0", line.text.strip(" |\t"), count=1).partition("\0")
    if len(front) > LONGEST_HEADING:
        return frozenset(), ""
    bare, numbered = _unnumbered(front)
    marked = (numbered or line.heading) and not behind.strip()
    heads = frozenset(part for part in NAMES if _heading_of(part, bare, marked))
    return heads, behind.strip()


def _heading_of(part: str, words: str, marked: bool) -> bool:
    for language in LANGUAGES:
        form = _form(words, language)
        patterns = _lexicon(language)["headings"][part] + (_lexicon(language)["bare"][part] if marked else [])
        if form and any(pattern.fullmatch(form) for pattern in patterns):
            return True
    return False


def _is(words: str, what: str) -> bool:
    """Whether a line is a heading of that sort."""
    if len(words) > LONGEST_HEADING:
        return False
    bare = _unnumbered(words)[0]
    whole = words.strip(" :*#")
    return any(
        _lexicon(language)[what].fullmatch(_form(each, language)) for language in LANGUAGES for each in (bare, whole)
    )


def _form(words: str, language: str) -> str:
    """English in lower case, Korean without blanks."""
    return re.sub(r"\s+", "", words) if language == KOREAN else " ".join(words.casefold().split())


def _unnumbered(words: str) -> tuple[str, bool]:
    """A heading without its number, marks and aside, and whether it had a number or mark."""
    rest = words.strip()
    for _ in range(3):
        for language in LANGUAGES:
            found = _lexicon(language)["number"].match(rest)
            if found and found.end() < len(rest):
                rest = rest[found.end() :].strip()
    numbered = rest != words.strip()
    return _ASIDE.sub("", rest).strip(" *#:.-–—\t<>《》[]【】「」"), numbered


def is_gap(words: str) -> bool:
    """Whether a line says that something is still to be filled in, or that there is nothing."""
    short = words[:LONGEST_MATCHED]
    return any(pattern.search(short) for language in LANGUAGES for pattern in _lexicon(language)["gaps"])


def is_ours(words: str) -> bool:
    """Whether a line stands so in our own template, or quotes the decree's requirement."""
    form = _squeezed(words)
    whole, cells = _template()
    return form in cells or (len(form) >= LEAST_TEMPLATE and form.rstrip("0123456789") in whole)


def sign_patterns(part: str, words: str) -> dict[str, tuple[int, int]]:
    """The signs of a part in a line, by name, with where they stand."""
    found: dict[str, tuple[int, int]] = {}
    for language in LANGUAGES:
        for name, pattern in _lexicon(language)["signs"].get(part, {}).items():
            hit = pattern.search(words)
            if hit and name not in found:
                found[name] = hit.span()
    return found


def hint_patterns(hint: str, words: str) -> tuple[int, int] | None:
    """Where a hint stands in a line, or None."""
    for language in LANGUAGES:
        hit = _lexicon(language)["hints"][hint].search(words)
        if hit:
            return int(hit.start()), int(hit.end())
    return None


def _letters(words: str) -> int:
    return sum(each.isalnum() for each in words)


def _squeezed(words: str) -> str:
    return _MARKS.sub("", words).casefold()


@functools.cache
def _template() -> tuple[str, frozenset[str]]:
    """All words of our own documents and of the decree's requirement without blanks and marks; each cell of them."""
    shelf = decree()
    words = [each for part in NAMES for each in (requirement(shelf, part), requirement_ko(shelf, part))]
    for language in LANGUAGES:
        ours = load(language)["documents"]
        words += [below_quote(shelf, part, language) for part in NAMES]
        words += ["".join(table["head"]) for part in ours["part"].values() for table in part["tables"]]
        words += _leaves(ours)
    return _squeezed("".join(words)), frozenset(_squeezed(each) for each in words)


def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [value] if isinstance(value, str) else []


@functools.cache
def _lexicon(language: str) -> dict[str, Any]:
    """The compiled patterns of one language."""
    import yaml

    written = yaml.safe_load((Path(nlu.__file__).parent / language / "draft.yml").read_text("utf-8"))["lexicon"]
    parts = written["parts"]
    return {
        **{name: re.compile(written[name], re.I) for name in ("number", "contents", "apart")},
        "gaps": [re.compile(each, re.I) for each in written["gaps"]],
        "headings": {part: [re.compile(each, re.I) for each in parts[part]["headings"]] for part in NAMES},
        "bare": {part: [re.compile(each, re.I) for each in parts[part].get("bare", ())] for part in NAMES},
        "signs": {
            part: {name: re.compile(each, re.I) for name, each in parts[part]["signs"].items()} for part in NAMES
        },
        "hints": {name: re.compile(each, re.I) for name, each in written["hints"].items()},
    }
