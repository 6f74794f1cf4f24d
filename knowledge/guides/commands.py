"""The command on action guidelines: ``ansim import guides FILE…``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.guides.read import GuideError
from knowledge.guides.store import GuideStore
from knowledge.import_reports import REFUSED, tell


def run_import_guides(files: list[str], as_json: bool) -> int:
    """Import each response and report it on its own line; exit status 1 when one was refused."""
    store = GuideStore()
    reports = [import_guide(store, name) for name in files]
    return tell(reports, {"file": store.file}, _told, as_json)


def import_guide(store: GuideStore, name: str) -> dict[str, Any]:
    """Import one response; what is wrong with it is part of the report. A full disk stops the whole import."""
    try:
        group, result = store.add(Path(name).read_bytes())
    except GuideError as error:
        return {"file": name, "result": REFUSED, "problem": str(error)}
    except OSError as error:
        return {"file": name, "result": REFUSED, "problem": f"cannot be read ({error.strerror})"}
    return {
        "file": name,
        "result": result,
        "group": group.code,
        "name": group.name,
        "items": len(group.items),
        "texts": len(group.texts),
        "categories": list(group.categories),
    }


def _told(report: dict[str, Any]) -> str:
    if report["result"] == REFUSED:
        return f"{report['file']}: refused: {report['problem']}"
    return (
        f"{report['file']}: {report['result']}: {report['name']} ({report['group']}), {report['items']} items, "
        f"{report['texts']} texts, {len(report['categories'])} categories"
    )
