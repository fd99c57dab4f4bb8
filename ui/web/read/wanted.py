"""What a visit asks for, read from the address: a plan, a quote in it, words to look for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.index import Index
from ingest.document import Plan

LONGEST_SEARCH = 100  # characters
_DIGITS = 9  # of an offset; no plan is longer

NO_PLAN = "お探しの計画は見つかりませんでした。収録している計画を、下の一覧からお選びください。"
NO_QUOTE = "お探しの箇所は見つかりませんでした。計画が新しくなった可能性があります。下の一覧から計画をお選びください。"


@dataclass(frozen=True, slots=True)
class Wanted:
    """``plan`` to open, ``quote`` to show in it ((0, 0): none), ``words`` to look for ("": none)."""

    plan: Plan
    quote: tuple[int, int] = (0, 0)
    words: str = ""


class NotThereError(Exception):
    """The address names a plan or a place that the index does not hold; the message is for the visitor."""


def read_wanted(index: Index, query: Mapping[str, str]) -> Wanted | None:
    """Return what the address asks for, ``None`` where it names no plan.

    Raises:
        NotThereError: there is no such plan, or no such place in it.
    """
    name = query.get("plan", "")
    if not name:
        return None
    plan = next((plan for plan in index.plans if plan.plan_id == name), None)
    if plan is None:
        raise NotThereError(NO_PLAN)
    words = " ".join(query.get("q", "").split())[:LONGEST_SEARCH]
    if "start" not in query and "end" not in query:
        return Wanted(plan, words=words)
    start, end = (_offset(query.get(key, "")) for key in ("start", "end"))
    if not 0 <= start < end <= index.characters(name):
        raise NotThereError(NO_QUOTE)
    return Wanted(plan, (start, end), words)


def _offset(words: str) -> int:
    """Return a place in the text, -1 for what is none."""
    return int(words) if words.isascii() and words.isdigit() and len(words) <= _DIGITS else -1
