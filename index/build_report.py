"""What a build did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.generation import PlanEntry


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, by plan id in their order, and what there is now.

    ``unwritten`` were to be added, but whoever wrote their municipality died over it every time; it is as it was.
    """

    generation: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    chunks: int
    unwritten: tuple[str, ...] = ()


def report(
    generation: str,
    before: Mapping[str, PlanEntry],
    entries: Iterable[PlanEntry],
    unwritten: Iterable[str] = (),
) -> BuildReport:
    """Return what has changed between the plans of two generations, by their ids."""
    now = {entry.plan.plan_id: entry for entry in entries}
    kept = [plan_id for plan_id in now if plan_id in before]
    same = {plan_id for plan_id in kept if now[plan_id].digest == before[plan_id].digest}
    return BuildReport(
        generation,
        added=tuple(plan_id for plan_id in now if plan_id not in before),
        changed=tuple(plan_id for plan_id in kept if plan_id not in same),
        unchanged=tuple(plan_id for plan_id in kept if plan_id in same),
        removed=tuple(plan_id for plan_id in before if plan_id not in now),
        chunks=sum(entry.chunks for entry in now.values()),
        unwritten=tuple(sorted(unwritten)),
    )
