"""What reading a plan found, in numbers, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.document import Document, Kind, Plan, Span
from ingest.make_plan import agrees
from ingest.metadata.read_facts import StatedFacts
from ingest.metadata.stated import Stated
from ingest.municipalities import Municipality
from ingest.search_text import readable

# Fields of plans.toml that the text may state too, as people call them.
LABELS = {
    "municipality": "自治体",
    "prefecture": "都道府県",
    "title": "題名",
    "established": "策定",
    "revised": "改定",
    "valid_from": "期間の始まり",
    "valid_to": "期間の終わり",
}
# A contradiction about the period is settled by the field of plans.toml that says when the plan ends.
_SETTLED = {"period": ("valid_to", "計画期間")}
_QUOTE_LETTERS = 60


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
    return (*_with_entry(plan, entry, stated), *_within_text(entry, stated), *_missing(plan, sections))


def _with_entry(plan: Plan, entry: dict[str, Any], stated: StatedFacts) -> Iterator[str]:
    """Yield where ``plans.toml``, which counts, and the text differ."""
    for field in (name for name in LABELS if name in entry):
        fact: Stated[object] | None = getattr(stated, field)
        if fact is not None and not agrees(field, used := getattr(plan, field), fact.value):
            yield (
                f"{LABELS[field]}は plans.toml の「{_shown(used)}」を使います。本文からは「{_shown(fact.value)}」と読み取れます"
                f"（{_quoted(stated.text, fact.span)}）。"
            )


def _within_text(entry: dict[str, Any], stated: StatedFacts) -> Iterator[str]:
    """Yield where the text contradicts itself and ``plans.toml`` does not say which is right."""
    for conflict in stated.conflicts:
        field, label = _SETTLED.get(conflict.field, (conflict.field, LABELS.get(conflict.field, "")))
        if field not in entry:
            used, other = _quoted(stated.text, conflict.used), _quoted(stated.text, conflict.other)
            yield f"{label}の書き方が本文の中で異なります。{used}を使います。{other}も確かめてください。"
    if stated.miscounted is not None and "valid_to" not in entry:
        place = _quoted(stated.text, stated.miscounted.span)
        yield f"計画期間の年数が、始まりと終わりの年に合いません（{place}）。始まりと終わりの年を使います。"


def _missing(plan: Plan, sections: int) -> Iterator[str]:
    if plan.valid_to is None:
        yield "計画期間の終わりが分かりません。期間が過ぎても、そのことを知らせられません。分かれば plans.toml に書いてください。"
    if not sections:
        yield "見出しが見つかりませんでした。見出しの書き方を確かめてください。"


def _quoted(text: str, span: Span) -> str:
    """Return a place as people look it up: its line and its words, long ones cut."""
    words = readable(span.of(text))
    words = words if len(words) <= _QUOTE_LETTERS else f"{words[:_QUOTE_LETTERS]}…"
    line = text.count("\n", 0, span.start) + 1
    return f"{line}行目「{words}」"


def _shown(value: object) -> str:
    if isinstance(value, Municipality):
        return value.name
    return value.isoformat() if isinstance(value, date) else str(value or "なし")
