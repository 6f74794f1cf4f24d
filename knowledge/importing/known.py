"""The sources that come with the product: ``knowledge/sources/<id>/manifest.json`` and ``recipe.json``.

``manifest.json`` holds the fields of ``Source``; ``recipe.json`` how its rows are made: the files below the
folder of disclosed data, the kind, what is left out, and why the staleness limit is what it is.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.catalogue.fields import source_from_json
from knowledge.catalogue.model import Source, last_day
from knowledge.importing.errors import ImportDataError
from knowledge.importing.mapping import Recipe

SOURCES = Path(__file__).resolve().parent.parent / "sources"
_STALE_AFTER_DAYS = 365
_OPTIONS = ("geocoded", "only_name_and_point", "drop_without_point", "drop_inside_home")


def known_ids() -> list[str]:
    """Ids of the sources that have a manifest here."""
    return sorted(path.parent.name for path in SOURCES.glob("*/manifest.json"))


def known_source(source_id: str) -> Source:
    """The source of a manifest; raises ImportDataError when there is none or it is broken."""
    path = SOURCES / source_id / "manifest.json"
    try:
        source = source_from_json(path.read_text("utf-8"))
        last_day(source.as_of)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ImportDataError(f"{path}: the manifest cannot be read ({error}); restore it from the release.") from None
    return source


def recipe_text(source_id: str) -> dict[str, Any]:
    """``recipe.json`` of a known source as it stands."""
    values: dict[str, Any] = json.loads((SOURCES / source_id / "recipe.json").read_text("utf-8"))
    return values


def recipe_of(source_id: str) -> Recipe:
    """How a known source is imported."""
    values = recipe_text(source_id)
    options = {name: bool(values.get(name)) for name in _OPTIONS}
    return Recipe(kind=values["kind"], as_of_by_point_source=values.get("as_of_by_point_source", {}), **options)


def imported_by_user(source: Source, files: list[str]) -> Source:
    """A known source whose rows the user brings: what is known of our copy is said to be about that copy."""
    names = ", ".join(files)
    told = {
        "ko": f"사용자가 가져온 파일: {names}. 다음 설명은 제품에 들어 있던 이전 사본에 관한 것입니다: ",
        "en": f"Imported by the user from {names}. What follows is about the older copy that came with the product: ",
    }
    return replace(source, defects={lang: text + source.defects.get(lang, "") for lang, text in told.items()})


def recipe_for_user(source_id: str) -> Recipe:
    """How a user's file of a known source is imported: in full, but for rows that another list holds."""
    bundled = recipe_of(source_id)
    return Recipe(kind=bundled.kind, drop_inside_home=bundled.drop_inside_home)


def ad_hoc_source(source_id: str, kind: str, files: list[str]) -> Source:
    """A source for files that no manifest describes: the publisher is said to be unknown."""
    names = ", ".join(files)
    return Source(
        id=source_id,
        kinds=(kind,),
        title={"ko": names, "en": names},
        publisher={
            "ko": f"알 수 없음, 사용자가 가져온 파일 {names}",
            "en": f"unknown, imported by the user from {names}",
        },
        dataset="",
        url="",
        licence="not stated",
        as_of="",
        stale_after_days=_STALE_AFTER_DAYS,
        defects={
            "ko": "사용자가 가져온 자료라 제공 기관과 이용 조건을 확인하지 못했습니다.",
            "en": "Imported by the user; publisher and terms of use are not verified.",
        },
    )


def slug(name: str) -> str:
    """A source id from a name or a file's name: small letters, digits, Hangul and hyphens."""
    return re.sub(r"[^0-9a-z가-힣]+", "-", name.lower()).strip("-") or "data"


def checked_as_of(text: str | None, today: dt.date) -> str | None:
    """An as-of date as given on the command line; raises ImportDataError when it is no date or lies ahead."""
    if text is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
            raise ValueError
        last_day(text)
        starts = dt.date.fromisoformat(f"{text}-01-01"[: len("YYYY-MM-DD")] if len(text) < 10 else text)
    except ValueError:
        raise ImportDataError(f"{text!r} is no as-of date; write YYYY-MM-DD, YYYY-MM or YYYY.") from None
    if starts > today:
        raise ImportDataError(f"The as-of date {text} lies in the future; give the day the data stands for.")
    return text
