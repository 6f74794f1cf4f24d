"""The command line ``ansim``: the one place that knows all rooms. Heavy imports wait for their command."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

EXIT_TROUBLE = 2


def main(argv: list[str] | None = None) -> int:
    """Run one command; a known error is one sentence on stderr and exit status 2."""
    args = parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = args.command
    try:
        return command(args)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:
        if not _known(error):
            raise
        print(f"ansim: {error}", file=sys.stderr)
        return EXIT_TROUBLE


def _known(error: Exception) -> bool:
    """Errors of our own trees, and what a person can mend (a missing file, a wrong value)."""
    own = {"KnowledgeError", "SearchIndexError", "LaunchError", "EvaluationError"}
    return isinstance(error, OSError | ValueError | RuntimeError) or any(
        base.__name__ in own for base in type(error).__mro__
    )


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="ansim",
        description="Ansim (안심): answers about disaster and safety rules, quoted with their provision.",
        epilog="In an emergency call 119 (fire, rescue, ambulance) or 112 (police).",
    )
    sub = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    up = _add(sub, "up", _up, "build what is missing, start the chat, print its address")
    up.add_argument("--port", type=_port, help="port of the web chat (default 5005)")
    up.add_argument("--actions-port", type=_port, help="port of the action server (default 5055)")

    ask = _add(sub, "ask", _ask, "answer one question in the terminal")
    ask.add_argument("question", help="the question, in English or Korean; - reads it from standard input")
    ask.add_argument("--lang", choices=("en", "ko"), help="answer in this language (default: the question's)")
    ask.add_argument("--lat", type=_latitude, help="latitude of where you are, in degrees (used for this answer only)")
    ask.add_argument("--lon", type=_longitude, help="longitude of where you are, in degrees")
    _json(ask)

    search = _add(sub, "search", _search, "list the provisions that fit a question best")
    search.add_argument("question")
    search.add_argument("-k", type=_positive, default=5, help="how many (default 5)")
    search.add_argument("--lang", choices=("en", "ko"), help="language of the question (default: detected)")
    _json(search)

    _index(sub)
    training = _call("bot.commands:run_train", "force")
    train = _add(sub, "train", training, "train the dialogue model when its files changed")
    train.add_argument("--force", action="store_true", help="train even when nothing changed")
    _add(sub, "serve", _call("bot.commands:run_serve", ""), "run Rasa alone (the action server must run beside it)")
    _evaluate(sub)
    _laws(_imports(sub), sub)
    _data(sub)
    _disclosed(sub)
    bench = _add(sub, "bench", _bench, "print speed and quality beside plain bm25s and plain MiniLM + FAISS")
    bench.add_argument("file", nargs="?", help="question set (provisions.jsonl); without one, our example questions")
    bench.add_argument("--no-rest", action="store_true", help="leave out the run over REST, which starts the bot")
    _json(bench)
    doctor = _add(sub, "doctor", _doctor, "say what is installed, built and reachable, and how to mend the rest")
    _json(doctor)
    return top


def _add(
    sub: Parsers,
    name: str,
    command: Callable[[argparse.Namespace], int],
    what: str,
) -> argparse.ArgumentParser:
    made = sub.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")
    made.set_defaults(command=command)
    return made


def _json(to: argparse.ArgumentParser) -> None:
    to.add_argument("--json", action="store_true", help="print one JSON object")


def _index(sub: Parsers) -> None:
    index = sub.add_parser("index", help="build or inspect the search index")
    parts = index.add_subparsers(metavar="PART", required=True)
    _add(parts, "build", _index_build, "build the search index")
    _json(_add(parts, "inspect", _call("index.commands:run_inspect", "json"), "say what is in the built index"))


def _evaluate(sub: Parsers) -> None:
    evaluate = sub.add_parser("evaluate", help="measure the answers against question sets")
    parts = evaluate.add_subparsers(metavar="SET", required=True)
    for name, what in (
        ("provisions", "questions that the decree answers"),
        ("unanswerable", "questions that must not be answered from the decree"),
        ("emergency", "messages from danger, and look-alikes"),
    ):
        part = _add(parts, name, _run_evaluate, f"measure on {what}")
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
        _json(part)


def _imports(sub: Parsers) -> Parsers:
    importing = sub.add_parser("import", help="import official texts and disclosed data from files")
    parts = importing.add_subparsers(metavar="WHAT", required=True)
    data = _add(
        parts,
        "data",
        _call("knowledge.importing.commands:run_import_data", "files source kind as_of json"),
        "import disclosed data (CSV, TSV, JSON, XML, XLSX, GeoJSON; any encoding), with a report",
    )
    data.add_argument("files", nargs="+", metavar="FILE")
    data.add_argument("--source", metavar="NAME", help="the source these files are a copy of (see `ansim sources`)")
    data.add_argument("--kind", help="what the rows are, where the columns do not tell (for example heat_shelter)")
    data.add_argument("--as-of", dest="as_of", metavar="DATE", help="as-of date: 2026-01-12, 2026-01 or 2026")
    _json(data)
    guides = _add(
        parts,
        "guides",
        _call("knowledge.guides.commands:run_import_guides", "files json"),
        "import the official action guidelines (responses of the Ministry's API)",
    )
    guides.add_argument("files", nargs="+", metavar="FILE")
    _json(guides)
    return parts


def _disclosed(sub: Parsers) -> None:
    fetching = _call("knowledge.fetching.commands:run_fetch", "source key_env pages out param")
    fetch = _add(sub, "fetch", fetching, "fetch a disclosed dataset with your own key (from the environment)")
    fetch.add_argument("source", metavar="SOURCE", help="an id of `ansim sources`, or a data.go.kr number")
    fetch.add_argument("--key-env", metavar="NAME", help="the variable that holds the key, never the key itself")
    fetch.add_argument("--pages", type=_positive, help="only so many pages (needs --out)")
    fetch.add_argument("--out", metavar="FILE", help="write the rows to a file, import nothing")
    fetch.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="what the service asks for")
    listing = _call("knowledge.register.commands:run_sources", "json state lang")
    sources = _add(sub, "sources", listing, "list what is disclosed, by whom, and what is held here")
    states = ("held", "fetchable", "importable", "published", "not_public", "unknown")
    sources.add_argument("--state", choices=states, help="only sources in this state")
    sources.add_argument("--lang", choices=("en", "ko"), default="en", help="language of the list (default en)")
    _json(sources)


def _data(sub: Parsers) -> None:
    data = sub.add_parser("data", help="build, inspect or measure the catalogue of places")
    parts = data.add_subparsers(metavar="PART", required=True)
    _add(parts, "build", _data_build, "put the bundled places into the catalogue")
    _json(_add(parts, "inspect", _call("knowledge.catalogue.commands:run_inspect", "json"), "say what is held"))
    bench = _add(parts, "bench", _call("knowledge.catalogue.commands:run_bench", "rows json"), "measure the store")
    bench.add_argument("--rows", type=_positive, default=1_000_000, help="up to how many rows (default 1000000)")
    _json(bench)


def _laws(parts: Parsers, sub: Parsers) -> None:
    reading = _call("knowledge.law_commands:run_import", "files json")
    law = _add(parts, "law", reading, "import Korean statutes (Markdown, or law.go.kr XML or JSON), any versions")
    law.add_argument("files", nargs="+", metavar="FILE")
    _json(law)
    laws = sub.add_parser("law", help="list imported statutes, compare two versions of a provision")
    parts = laws.add_subparsers(metavar="WHAT", required=True)
    listing = _call("knowledge.law_commands:run_list", "json")
    _json(_add(parts, "list", listing, "list the imported statutes with their versions"))
    comparing = _call("knowledge.law_commands:run_diff", "provision law old new json")
    diff = _add(parts, "diff", comparing, "show two versions of a provision side by side")
    diff.add_argument("provision", help="73-9/4, or as people write it: '제73조의9제4항', 'Article 73-9 (4)'")
    diff.add_argument("--law", help="law id or title (default: the decree)")
    diff.add_argument("--old", help="number of the older version, or a day it was in force")
    diff.add_argument("--new", help="number of the newer version, or a day it was in force")
    _json(diff)


def _port(raw: str) -> int:
    value = int(raw)
    if not 1 <= value <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return value


def _degrees(raw: str, limit: float) -> float:
    value = float(raw)
    if not -limit <= value <= limit:
        raise argparse.ArgumentTypeError(f"degrees run from -{limit:g} to {limit:g}")
    return value


def _latitude(raw: str) -> float:
    return _degrees(raw, 90)


def _longitude(raw: str) -> float:
    return _degrees(raw, 180)


def _positive(raw: str) -> int:
    value = int(raw)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _call(target: str, names: str) -> Callable[[argparse.Namespace], int]:
    """A command that imports ``module:function`` when it runs and hands it these arguments, in this order."""

    def command(args: argparse.Namespace) -> int:
        module, _, function = target.partition(":")
        run: Callable[..., int] = getattr(importlib.import_module(module), function)
        given: list[Any] = [getattr(args, name) for name in names.split()]
        return run(*given)

    return command


def _up(args: argparse.Namespace) -> int:
    from bot.commands import run_up
    from index.commands import ensure
    from knowledge.catalogue.commands import ensure as ensure_places

    def build(say: Callable[[str], None]) -> None:
        ensure(say)
        ensure_places(say)

    return run_up(build, args.port, args.actions_port)


def _ask(args: argparse.Namespace) -> int:
    from actions.commands import run_ask

    question = sys.stdin.read() if args.question == "-" else args.question
    if (args.lat is None) != (args.lon is None):
        raise ValueError("give both --lat and --lon, or neither.")
    location = None if args.lat is None else (args.lat, args.lon)
    return run_ask(question, args.lang, args.json, location)


def _search(args: argparse.Namespace) -> int:
    from index.commands import run_search
    from nlu.language import detect

    return run_search(args.question, args.k, args.lang or detect(args.question), args.json)


def _index_build(_: argparse.Namespace) -> int:
    from bot.commands import Steps
    from index.commands import run_build

    return run_build(Steps())


def _data_build(_: argparse.Namespace) -> int:
    from bot.commands import Steps
    from knowledge.catalogue.commands import run_build

    return run_build(Steps())


def _run_evaluate(args: argparse.Namespace) -> int:
    from actions.evaluate import run_evaluate

    return run_evaluate(
        args.set,
        args.files,
        args.via,
        args.misses,
        args.json,
        save=args.save,
        against=args.against,
        report=args.report,
        beside=args.beside,
    )


def _bench(args: argparse.Namespace) -> int:
    from actions.bench import run_bench

    if args.no_rest:
        return run_bench(args.file, None, args.json)
    import tempfile
    from pathlib import Path

    from bot.launcher import running

    with tempfile.TemporaryDirectory() as home, running(Path(home)) as servers:
        return run_bench(args.file, servers.address, args.json)


def _doctor(args: argparse.Namespace) -> int:
    from actions.doctor import run_doctor
    from bot.commands import report as bot_report
    from index.commands import report as index_report
    from knowledge.catalogue.commands import report as data_report

    return run_doctor([*index_report(), *data_report(), *bot_report()], args.json)


if __name__ == "__main__":
    sys.exit(main())
