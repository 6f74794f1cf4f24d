"""Fetched rows into the catalogue, by the same importer that reads a user's files.

Where the product comes with a list of the home city's own beside one of the rest of the country, the fetched
rows take the place of both, each with its share, so that no place is held twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.catalogue.model import Catalogue, Record, Source
from knowledge.importing.areas import Areas, home_areas
from knowledge.importing.cleaning import home
from knowledge.importing.known import ad_hoc_source, known_ids, known_source, slug
from knowledge.importing.mapping import Recipe
from knowledge.importing.reading import read_file
from knowledge.importing.rejected import RejectedRows
from knowledge.importing.report import ImportReport
from knowledge.importing.run import Importer, Input, Progress, run_import
from knowledge.register.datasets import Dataset
from knowledge.register.topics import topics

COUNTRY, HOME = "korea-", "ansan-"
Keep = Callable[[Record], bool]


@dataclass(frozen=True)
class Share:
    """A source and which of the fetched records become its own."""

    source: Source
    keep: Keep


class SharedImporter(Importer):
    """An importer that yields one share of the records."""

    def __init__(
        self, share: Share, recipe: Recipe, inputs: Sequence[Input], areas: Areas | None, today: dt.date
    ) -> None:
        super().__init__(share.source, recipe, inputs, areas, today)
        self._keep = share.keep

    def records(self, rejected: Sequence[RejectedRows | None], progress: Progress | None = None) -> Iterator[Record]:
        return (record for record in super().records(rejected, progress) if self._keep(record))


def import_rows(
    dataset: Dataset,
    rows: Path,
    parameters: Mapping[str, str],
    catalogue: Catalogue,
    today: dt.date,
    tell: Callable[[str], None],
) -> list[ImportReport]:
    """Import a file of fetched rows (a JSON list); one report for each source that was replaced.

    Raises ImportDataError or CatalogueError; a source is replaced as a whole or not at all.
    """
    areas = home_areas()
    inputs = [Input(f"{dataset.id}.json", read_file(rows), "the dataset", today.isoformat())]
    reports = []
    for share in shares(dataset, parameters, areas, today):
        importer = SharedImporter(share, Recipe(kind=dataset.kind), inputs, areas, today)
        importer.look()
        if any(True for _ in importer.records([None])):
            importer = SharedImporter(share, Recipe(kind=dataset.kind), inputs, areas, today)
            reports.append(run_import(importer, catalogue))
        else:
            tell(f"{share.source.id}: no fetched row belongs to it; what is held of it was left as it is")
    return reports


def shares(dataset: Dataset, parameters: Mapping[str, str], areas: Areas | None, today: dt.date) -> list[Share]:
    """The sources that the rows of a dataset become."""
    if dataset.asks:
        named = [parameters[name] for name in dataset.asks]
        source = _source(dataset, slug("-".join([dataset.id, *named])), (), today)
        title = {language: f"{name} ({' '.join(named)})" for language, name in source.title.items()}
        return [Share(replace(source, title=title), lambda _: True)]
    own = HOME + dataset.source.removeprefix(COUNTRY)
    if areas is None or own not in known_ids():
        return [Share(_source(dataset, dataset.source, ("KR",), today), lambda _: True)]
    inside = _inside(areas)
    code = home().code
    return [
        Share(_source(dataset, own, (code,), today), inside),
        Share(_source(dataset, dataset.source, (f"KR-{code}",), today), lambda record: not inside(record)),
    ]


def _inside(areas: Areas) -> Keep:
    """Whether a record lies in the home city: by its point, else as it states."""

    def inside(record: Record) -> bool:
        if record.lat is None or record.lon is None:
            return home().city in f"{record.district} {record.address}"
        return areas.locate(record.lat, record.lon) is not None

    return inside


def _source(dataset: Dataset, source_id: str, coverage: tuple[str, ...], today: dt.date) -> Source:
    """The bundled source of that id with the fetch's own origin, or one made from the register."""
    if source_id in known_ids():
        base = known_source(source_id)
    else:
        topic = next((each for each in topics().values() if dataset.id in each.fetch), None)
        made = ad_hoc_source(source_id, dataset.kind, [dataset.id])
        base = replace(made, title=dict(dataset.name), publisher=dict(topic.publisher) if topic else made.publisher)
    number = f", data.go.kr {dataset.number}" if dataset.number else ""
    return replace(
        base,
        id=source_id,
        kinds=(dataset.kind,),
        dataset=f"{dataset.name['ko']}, {dataset.id}{number}",
        url=dataset.apply_at,
        licence="the terms of the dataset on the portal apply (포털에 적힌 이용 조건을 따름)",
        as_of="",
        coverage=coverage,
        defects={
            "ko": f"{today.isoformat()}에 포털의 서비스에서 직접 받은 자료입니다.",
            "en": f"Fetched from the portal's own service on {today.isoformat()}.",
        },
        digest="",
    )
