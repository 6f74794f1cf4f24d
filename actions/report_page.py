"""The staff's page of hazard reports: one HTML page without scripts, served by the action server on loopback only.

It shows; the status is set on the command line, so that no page elsewhere can set it through a browser here.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlencode

from actions.places_api import Reply
from actions.report_brief import row
from actions.report_commands import wanted
from knowledge.catalogue.model import Catalogue
from knowledge.reports.districts import districts
from knowledge.reports.model import STATUSES, Report, ReportError, kinds, week_of
from knowledge.reports.sqlite import SqliteReports
from nlu.language import ENGLISH, KOREAN
from nlu.texts import text

PATH = "/staff/reports"
COLUMNS = ("receipt", "kind", "place", "district", "what", "since", "first", "last", "times", "status")
_STYLE = (
    ":root{color-scheme:light;--page:#fff;--ink:#16212b;--muted:#455560;--accent:#0b5d78;--line:#aebcc7;--edge:#73828f;"
    "--head:#e8eef2}"
    "@media(prefers-color-scheme:dark){:root{color-scheme:dark;--page:#0e151b;--ink:#e9eff4;--muted:#abb9c5;"
    "--accent:#82cbe3;--line:#4d6070;--edge:#7a8996;--head:#1e2a34}}"
    "body{font:16px/1.5 system-ui,'Noto Sans KR','Noto Sans CJK KR',sans-serif;margin:1.5rem;color:var(--ink);"
    "background:var(--page)}"
    "h1,h2{line-height:1.3;word-break:keep-all}a{display:inline-block;padding:.625rem 0;color:var(--accent)}"
    ".table{overflow-x:auto;margin:.5rem 0 1.5rem}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}"
    "th,td{word-break:keep-all}.week,.first,.last,.receipt,.since,.status{white-space:nowrap}.what{min-width:15rem}"
    ".place,.kind,.district{min-width:6rem}.n,.times{text-align:right}"
    "th{background:var(--head)}.note{color:var(--muted)}"
    "form{display:flex;flex-wrap:wrap;align-items:end;gap:.5rem 1rem}label{display:grid;font-size:.9375rem}"
    "*{box-sizing:border-box}label{min-width:0}"
    "select,input,button{font:inherit;min-height:2.75rem;min-width:0;max-width:100%;padding:.25rem .5rem;"
    "border:1px solid var(--edge);border-radius:.375rem;background:var(--page);color:var(--ink)}"
    "::placeholder{color:var(--muted);opacity:1}button{background:var(--head);font-weight:600}"
    "@media(max-width:30rem){body{margin:1rem}form,label{display:grid;grid-template-columns:minmax(0,1fr);width:100%}h1{font-size:1.5rem}}"
    "@media print{:root{color-scheme:light;--page:#fff;--ink:#000;--muted:#333;--line:#999;--head:#fff}"
    "form,a{display:none}.table{overflow:visible}}"
)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def reports_page(given: Mapping[str, str], _: Callable[[], Catalogue] | None = None) -> Reply:
    """Answer a request for the page; 400 for a bad query, 503 when the store is down."""
    from knowledge.reports.opening import open_reports

    language = ENGLISH if given.get("lang") == ENGLISH else KOREAN
    try:
        asked = wanted(*(given.get(name) or None for name in ("district", "kind", "week", "status")))
    except ReportError as error:
        return Reply(400, _whole(language, f"<p>{html.escape(str(error))}</p>").encode(), "text/html; charset=utf-8")
    try:
        store: SqliteReports = open_reports()
        found = store.rows(asked)
    except ReportError as error:
        return Reply(503, _whole(language, f"<p>{html.escape(str(error))}</p>").encode(), "text/html; charset=utf-8")
    return Reply(200, page(found, given, language).encode(), "text/html; charset=utf-8")


def page(found: Sequence[Report], given: Mapping[str, str], language: str) -> str:
    """The page of these reports with the choices that led to them."""
    parts = [_form(given, language), f"<p>{_said('count', language, n=len(found))}</p>"]
    if found:
        parts += [_summary(found, language), _list(found, language)]
    else:
        parts.append(f"<p>{_said('none', language)}</p>")
    parts.append(f'<p class="note">{_said("note", language)}</p>')
    return _whole(language, "".join(parts), given)


def _whole(language: str, body: str, given: Mapping[str, str] | None = None) -> str:
    title = _said("title", language)
    other = ENGLISH if language == KOREAN else KOREAN
    query = html.escape(urlencode({**(given or {}), "lang": other}))
    switch = f'<p><a href="?{query}" lang="{other}" hreflang="{other}">{_said("other_language", language)}</a></p>'
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>{switch}{body}</main>"
        "</body></html>"
    )


def _form(given: Mapping[str, str], language: str) -> str:
    known = [(place.id, place.name_ko if language == KOREAN else place.name_en) for place in districts()]
    known.append(("unknown", text("reports.page.unknown", language)))
    named = [(kind, text(f"reports.kind.{kind}", language)) for kind in kinds()]
    states = [(status, text(f"reports.status.{status}", language)) for status in STATUSES]
    chosen = [
        _select("district", known, given, language),
        _select("kind", named, given, language),
        f'<label>{_column("week", language)} <input name="week" size="9" placeholder="2026-W28" '
        f'value="{html.escape(given.get("week", ""))}"></label>',
        _select("status", states, given, language),
    ]
    hidden = f'<input type="hidden" name="lang" value="{language}">'
    return f'<form method="get">{hidden}{"".join(chosen)}<button>{_said("show", language)}</button></form>'


def _select(name: str, options: Iterable[tuple[str, str]], given: Mapping[str, str], language: str) -> str:
    listed = [("", text("reports.page.any", language)), *options]
    inner = "".join(
        f'<option value="{html.escape(value)}"{" selected" if value == given.get(name, "") else ""}>'
        f"{html.escape(words)}</option>"
        for value, words in listed
    )
    return f'<label>{_column(name, language)} <select name="{name}">{inner}</select></label>'


def _summary(found: Sequence[Report], language: str) -> str:
    """How many, by week, district and kind."""
    counted = Counter((week_of(report.first_seen), _cells(report, language)) for report in found)
    head = _head(("week", "district", "kind", "n"), language)
    rows = "".join(
        f'<tr><td class="week">{when}</td><td>{html.escape(where)}</td><td>{html.escape(kind)}</td>'
        f'<td class="n">{n}</td></tr>'
        for (when, (where, kind)), n in sorted(counted.items(), key=lambda each: (each[0][0], each[0][1]), reverse=True)
    )
    return _table(_said("summary", language), head, rows)


def _head(names: Iterable[str], language: str) -> str:
    """Column headings; a class of their own sets each as the cells below it."""
    return "".join(f'<th scope="col" class="{name}">{_column(name, language)}</th>' for name in names)


def _table(title: str, head: str, rows: str) -> str:
    """A table under its heading; on a narrow screen it is scrolled by itself, also with the keyboard."""
    return (
        f'<h2>{title}</h2><div class="table" role="region" tabindex="0" aria-label="{title}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(report: Report, language: str) -> tuple[str, str]:
    cells = row(report, language)
    return cells["district"], cells["kind"]


def _list(found: Sequence[Report], language: str) -> str:
    head = _head(COLUMNS, language)
    rows = []
    for report in reversed(found):
        cells = row(report, language)
        inner = "".join(f'<td class="{name}">{html.escape(cells[name])}</td>' for name in COLUMNS)
        rows.append(f"<tr>{inner}</tr>")
    return _table(_said("list", language), head, "".join(rows))


def attach(app: object) -> None:
    """Put the page on the SDK's Sanic app (``actions/places_routes.attach`` calls it); loopback callers only."""
    import asyncio
    from typing import Any, cast

    from rasa_sdk.endpoint import HTTPResponse

    async def handler(request: Any) -> Any:
        if not _local(str(request.ip), str(request.host)):
            return HTTPResponse("", status=403)
        given = {name: values[0] for name, values in request.args.items()}
        reply = await asyncio.to_thread(reports_page, given)
        return HTTPResponse(reply.body, status=reply.status, content_type=reply.content_type, headers=HEADERS)

    cast(Any, app).add_route(handler, PATH, name="ansim_reports_page")


def _local(caller: str, host: str) -> bool:
    """Whether the caller is on this machine and named it so: a page elsewhere that points its name at 127.0.0.1
    (DNS rebinding) sends its own name."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return caller in ("127.0.0.1", "::1") and name in ("127.0.0.1", "localhost", "[::1]")


def _said(key: str, language: str, **values: object) -> str:
    return html.escape(text(f"reports.page.{key}", language, **values))


def _column(name: str, language: str) -> str:
    return html.escape(text(f"reports.brief.column.{name}", language))
