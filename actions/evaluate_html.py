"""Pieces of the report's HTML. Text comes in raw and is escaped here; names ending in ``_html`` are markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from actions.evaluate_plots import Plot, Share
from knowledge.citation import label_en
from knowledge.errors import KnowledgeError
from knowledge.library import decree

STYLE = Path(__file__).with_name("evaluate_report.css")
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""The page may load nothing but its own plots and style."""
LANGUAGE_NAMES = {"en": "English", "ko": "Korean"}


def page(title: str, header_html: str, sections_html: Sequence[str]) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n"
        f"<header>\n{header_html}\n</header>\n<main>\n" + "\n".join(sections_html) + "\n</main>\n</body>\n</html>\n"
    )


def section(name: str, title: str, *parts_html: str) -> str:
    body = "\n".join(parts_html)
    return (
        f'<section id="{name}" aria-labelledby="{name}-title">\n<h2 id="{name}-title">{title}</h2>\n{body}\n</section>'
    )


def table(caption: str, head: Sequence[str], rows_html: Sequence[Sequence[str]], kind: str = "counts") -> str:
    """A table whose first column heads its rows.

    ``kind``: "counts"; "wide", whose rows become cards on a phone; "wide misses", with a narrow last column.
    """
    heads = "".join(f'<th scope="col" role="columnheader">{escape(each)}</th>' for each in head)
    body = "\n".join(_row(head, row, kind) for row in rows_html)
    hidden = ' class="unseen"' if kind != "counts" else ""  # the group's title says it already
    return (
        f'<div class="sheet {kind}" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="{kind}" role="table"><caption{hidden}>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody></table></div>'
    )


def _row(head: Sequence[str], cells_html: Sequence[str], kind: str) -> str:
    style = ' class="number"' if kind == "counts" else ""
    cells = "".join(
        f'<td role="cell"{style} data-label="{escape(name)}">{cell}</td>'
        for name, cell in zip(head[1:], cells_html[1:], strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{cells_html[0]}</th>{cells}</tr>'


def spoken(language: str) -> str:
    return LANGUAGE_NAMES.get(language, language)


def share(value: Share | None, *, big: bool = False) -> str:
    """A percentage with its interval and counts."""
    if value is None or not value.n:
        return "–"
    low, high = value.interval
    number = f'<span class="big">{percent(value.value)}</span>' if big else percent(value.value)
    return f"{number}<small>{percent(low)} to {percent(high)}; {value.hits} of {value.n}</small>"


def percent(value: float) -> str:
    return f"{value * 100:.1f}\u00a0%"


def plot(title: str, note: str, alt: str, drawn: Plot) -> str:
    """A figure that follows the page's theme; paper gets the light one."""
    return (
        f"<figure><figcaption><strong>{escape(title)}</strong><br>{escape(note)}</figcaption><picture>"
        f'<source media="screen and (prefers-color-scheme: dark)" srcset="{drawn.dark}">'
        f'<img src="{drawn.light}" alt="{escape(alt)}"></picture></figure>'
    )


def group(title: str, count: int, body_html: str, is_open: bool) -> str:
    opened = " open" if is_open else ""
    head = f'<summary>{escape(title)} <span class="count">({count})</span></summary>'
    return f"<details{opened}>{head}\n{body_html}</details>"


def question(identity: str, words: str, language: str, more: str = "") -> str:
    about = " · ".join(part for part in (identity, more) if part)
    return f'<span class="question" lang="{language}">{escape(words)}</span><span class="id">{escape(about)}</span>'


def provision(provision_id: str) -> str:
    """Label, linked to the article's official page, and title of the article."""
    shelf = decree()
    name = escape(label_en(provision_id))
    try:
        article = shelf.law.article_of(provision_id)
    except KnowledgeError:
        return name
    link = f'<a href="{escape(shelf.edition.article_url(article.number))}" rel="noreferrer">{name}</a>'
    return f'{link} <span class="title">{escape(article.title or article.status)}</span>'
