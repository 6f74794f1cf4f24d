"""The declarations of the command line: names, arguments, and the function that each command calls.

Nothing of the product is imported here; a command imports its module when it runs.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

Command = Callable[[argparse.Namespace], int]


def call(target: str, names: str) -> Command:
    """A command that imports ``module:function`` when it runs and hands it these arguments, in this order."""

    def command(args: argparse.Namespace) -> int:
        module, _, function = target.partition(":")
        run: Callable[..., int] = getattr(importlib.import_module(module), function)
        given: list[Any] = [getattr(args, name) for name in names.split()]
        return run(*given)

    return command


def add(sub: Parsers, name: str, command: Command, what: str) -> argparse.ArgumentParser:
    made = sub.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")
    made.set_defaults(command=command)
    return made


def as_json(to: argparse.ArgumentParser) -> None:
    to.add_argument("--json", action="store_true", help="print one JSON object")


def language(to: argparse.ArgumentParser, what: str, default: str | None = None) -> None:
    to.add_argument("--lang", choices=("en", "ko"), default=default, help=f"language of {what}")


def group(sub: Parsers, name: str, what: str, metavar: str = "WHAT") -> Parsers:
    return sub.add_parser(name, help=what).add_subparsers(metavar=metavar, required=True)


def port(raw: str) -> int:
    value = int(raw)
    if not 1 <= value <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return value


def positive(raw: str) -> int:
    value = int(raw)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def latitude(raw: str) -> float:
    return _degrees(raw, 90)


def longitude(raw: str) -> float:
    return _degrees(raw, 180)


def _degrees(raw: str, limit: float) -> float:
    value = float(raw)
    if not -limit <= value <= limit:
        raise argparse.ArgumentTypeError(f"degrees run from -{limit:g} to {limit:g}")
    return value


def imports(sub: Parsers) -> None:
    parts = group(sub, "import", "import official texts and disclosed data from files")
    data = add(
        parts,
        "data",
        call("knowledge.importing.commands:run_import_data", "files source kind as_of json"),
        "import disclosed data (CSV, TSV, JSON, XML, XLSX, GeoJSON; any encoding), with a report",
    )
    data.add_argument("files", nargs="+", metavar="FILE")
    data.add_argument("--source", metavar="NAME", help="the source these files are a copy of (see `ansim sources`)")
    data.add_argument("--kind", help="what the rows are, where the columns do not tell (for example heat_shelter)")
    data.add_argument("--as-of", dest="as_of", metavar="DATE", help="as-of date: 2026-01-12, 2026-01 or 2026")
    as_json(data)
    guides = add(
        parts,
        "guides",
        call("knowledge.guides.commands:run_import_guides", "files json"),
        "import the official action guidelines (responses of the Ministry's API)",
    )
    guides.add_argument("files", nargs="+", metavar="FILE")
    as_json(guides)
    law = add(
        parts,
        "law",
        call("knowledge.law_commands:run_import", "files json"),
        "import Korean statutes (Markdown, or law.go.kr XML or JSON), any versions",
    )
    law.add_argument("files", nargs="+", metavar="FILE")
    as_json(law)


def laws(sub: Parsers) -> None:
    parts = group(sub, "law", "list imported statutes, compare two versions of a provision")
    listing = call("knowledge.law_commands:run_list", "json")
    as_json(add(parts, "list", listing, "list the imported statutes with their versions"))
    comparing = call("knowledge.law_commands:run_diff", "provision law old new json")
    diff = add(parts, "diff", comparing, "show two versions of a provision side by side")
    diff.add_argument("provision", help="73-9/4, or as people write it: '제73조의9제4항', 'Article 73-9 (4)'")
    diff.add_argument("--law", help="law id or title (default: the decree)")
    diff.add_argument("--old", help="number of the older version, or a day it was in force")
    diff.add_argument("--new", help="number of the newer version, or a day it was in force")
    as_json(diff)


def disclosed(sub: Parsers) -> None:
    fetching = call("knowledge.fetching.commands:run_fetch", "source key_env pages out param")
    fetch = add(sub, "fetch", fetching, "fetch a disclosed dataset with your own key (from the environment)")
    fetch.add_argument("source", metavar="SOURCE", help="an id of `ansim sources`, or a data.go.kr number")
    fetch.add_argument("--key-env", metavar="NAME", help="the variable that holds the key, never the key itself")
    fetch.add_argument("--pages", type=positive, help="only so many pages (needs --out)")
    fetch.add_argument("--out", metavar="FILE", help="write the rows to a file, import nothing")
    fetch.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="what the service asks for")
    listing = call("knowledge.register.commands:run_sources", "json state lang")
    sources = add(sub, "sources", listing, "list what is disclosed, by whom, and what is held here")
    states = ("held", "fetchable", "importable", "published", "not_public", "unknown")
    sources.add_argument("--state", choices=states, help="only sources in this state")
    language(sources, "the list (default en)", "en")
    as_json(sources)


def data(sub: Parsers, build: Command) -> None:
    parts = group(sub, "data", "build, inspect or measure the catalogue of places", "PART")
    add(parts, "build", build, "put the bundled places into the catalogue")
    inspecting = call("knowledge.catalogue.commands:run_inspect", "json")
    as_json(add(parts, "inspect", inspecting, "say what is held"))
    measuring = call("knowledge.catalogue.commands:run_bench", "rows json postgis")
    bench = add(parts, "bench", measuring, "measure the store")
    bench.add_argument("--rows", type=positive, default=1_000_000, help="up to how many rows (default 1000000)")
    bench.add_argument("--postgis", action="store_true", help="measure PostGIS too, on a server started for it")
    as_json(bench)


def festival(sub: Parsers) -> None:
    parts = group(sub, "festival", "check a festival against the decree's safety rules")
    facts = "people venue materials date until host plan"
    checking = call("actions.festival_commands:run_festival_check", f"{facts} lang json")
    check = add(parts, "check", checking, "say whether a festival needs a safety plan, what goes in and by which day")
    _facts(check)
    language(check, "the answer (default en)", "en")
    as_json(check)
    planning = call("actions.document_commands:run_festival_plan", f"{facts} place out lang json")
    plan = add(parts, "plan", planning, "write a checklist, calendar file and draft plan (DOCX, PDF) into a folder")
    _facts(plan)
    plan.add_argument("--place", help="name or address of the place")
    plan.add_argument("--out", metavar="FOLDER", required=True, help="the folder to write into; it is made")
    language(plan, "the documents (default ko)", "ko")
    as_json(plan)
    drafting = call("actions.document_commands:run_festival_draft", "file lang json")
    draft = add(parts, "draft", drafting, "say which of the five required parts a draft plan holds (text, DOCX, PDF)")
    draft.add_argument("file", metavar="FILE")
    language(draft, "the reply (default: the draft's)")
    as_json(draft)


def _facts(to: argparse.ArgumentParser) -> None:
    to.add_argument("--people", metavar="N", help="most people expected at one time: 800, or 800-1200")
    to.add_argument("--venue", metavar="WORD", help="mountain, water or other (산, 수면, 기타)")
    to.add_argument("--materials", nargs="+", metavar="WORD", help="fire, firecrackers, petroleum, gas, other or none")
    to.add_argument("--date", metavar="YYYY-MM-DD", help="first day")
    to.add_argument("--until", metavar="YYYY-MM-DD", help="last day, of several")
    to.add_argument("--host", metavar="WORD", help="private or local_government (민간, 지자체)")
    to.add_argument("--plan", metavar="WORD", help="none, draft, submitted or changing (없음, 초안, 제출, 변경)")


def duties(sub: Parsers) -> None:
    what = "list duties, deadlines and rights by who you are"
    top = add(sub, "duties", call("actions.duty_commands:run_duties", "holder lang json"), what)
    top.add_argument("--holder", metavar="WORD", help="only these holders (id or name: festival, insurer, 시장)")
    language(top, "the list (default: your word's)")
    as_json(top)
    counting = call("actions.duty_commands:run_deadline", "id start lang json")
    due = add(top.add_subparsers(metavar="PART"), "deadline", counting, "count the day a duty is due")
    due.add_argument("id", help="id of the duty, as `ansim duties` prints it")
    due.add_argument("--from", dest="start", required=True, metavar="DATE", help="the day it counts from (2026-05-03)")
    language(due, "the answer (default en)")
    as_json(due)


def reports(sub: Parsers) -> None:
    parts = group(sub, "reports", "hazard reports for the district safety meetings (staff)")
    listing = add(
        parts, "list", call("actions.report_commands:run_list", "district kind week status json"), "list reports"
    )
    _which(listing)
    as_json(listing)
    change = add(parts, "set", call("actions.report_commands:run_set", "receipt status"), "change a report's status")
    change.add_argument("receipt", metavar="RECEIPT")
    change.add_argument("status", choices=("new", "on_agenda", "done"))
    exporting = call("actions.report_commands:run_export", "file district kind week status")
    export = add(parts, "export", exporting, "write reports to a CSV or GeoJSON file")
    export.add_argument("file", metavar="FILE.csv|FILE.geojson")
    _which(export)
    briefing = call("actions.report_commands:run_brief", "district start end out lang")
    brief = add(parts, "brief", briefing, "write the brief for a meeting (DOCX, PDF or Markdown)")
    brief.add_argument("--district", metavar="D", help="one of the ten districts (default: all)")
    brief.add_argument("--from", dest="start", required=True, metavar="DATE")
    brief.add_argument("--to", dest="end", required=True, metavar="DATE")
    brief.add_argument("--out", required=True, metavar="FILE.docx|.pdf|.md")
    language(brief, "the brief (default ko)", "ko")


def _which(to: argparse.ArgumentParser) -> None:
    to.add_argument("--district", metavar="D", help="only this district")
    to.add_argument("--kind", help="only this kind of hazard")
    to.add_argument("--week", metavar="YYYY-Www", help="only this week, for example 2026-W48")
    to.add_argument("--status", choices=("new", "on_agenda", "done"), help="only reports in this status")


def channels(sub: Parsers) -> None:
    polling = call("bot.channels.telegram.poll:run_poll", "bot")
    telegram = add(sub, "telegram", polling, "answer on Telegram by long polling, beside a running bot")
    telegram.add_argument("--poll", action="store_true", required=True, help="ask Telegram for messages")
    telegram.add_argument("--bot", metavar="URL", help="the running bot (default: the local one)")
    feedback = call("actions.feedback_commands:run_feedback", "json")
    as_json(add(sub, "feedback", feedback, "print how answers were rated, as counts"))


def evaluate(sub: Parsers, run: Command) -> None:
    parts = group(sub, "evaluate", "measure the answers against question sets", "SET")
    for name, what in (
        ("provisions", "questions that the decree answers"),
        ("unanswerable", "questions that must not be answered from the decree"),
        ("emergency", "messages from danger, and look-alikes"),
    ):
        part = add(parts, name, run, f"measure on {what}")
        part.set_defaults(set=name)
        part.add_argument("files", nargs="+", metavar="FILE", help="question set (JSON lines)")
        part.add_argument("--via", metavar="URL", help="ask a running bot at this address over REST")
        part.add_argument("--misses", metavar="FILE", help="write the misses to this file (JSON lines)")
        part.add_argument("--save", metavar="FILE", help="keep this run in a file (JSON), to compare later runs with")
        part.add_argument("--against", metavar="FILE", help="compare with a kept run: gains, losses, McNemar test")
        part.add_argument("--report", metavar="FILE", help="write a report with plots (one HTML file)")
        part.add_argument(
            "--with",
            dest="beside",
            metavar="FILE",
            help="for the report: a kept run on provisions beside unanswerable, or the other way round",
        )
        as_json(part)
    reading = call("nlu.intent_figures:run_intents", "files misses json")
    intents = add(parts, "intents", reading, "measure how intents are read: cross-validated, and on unseen messages")
    intents.add_argument("files", nargs="*", metavar="FILE", help="unseen messages, a line each: intent, tab, message")
    intents.add_argument("--misses", metavar="FILE", help="write the misses to this file (JSON lines)")
    as_json(intents)
