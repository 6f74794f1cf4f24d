"""The commands on imported statutes: ``ansim import law FILE…``, ``ansim law list``, ``ansim law diff``."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from knowledge.citation import find_citations
from knowledge.errors import KnowledgeError, LawTextError
from knowledge.import_reports import REFUSED, tell
from knowledge.provision import Provision
from knowledge.statute import Statute
from knowledge.statute_diff import as_table, diff_provision
from knowledge.statute_store import BUNDLED, DECREE_ID, StatuteStore, StatuteStoreError, Version


class LawCommandError(KnowledgeError):
    """What was asked for is not there, or cannot be understood."""


def run_import(files: list[str], as_json: bool) -> int:
    """Import each file and report it on its own line; exit status 1 when one was refused."""
    store = StatuteStore()
    reports = [import_file(store, name) for name in files]
    return tell(reports, {"folder": store.folder}, _told, as_json)


def import_file(store: StatuteStore, name: str) -> dict[str, Any]:
    """Import one file; what is wrong with it is part of the report. A full disk stops the whole import."""
    try:
        statute, result = store.add(Path(name).read_bytes())
    except LawTextError as error:
        return {"file": name, "result": REFUSED, "line": error.line, "problem": error.problem}
    except StatuteStoreError:
        raise
    except OSError as error:
        return {"file": name, "result": REFUSED, "line": None, "problem": f"cannot be read ({error.strerror})"}
    return {"file": name, "result": result, **described(statute)}


def described(statute: Statute) -> dict[str, Any]:
    """What a statute is, in plain values."""
    return {
        "law_id": statute.law_id,
        "title": statute.title,
        "kind": statute.kind,
        "number": statute.number,
        "promulgated": statute.promulgated.isoformat(),
        "in_force": statute.in_force.isoformat(),
        "form": statute.form,
        "articles": len(statute.law.living),
        "article_headings": len(statute.articles),
        "paragraphs": sum(1 for article in statute.law.living for p in article.paragraphs if not p.deleted),
        "attachments": len(statute.attachments),
    }


def _told(report: dict[str, Any]) -> str:
    if report["result"] == REFUSED:
        where = f"line {report['line']}: " if report["line"] else ""
        return f"{report['file']}: refused: {where}{report['problem']}"
    return (
        f"{report['file']}: {report['result']}: {report['title']} No. {report['number']}, "
        f"in force from {report['in_force']}, {report['articles']} articles, {report['paragraphs']} paragraphs"
    )


def run_list(as_json: bool) -> int:
    """List the imported statutes with their versions by in-force date; ``*`` marks the one in force today."""
    store, today = StatuteStore(), dt.date.today()
    rows = []
    for law_id in store.laws():
        current = store.newest_in_force(law_id, today)
        rows += [_row(version, version == current) for version in store.versions(law_id)]
    if as_json:
        print(json.dumps({"folder": str(store.folder), "versions": rows}, ensure_ascii=False, indent=1))
        return 0
    if not rows:
        print("No statute is imported; run: ansim import law FILE…")
    title = ""
    for row in rows:
        if row["title"] != title:
            title = row["title"]
            print(f"{title} ({row['kind']}, law id {row['law_id']})")
        mark = "*" if row["in_force_today"] else " "
        print(f" {mark} No. {row['number']}, promulgated {row['promulgated']}, in force from {row['in_force']}")
    return 0


def _row(version: Version, current: bool) -> dict[str, Any]:
    return {
        "law_id": version.law_id,
        "title": version.title,
        "kind": version.kind,
        "number": version.number,
        "promulgated": version.promulgated.isoformat(),
        "in_force": version.in_force.isoformat(),
        "language": version.language,
        "form": version.form,
        "sha256": version.sha256,
        "in_force_today": current,
    }


def run_diff(provision: str, law: str | None, old: str | None, new: str | None, as_json: bool) -> int:
    """Print two versions of a provision side by side.

    ``law`` is a law id or a title (default: the bundled decree); ``old`` and ``new`` are numbers or days.
    Default: from the bundled text's version (else the one before ``new``) to the newest in force.
    """
    store = StatuteStore()
    provision_id = read_provision(provision)
    law_id = _law(store, law)
    after = _chosen(store, law_id, new) if new else store.newest_in_force(law_id, dt.date.today())
    if after is None:
        raise LawCommandError(f"No version of law {law_id} is in force today; name one with --new.")
    before = _chosen(store, law_id, old) if old else _earlier(store, law_id, after)
    diff = diff_provision(before.statute(), after.statute(), provision_id)
    if as_json:
        about = {"old": _row(before, False), "new": _row(after, False)}
        for row in about.values():
            del row["in_force_today"]
        print(json.dumps({"versions": about, **diff.as_dict()}, ensure_ascii=False, indent=1))
    else:
        print(as_table(diff))
    return 0


def read_provision(text: str) -> str:
    """``73-9/4``, ``제73조의9제4항``, ``art 73-9(4)`` or ``73-9`` -> id; raises LawCommandError."""
    try:
        return Provision.parse(text, "", "").id
    except KnowledgeError:
        cited = find_citations(text)
        if not cited:
            raise LawCommandError(f"{text!r} is no provision; write it like 73-9/4 or 제73조의9제4항.") from None
        return cited[0].provision_id


def _law(store: StatuteStore, name: str | None) -> str:
    law_id = store.find(name) if name else DECREE_ID
    if law_id is None:
        raise LawCommandError(f"{name!r} is not imported; see: ansim law list")
    if not store.versions(law_id):
        raise LawCommandError("The decree is not imported; import its versions first: ansim import law FILE…")
    return law_id


def _chosen(store: StatuteStore, law_id: str, which: str) -> Version:
    """A version by number, or by a day on which it was in force."""
    found = store.version(law_id, which)
    if found is None:
        try:
            found = store.in_force_on(law_id, dt.date.fromisoformat(which))
        except ValueError:
            found = None
    if found is None:
        there = ", ".join(version.number for version in store.versions(law_id))
        raise LawCommandError(f"No version {which!r} is imported; there are: {there}. A day is written 2023-07-01.")
    return found


def _earlier(store: StatuteStore, law_id: str, after: Version) -> Version:
    from knowledge.later_changes import facts

    bundled = store.version(law_id, facts().text.number) if law_id in BUNDLED else None
    if bundled is not None and bundled != after:
        return bundled
    older = [version for version in store.versions(law_id) if version.in_force < after.in_force]
    if not older:
        raise LawCommandError(f"Only one version of law {law_id} is imported; import another one to compare.")
    return older[-1]
