"""The command line ``ansim``: the one place that knows all rooms. Heavy imports wait for their command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

import ansim_cli as cli

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
    except Exception as error:  # those of our own trees become one sentence, all others are raised again
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
        description="Ansim (안심): answers about disaster and safety rules and nearby shelters, each with its source.",
        epilog="In an emergency call 119 (fire, rescue, ambulance) or 112 (police).",
    )
    sub = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    up = cli.add(sub, "up", _up, "build what is missing, start the chat, print its address")
    up.add_argument("--port", type=cli.port, help="port of the web chat (default 5005)")
    up.add_argument("--actions-port", type=cli.port, help="port of the action server (default 5055)")

    ask = cli.add(sub, "ask", _ask, "answer one question in the terminal")
    ask.add_argument("question", help="the question, in English or Korean; - reads it from standard input")
    cli.language(ask, "the answer (default: the question's)")
    ask.add_argument("--lat", type=cli.latitude, help="latitude of where you are, in degrees (for this answer only)")
    ask.add_argument("--lon", type=cli.longitude, help="longitude of where you are, in degrees")
    cli.as_json(ask)

    search = cli.add(sub, "search", _search, "list the provisions that fit a question best")
    search.add_argument("question")
    search.add_argument("-k", type=cli.positive, default=5, help="how many (default 5)")
    cli.language(search, "the question (default: detected)")
    cli.as_json(search)

    index = cli.group(sub, "index", "build or inspect the search index", "PART")
    cli.add(index, "build", _index_build, "build the search index")
    cli.as_json(cli.add(index, "inspect", cli.call("index.commands:run_inspect", "json"), "say what is in the index"))
    training = cli.call("bot.commands:run_train", "force")
    train = cli.add(sub, "train", training, "train the dialogue model when its files changed")
    train.add_argument("--force", action="store_true", help="train even when nothing changed")
    serving = cli.call("bot.commands:run_serve", "")
    cli.add(sub, "serve", serving, "run Rasa alone (the action server must run beside it)")
    cli.evaluate(sub, _run_evaluate)
    cli.imports(sub)
    cli.laws(sub)
    cli.data(sub, _data_build)
    cli.disclosed(sub)
    cli.festival(sub)
    cli.duties(sub)
    cli.reports(sub)
    cli.channels(sub)
    bench = cli.add(sub, "bench", _bench, "print speed and quality beside plain bm25s and plain MiniLM + FAISS")
    bench.add_argument("file", nargs="?", help="question set (provisions.jsonl); without one, our example questions")
    bench.add_argument("--no-rest", action="store_true", help="leave out the run over REST, which starts the bot")
    cli.as_json(bench)
    doctor = cli.add(sub, "doctor", _doctor, "say what is installed, built and reachable, and how to mend the rest")
    cli.as_json(doctor)
    return top


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
