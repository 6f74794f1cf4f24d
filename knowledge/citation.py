"""Provision numbers as people type them, in English and Korean notation.

``art 73-9(4)``, ``Article 73-9 para 1 subpara 2 (b)``, ``73-9/4``, ``제73조의9제4항``,
``73조의9 1항 2호 나목``; and whether the number is said of this law or of another one
("Article 66-11 of the Act", "법 제66조의11").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.provision import Provision

_N = r"\d{1,3}(?:\s?-\s?\d{1,2})?"
_EN = re.compile(
    rf"\b(?:(?P<many>articles|arts\.?)|article|art\.?|section|sec\.?|provision)\s*(?:no\.?\s*)?(?P<article>{_N})\b(?!%)"
    rf"(?:\s*,?\s*(?:\(\s*(?P<p1>\d{{1,2}})\s*\)|(?:paragraph|para\.?|par\.?)\s*\(?(?P<p2>\d{{1,2}})\)?))?"
    rf"(?:\s*,?\s*(?:(?:subparagraph|subpara\.?|item no\.?)\s*)?(?P<s>\d{{1,2}}(?:-\d)?)\b(?!\s*(?:day|week|month|year|people|%|[,.]\d)))?"
    r"(?:\s*,?\s*(?:item\s*)?\(?(?<=[\s(])(?P<i>[a-n])\)?(?=$|[\s.,?!)]))?",
    re.I,
)
_EN_REVERSED = re.compile(
    r"\b(?:paragraph|para\.?)\s*\(?(?P<p>\d{1,2})\)?\s+of\s+(?:article|art\.?)\s*(?P<article>" + _N + r")\b", re.I
)
_SLASH = re.compile(
    r"(?<![\w/.-])(?P<article>\d{1,3}(?:-\d{1,2})?)/(?P<p>\d{1,2})(?:/(?P<s>\d{1,2}(?:-\d)?))?(?:/(?P<i>[a-n]))?(?![\w/])"
)
_BARE = re.compile(
    r"(?<![\w.,/-])(?P<article>[1-8]?\d-[2-9]|[1-8]?\d-1\d)"
    r"(?:\s?\(\s*(?P<p>\d{1,2})\s*\)|\s?,?\s(?i:paragraph|para\.?|par\.?)\s?\(?(?P<p2>\d{1,2})\)?)?"
    r"(?![\w/-]|[.,]\d|\s?[가-힣%])"
)
"""A branch number alone ("what happened to 43-12?"); a main number alone would be any number."""
_KO = re.compile(
    r"제?\s?(?P<a>\d{1,3})(?:\s?-\s?(?P<d>\d{1,2}))?\s?조(?![가-힣]*원)(?:\s?의\s?(?P<b>\d{1,2})(?!\d*\s?[가-힣]?[항호목개명일주년월]))?"
    r"(?:\s?,?\s?제?\s?(?P<p>\d{1,2})\s?항)?(?:\s?제?\s?(?P<s>\d{1,2})\s?호(?:\s?의\s?(?P<sb>\d)(?!\d?\s?[가-힣]))?)?(?:\s?(?P<i>[가-하])\s?목)?"
)
_EN_NEXT = re.compile(
    rf"\s?(?:,\s?(?:and |or |& )?|(?:and|or|&|with|to|vs\.?|versus|against|from)\s)(?:the\s)?(?P<article>{_N})(?![\w/-]|[.,]\d)"
    r"(?:\s?\(\s*(?P<p>\d{1,2})\s*\))?"
    r"(?!\s*(?:days?|weeks?|months?|years?|hours?|minutes?|people|persons?|visitors?|guests?|meters?|metres?|m\b|km\b|won\b|%"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[a-z]+ (?:days?|people|persons|visitors)))",
    re.I,
)
"""A further number after an article's: "article 71 and 73", "Articles 71, 72 and 73"."""
_ITEMS = dict(zip("가나다라마바사아자차카타파하", "abcdefghijklmn", strict=True))
_OTHER_EN = re.compile(
    r"^\W{0,3}(?:\(\d+\)\s*)?(?:of|in|under|from)\s+(?:the\s+)?(?P<what>(?:framework\s+)?act\b|rules?\b|enforcement rules?|ordinance|constitution"
    r"|(?:[A-Z][\w-]+\s+)+Act\b)",
    re.I,
)
_OTHER_KO = re.compile(r"(?P<what>[가-힣]*시행규칙|헌법|조례|[가-힣]+법|(?<![가-힣])법(?:률)?)\s*$")
_DECREE_KO = re.compile(r"(?:시행령|이\s?영|대통령령|령)\s*$")

THIS_LAW, OTHER_LAW = "this", "other"


@dataclass(frozen=True)
class Citation:
    """A number found in a message: id in our form, where it stood, and of which law it is said."""

    provision_id: str
    start: int
    end: int
    of: str = THIS_LAW
    other: str = ""
    """The other law's name as typed, when ``of`` is "other"."""
    bare: bool = False
    """The number stood alone, without "article": it counts only when there is such an article."""


def find_citations(text: str) -> tuple[Citation, ...]:
    """All provision numbers in a message, in order; overlapping readings keep the longest."""
    found: list[Citation] = []
    for pattern in (_EN, _EN_REVERSED, _SLASH):
        found += [_english(text, m) for m in pattern.finditer(text)]
    found = [listed for each in found for listed in _listed(text, each)]
    found += [replace(_english(text, m), bare=True) for m in _BARE.finditer(text)]
    found += [_korean(text, m) for m in _KO.finditer(text)]
    kept: list[Citation] = []
    for citation in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        if all(citation.end <= k.start or citation.start >= k.end for k in kept):
            kept.append(citation)
    return tuple(sorted(kept, key=lambda c: c.start))


_DECREE_NUMBER = re.compile(
    r"(?:decree\s*(?:no\.?|number|#)?\s*|no\.?\s*|number\s*)(?P<en>\d{5})\b|(?:대통령령|시행령|령)?\s?제?\s?(?P<ko>\d{5})\s?호",
    re.I,
)


def find_decree_number(text: str) -> str | None:
    """The number of an amending decree that a message names: "Decree No. 33198", "대통령령 제33198호"."""
    found = _DECREE_NUMBER.search(text)
    return (found["en"] or found["ko"]) if found else None


_TABLE = re.compile(
    r"(?:attached\s+)?\btables?\s*(?:no\.?\s*)?(?P<en>\d(?:\s?-\s?\d)?)\b|별표\s*제?\s?(?P<ko>\d)(?:\s?의\s?(?P<branch>\d))?",
    re.I,
)


_PART_EN = re.compile(
    r"\b(?:paragraph|para\.?)\s*\(?(?P<p>\d{1,2})\)?(?:\s*,?\s*(?:subparagraph|subpara\.?)\s*(?P<s>\d{1,2}))?"
    r"|^\W*(?:and|so|what about|how about)?\s*\((?P<alone>\d{1,2})\)\W*$",
    re.I,
)
_PART_KO = re.compile(r"(?<![\d가-힣])제?\s?(?P<p>\d{1,2})\s?항(?:\s?제?\s?(?P<s>\d{1,2})\s?호)?(?!목)")
SHORT = 60
"""Characters of a message that may name a part of what was shown before it."""


_WHICH = re.compile(
    r"^\W*(?:(?:and|so|ok(?:ay)?|but)\s)?(?:which|what) (?:article|provision|paragraph|section)(?: number)?"
    r"(?: (?:exactly|is (?:that|it|this)|was (?:that|it)|does (?:that|it) (?:come from|stand in)|says (?:that|so|this)|please))*\W*$"
    r"|^\W*(?:그\s?(?:건|거|게|것은?)\s?)?(?:정확히|정확하게|그럼|근거가?)?\s?(?:몇\s?조(?!\s?원)\s?(?:몇\s?항)?|(?:어느|무슨|어떤)\s?(?:조문|조항|조))\S{0,6}"
    r"(?:\s\S{1,6})?\W*$",
    re.I,
)


def asks_which(text: str) -> bool:
    """Whether a short message asks which provision was told of, and nothing else."""
    return _WHICH.search(text) is not None and len(text) <= SHORT


def find_part(text: str, article: str) -> str | None:
    """The part of an article that was shown, which a short message names without the article's number: "paragraph 4"
    -> "73-9/4"; None for any other message."""
    if len(text) > SHORT or find_citations(text):
        return None
    found = _PART_KO.search(text) or _PART_EN.search(text)
    if found is None:
        return None
    parts = found.groupdict()
    return _id(article, parts["p"] or parts.get("alone"), parts["s"], None)


def find_table_number(text: str) -> str | None:
    """The attached table a message names: "Table 1-2", "별표 1의2" -> "1-2"."""
    found = _TABLE.search(text)
    if found is None:
        return None
    if found["en"]:
        return re.sub(r"\s", "", found["en"])
    return found["ko"] + (f"-{found['branch']}" if found["branch"] else "")


def _next_numbers(text: str, end: int) -> list[re.Match[str]]:
    """The numbers that go on a list which a cited article began."""
    found = []
    while (following := _EN_NEXT.match(text, end)) is not None:
        found.append(following)
        end = following.end()
    return found


def _listed(text: str, first: Citation) -> list[Citation]:
    """A cited article and those that go on its list; a law named behind the last one is said of all."""
    rest = [(m, _english(text, m)) for m in _next_numbers(text, first.end)]
    if not rest:
        return [first]
    last = rest[-1][1]
    further = [replace(each, start=m.start("article"), bare=True) for m, each in rest]
    return [replace(each, of=last.of, other=last.other) for each in (first, *further)] if last.other else [first, *further]


def _english(text: str, m: re.Match[str]) -> Citation:
    parts = m.groupdict()
    paragraph = parts.get("p") or parts.get("p1") or parts.get("p2")
    subparagraph, item, end = parts.get("s"), (parts.get("i") or "").lower() or None, m.end()
    if subparagraph and not paragraph and parts.get("many"):
        subparagraph, end = None, m.end("article")  # "Articles 71, 72": a list of articles
    if subparagraph and not paragraph:
        paragraph = "0"
    if not subparagraph:
        item = None
    article = re.sub(r"\s", "", parts["article"])
    other = _OTHER_EN.match(text[end:])
    return Citation(
        _id(article, paragraph, subparagraph, item),
        m.start(),
        end,
        OTHER_LAW if other else THIS_LAW,
        other["what"].strip() if other else "",
    )


def _korean(text: str, m: re.Match[str]) -> Citation:
    branch = m["b"] or m["d"]
    article = m["a"] + (f"-{branch}" if branch else "")
    subparagraph = m["s"] and m["s"] + (f"-{m['sb']}" if m["sb"] else "")
    paragraph = m["p"] or ("0" if subparagraph else None)
    item = _ITEMS.get(m["i"] or "") if subparagraph else None
    before = text[: m.start()]
    other = None if _DECREE_KO.search(before) else _OTHER_KO.search(before)
    return Citation(
        _id(article, paragraph, subparagraph, item),
        m.start(),
        m.end(),
        OTHER_LAW if other else THIS_LAW,
        other["what"] if other else "",
    )


def _id(article: str, paragraph: str | None, subparagraph: str | None, item: str | None) -> str:
    return Provision("", "", article, paragraph, subparagraph, item).id


def label_en(provision_id: str) -> str:
    """``73-9/1/2/b`` -> ``Article 73-9 (1) 2 (b)`` as the English text cites."""
    if provision_id.startswith("addenda-"):
        return f"Addenda of Presidential Decree No. {provision_id.split('-')[1]}"
    article, paragraph, subparagraph, item = _parts(provision_id)
    return (
        f"Article {article}"
        + (f" ({paragraph})" if paragraph not in (None, "0") else "")
        + (f" {subparagraph}" if subparagraph else "")
        + (f" ({item})" if item else "")
    )


def label_ko(provision_id: str) -> str:
    """``73-9/1/2/b`` -> ``제73조의9제1항제2호나목``."""
    if provision_id.startswith("addenda-"):
        return f"대통령령 제{provision_id.split('-')[1]}호 부칙"
    article, paragraph, subparagraph, item = _parts(provision_id)
    letters = {latin: hangul for hangul, latin in _ITEMS.items()}
    return (
        _branch(article, "조")
        + (f"제{paragraph}항" if paragraph not in (None, "0") else "")
        + (_branch(subparagraph, "호") if subparagraph else "")
        + (f"{letters.get(item, item)}목" if item else "")
    )


def _branch(number: str, unit: str) -> str:
    main, _, branch = number.partition("-")
    return f"제{main}{unit}" + (f"의{branch}" if branch else "")


def _parts(provision_id: str) -> tuple[str, str | None, str | None, str | None]:
    parts: list[str | None] = [*provision_id.split("/")]
    parts += [None] * (4 - len(parts))
    return parts[0] or "", parts[1], parts[2], parts[3]
