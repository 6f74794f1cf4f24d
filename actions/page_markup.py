"""Elements of HTML pages that the servers give out: text comes in raw and is escaped here."""

from __future__ import annotations

from html import escape

VOID = frozenset({"meta", "link", "br", "img", "hr", "input", "wbr"})
PLAIN = frozenset({"title"})
"""Elements that hold text only: no mark-up is read in them."""


class Html(str):
    """Markup that is ready; any other string is text."""

    __slots__ = ()


Child = str | None
"""Text, `Html`, or None and "" for nothing."""


def el(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """An element. ``class_`` is "class", ``data_x`` "data-x"; True stands without value, None and False not at all."""
    opening = name + "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{opening}>")
    inner = escape("".join(c for c in children if c)) if name in PLAIN else join(*children)
    return Html(f"<{opening}>{inner}</{name}>")


def join(*children: Child, between: str = "") -> Html:
    """The children one after another, text escaped, with text between them."""
    return Html(escape(between).join(c if isinstance(c, Html) else _text(c) for c in children if c))


def _text(words: str) -> str:
    """Escaped words; "시장ㆍ군수ㆍ구청장" may be broken after its dots, which are letters to a browser."""
    return escape(words).replace("ㆍ", "ㆍ<wbr>")


def document(root: dict[str, str], head: Html, body: Html) -> str:
    """A whole page; ``root`` holds the attributes of <html>."""
    html = el("html", el("head", head), body, **root)
    return f"<!doctype html>\n{html}\n"


def _attribute(key: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
