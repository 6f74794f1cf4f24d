"""The command line ``ansim``: the one place that knows all rooms. Heavy imports wait for their command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

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
    ask.add_argument("--lat", type=float, help="latitude in degrees (for nearby questions, not used by rules)")
    ask.add_argument("--lon", type=float, help="longitude in degrees (for nearby questions, not used by rules)")
    _json(ask)

    search = _add(sub, "search", _search, "list the provisions that fit a question best")
    search.add_argument("question")
    search.add_argument("-k", type=_positive, default=5, help="how many (default 5)")
    search.add_argument("--lang", choices=("en", "ko"), help="language of the question (default: detected)")
    _json(search)

    _index(sub)
    train = _add(sub, "train", _train, "train the dialogue model when its files changed")
    train.add_argument("--force", action="store_true", help="train even when nothing changed")
    _add(sub, "serve", _serve, "run Rasa alone (the action server must run beside it)")
    _evaluate(sub)
    _laws(sub)
    bench = _add(sub, "bench", _bench, "print speed and quality beside plain bm25s and plain MiniLM + FAISS")
    bench.add_argument("file", nargs="?", help="question set (provisions.jsonl); without one, our example questions")
    bench.add_argument("--no-rest", action="store_true", help="leave out the run over REST, which starts the bot")
    _json(bench)
    doctor = _add(sub, "doctor", _doctor, "say what is installed, built and reachable, and how to mend the rest")
    _json(doctor)
    return top


def _add(
    sub: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    command: Callable[[argparse.Namespace], int],
    what: str,
) -> argparse.ArgumentParser:
    made = sub.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")
    made.set_defaults(command=command)
    return made


def _json(to: argparse.ArgumentParser) -> None:
    to.add_argument("--json", action="store_true", help="print one JSON object")


def _index(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    index = sub.add_parser("index", help="build or inspect the search index")
    parts = index.add_subparsers(metavar="PART", required=True)
    _add(parts, "build", _index_build, "build the search index")
    _json(_add(parts, "inspect", _index_inspect, "say what is in the built index"))


def _evaluate(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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


def _laws(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    importing = sub.add_parser("import", help="import official texts and disclosed data from files")
    parts = importing.add_subparsers(metavar="WHAT", required=True)
    law = _add(parts, "law", _import_law, "import Korean statutes (Markdown, or law.go.kr XML or JSON), any versions")
    law.add_argument("files", nargs="+", metavar="FILE")
    _json(law)
    laws = sub.add_parser("law", help="list imported statutes, compare two versions of a provision")
    parts = laws.add_subparsers(metavar="WHAT", required=True)
    _json(_add(parts, "list", _law_list, "list the imported statutes with their versions"))
    diff = _add(parts, "diff", _law_diff, "show two versions of a provision side by side")
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


def _positive(raw: str) -> int:
    value = int(raw)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _up(args: argparse.Namespace) -> int:
    from bot.commands import run_up
    from index.commands import ensure

    return run_up(ensure, args.port, args.actions_port)


def _ask(args: argparse.Namespace) -> int:
    from actions.commands import run_ask

    question = sys.stdin.read() if args.question == "-" else args.question
    return run_ask(question, args.lang, args.json)


def _search(args: argparse.Namespace) -> int:
    from index.commands import run_search
    from nlu.language import detect

    return run_search(args.question, args.k, args.lang or detect(args.question), args.json)


def _index_build(args: argparse.Namespace) -> int:
    from bot.commands import Steps
    from index.commands import run_build

    return run_build(Steps())


def _index_inspect(args: argparse.Namespace) -> int:
    from index.commands import run_inspect

    return run_inspect(args.json)


def _train(args: argparse.Namespace) -> int:
    from bot.commands import run_train

    return run_train(args.force)


def _serve(args: argparse.Namespace) -> int:
    from bot.commands import run_serve

    return run_serve()


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


def _import_law(args: argparse.Namespace) -> int:
    from knowledge.law_commands import run_import

    return run_import(args.files, args.json)


def _law_list(args: argparse.Namespace) -> int:
    from knowledge.law_commands import run_list

    return run_list(args.json)


def _law_diff(args: argparse.Namespace) -> int:
    from knowledge.law_commands import run_diff

    return run_diff(args.provision, args.law, args.old, args.new, args.json)


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

    return run_doctor([*index_report(), *bot_report()], args.json)


if __name__ == "__main__":
    sys.exit(main())
