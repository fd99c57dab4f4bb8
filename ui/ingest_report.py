"""What became of the files that were to be taken in, for programs: the command line's ``--json`` and the admin API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue

    from index.build_report import BuildReport
    from ui.refresh import ReadPlan, Refreshed

CHANGES = (("added", "追加"), ("changed", "変更"), ("unchanged", "変更なし"), ("removed", "削除"))


def change_lines(built: BuildReport) -> Iterator[str]:
    """Yield what changed in the index, for people."""
    for name, label in CHANGES:
        plan_ids: tuple[str, ...] = getattr(built, name)
        yield f"{label}: {len(plan_ids)}件" + (f"（{'、'.join(plan_ids)}）" if plan_ids else "")


def changes_json(built: BuildReport | None) -> dict[str, JsonValue]:
    """Return what changed in the index, for programs; ``None`` changed nothing."""
    return {name: list(getattr(built, name)) if built else [] for name, _ in CHANGES}


def report_json(refreshed: Refreshed) -> dict[str, JsonValue]:
    """Return what became of each file, for programs."""
    built = refreshed.built
    refused: list[JsonValue] = [{"path": str(it.path), "reason": it.reason} for it in refreshed.refused]
    read: list[JsonValue] = [_read_json(plan) for plan in refreshed.read]
    left_out: list[JsonValue] = list(map(str, refreshed.left_out))
    chunks = built.chunks if built else None
    return changes_json(built) | {"refused": refused, "left_out": left_out, "chunks": chunks, "read": read}


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
