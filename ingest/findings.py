"""What reading a plan found, in numbers, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.document import Document, Kind, Plan
from ingest.metadata import StatedFacts
from ingest.search_text import normalise

# Fields of plans.toml that the text may state too, as people call them.
_FIELDS = (
    ("title", "題名"),
    ("established", "策定"),
    ("revised", "改定"),
    ("valid_from", "期間の始まり"),
    ("valid_to", "期間の終わり"),
)


@dataclass(frozen=True, slots=True)
class Findings:
    """How many sections, paragraphs, lists, tables (with their rows), definitions and record cards a document has."""

    sections: int
    paragraphs: int
    lists: int
    tables: int
    rows: int
    definitions: int
    cards: int


def count(document: Document) -> Findings:
    """Return what reading found in a document."""
    kinds = [chunk.kind for chunk in document.chunks]
    paths = {chunk.heading_path[:depth] for chunk in document.chunks for depth in range(1, len(chunk.heading_path) + 1)}
    return Findings(
        sections=len(paths),
        paragraphs=kinds.count(Kind.PARAGRAPH),
        lists=kinds.count(Kind.LIST),
        tables=len({chunk.row.table_span for chunk in document.chunks if chunk.row is not None}),
        rows=kinds.count(Kind.ROW),
        definitions=kinds.count(Kind.ENTRY),
        cards=sum(chunk.kind is Kind.CARD and chunk.span == chunk.units[0].span for chunk in document.chunks),
    )


def doubts(plan: Plan, entry: dict[str, Any], stated: StatedFacts, sections: int) -> tuple[str, ...]:
    """Return sentences, in Japanese, about what a person should check: contradictions and what was not found."""
    return tuple(_doubts(plan, entry, stated, sections))


def _doubts(plan: Plan, entry: dict[str, Any], stated: StatedFacts, sections: int) -> Iterator[str]:
    if stated.municipality is not None and stated.municipality.name != plan.municipality:
        yield _differs("自治体", plan.municipality, stated.municipality.name)
    for name, label in _FIELDS:
        read = getattr(stated, name)
        used = getattr(plan, name)
        if name in entry and read and normalise(_shown(read)) != normalise(_shown(used)):
            yield _differs(label, _shown(used), _shown(read))
    if plan.valid_to is None:
        yield "計画期間の終わりが分かりません。期間が過ぎても、そのことを知らせられません。分かれば plans.toml に書いてください。"
    if not sections:
        yield "見出しが見つかりませんでした。見出しの書き方を確かめてください。"


def _differs(label: str, used: str, read: str) -> str:
    return f"{label}は plans.toml の「{used}」を使います。本文からは「{read}」と読み取れます。"


def _shown(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or "なし"
