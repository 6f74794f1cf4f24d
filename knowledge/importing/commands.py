"""The command ``ansim import data FILE…``: disclosed facilities and hazards from files into the catalogue."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path

from knowledge.catalogue.model import Source
from knowledge.errors import KnowledgeError
from knowledge.importing.errors import ImportDataError, UnknownKindError
from knowledge.importing.mapping import Recipe
from knowledge.importing.report import ImportReport
from knowledge.importing.run import Input

EXIT_REFUSED = 1
_TELL_EVERY = 20_000


def run_import_data(
    files: list[str],
    source: str | None = None,
    kind: str | None = None,
    as_of: str | None = None,
    as_json: bool = False,
    catalogue_address: str | None = None,
) -> int:
    """Import files as one source and print the report; exit status 1 with one sentence when nothing was changed."""
    try:
        report = import_data(files, source, kind, as_of, catalogue_address)
    except KnowledgeError as error:
        print(json.dumps({"error": str(error)}, ensure_ascii=False) if as_json else str(error), file=sys.stderr)
        return EXIT_REFUSED
    print(json.dumps(report.plain(), ensure_ascii=False, indent=1) if as_json else report.text())
    return 0


def import_data(
    files: list[str],
    source_id: str | None = None,
    kind: str | None = None,
    as_of: str | None = None,
    catalogue_address: str | None = None,
    today: dt.date | None = None,
) -> ImportReport:
    """Import files as one source into the catalogue; raises KnowledgeError when nothing was changed."""
    from knowledge.catalogue.opening import open_catalogue
    from knowledge.importing.areas import home_areas
    from knowledge.importing.known import checked_as_of
    from knowledge.importing.rejected import rejected_folder
    from knowledge.importing.run import Importer, run_import

    today = today or dt.date.today()
    given = checked_as_of(as_of, today)
    if not files:
        raise ImportDataError("No file is named; give at least one.")
    inputs = [_input(Path(name)) for name in files]
    source, recipe, inputs = planned(inputs, source_id, kind)
    importer = Importer(source, recipe, inputs, home_areas(), today)
    catalogue = open_catalogue(catalogue_address)
    try:
        return run_import(importer, catalogue, given, rejected_folder(), _progress)
    finally:
        catalogue.close()


def _input(path: Path) -> Input:
    from knowledge.importing.reading import read_file

    try:
        modified = dt.date.fromtimestamp(path.stat().st_mtime).isoformat()
        return Input(path.name, read_file(path), modified=modified)
    except OSError as error:
        raise ImportDataError(f"{path} cannot be read ({error.strerror}); check the name.") from None
    except ImportDataError as error:
        raise type(error)(*_named(path, error)) from None


def _named(path: Path, error: ImportDataError) -> tuple[str, ...]:
    from knowledge.importing.errors import RefusedByPublisherError

    if isinstance(error, RefusedByPublisherError):
        return error.code, f"{error.publisher_message} (in {path.name})"
    return (f"{path.name}: {error}",)


def planned(inputs: list[Input], source_id: str | None, kind: str | None) -> tuple[Source, Recipe, list[Input]]:
    """The source and the recipe for these tables, and the tables with how their kind was told.

    A known id takes its manifest; any other name, or none, makes a source whose publisher is unknown.
    """
    from knowledge.importing.kinds import BY_ROW, check_kinds
    from knowledge.importing.known import (
        ad_hoc_source,
        imported_by_user,
        known_ids,
        known_source,
        recipe_for_user,
        slug,
    )

    check_kinds([kind] if kind else [])
    known = source_id if source_id in known_ids() else None
    if known:
        source = imported_by_user(known_source(known), [one.name for one in inputs])
        recipe = recipe_for_user(known)
        if kind and kind not in source.kinds:
            raise UnknownKindError(f"{known} holds {', '.join(source.kinds)}; leave out --kind or name another source.")
        return source, recipe, [replace(one, kind_from="the source's manifest") for one in inputs]
    told = [(kind, "--kind") if kind else _kind_told(one) for one in inputs]
    kinds = sorted({one for one, _ in told})
    if len(kinds) > 1:
        raise UnknownKindError(
            f"The files hold different kinds ({', '.join(kinds)}); import each with a command of its own."
        )
    name = slug(source_id) if source_id else f"import-{slug(Path(inputs[0].name).stem)}"
    source = ad_hoc_source(name, kinds[0] if kinds[0] != BY_ROW else "", [one.name for one in inputs])
    marked = [replace(one, kind_from=told_from) for one, (_, told_from) in zip(inputs, told, strict=True)]
    return source, Recipe(kind=kinds[0]), marked


def _kind_told(one: Input) -> tuple[str, str]:
    from knowledge.importing.columns import match
    from knowledge.importing.kinds import kind_of
    from knowledge.importing.run import check_usable

    check_usable(one.name, match(one.table.columns), "welfare_centre")
    return kind_of(one.table, one.name)


def _progress(what: str, done: int) -> None:
    if done % _TELL_EVERY == 0:
        print(f"… {done:,} rows {what}", file=sys.stderr, flush=True)
