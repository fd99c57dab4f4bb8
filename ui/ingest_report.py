"""What became of the files that were to be taken in, for programs: the command line's ``--json`` and the admin API."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue

    from ui.refresh import ReadPlan, Refreshed

CHANGES = (("added", "追加"), ("changed", "変更"), ("unchanged", "変更なし"), ("removed", "削除"))


def report_json(refreshed: Refreshed) -> dict[str, JsonValue]:
    """Return what became of each file, for programs."""
    built = refreshed.built
    changes: dict[str, JsonValue] = {name: list(getattr(built, name)) if built else [] for name, _ in CHANGES}
    refused: list[JsonValue] = [{"path": str(it.path), "reason": it.reason} for it in refreshed.refused]
    read: list[JsonValue] = [_read_json(plan) for plan in refreshed.read]
    left_out: list[JsonValue] = list(map(str, refreshed.left_out))
    chunks = built.chunks if built else None
    return changes | {"refused": refused, "left_out": left_out, "chunks": chunks, "read": read}


def _read_json(read: ReadPlan) -> JsonValue:
    found: dict[str, JsonValue] = dict(asdict(read.found))
    return {
        "plan_id": read.plan.plan_id,
        "municipality": read.plan.municipality,
        "title": read.plan.title,
        "extractor": read.plan.extractor,
        "characters": read.characters,
        "pages": read.pages or None,
        "found": found | {"commitments": read.commitments},
        "doubts": list(read.doubts),
    }
