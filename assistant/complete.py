"""What the first pieces of an answer leave open: a question for a unit and a year needs both, and a list that is announced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import Evidence
from assistant.kinds import holds
from assistant.statement import Quote
from assistant.understand import Understanding
from assistant.wording import ASKS_STATE, MEASURE_HEADING, STATE_HEADING, Wanted
from ingest.document import Chunk, Kind, Unit

PARTS = (Wanted.WHO, Wanted.PERIOD, Wanted.DATE, Wanted.NUMBER, Wanted.REASON)  # kinds that are asked for side by side
_DITTO = re.compile(r"同上|〃|同左")
_ANNOUNCES = re.compile(
    r"(?:次|以下|下記|下表|下図)(?:の|に|[0-9])|(?:とおり|通り)(?:です|である|とする|とします)?[。:]?$"
)


def left_open(asked: Understanding, found: Sequence[Evidence], said: str, first: Chunk) -> list[Evidence]:
    """Return the best piece of the same section for each wanted kind that what is ``said`` does not hold, in the plan's order.

    ``found`` is all evidence of the plan, best first; ``said`` is search text; ``first`` is the chunk that the answer begins with.
    """
    kinds = [kind for kind in PARTS if kind in asked.wanted]
    if not kinds:
        return []
    chosen: list[Evidence] = []
    for kind in kinds:
        if _held(kind, " ".join([said, *(e.unit.search_text for e in chosen)]), asked):
            continue
        near = [e for e in found if same_record(first, e.chunk) and _held(kind, e.unit.search_text, asked)]
        chosen += near[:1]
    return sorted(chosen, key=lambda e: e.unit.span.start)


def remedy(
    asked: Understanding, found: Sequence[Evidence], taken: Sequence[Quote], chunks: Sequence[Chunk]
) -> list[Evidence]:
    """Return what the record's own measures say best, where the pieces taken tell only of the state that calls for them.

    A resident tells of a trouble in the words in which a plan describes it; what is asked is what will be done. Where no
    search found the measures, for they share no word with the trouble, they begin with their first piece.
    """
    if not taken or ASKS_STATE.search(asked.focus) or asked.wanted & {Wanted.NUMBER, Wanted.DATE, Wanted.REASON}:
        return []
    if not all(STATE_HEADING.search(_heading(quote.chunk)) for quote in taken):
        return []
    first = taken[0].chunk
    near = [e for e in found if _measures(e.chunk, first)]
    unread = (c for c in chunks if _measures(c, first))
    return near[:1] or [replace(found[0], chunk=c, unit=c.units[0]) for c in unread][:1]


def _measures(chunk: Chunk, first: Chunk) -> bool:
    """Return whether a chunk tells what the record will do: words, not the arrows of its schedule."""
    return chunk.row is None and MEASURE_HEADING.search(_heading(chunk)) is not None and same_record(first, chunk)


def record_title(chunk: Chunk, chunks: Sequence[Chunk]) -> Chunk | None:
    """Return the piece that names the record of which ``chunk`` is a field, or ``None`` for any other chunk."""
    if chunk.kind is not Kind.CARD or len(chunk.heading_path) < 2:
        return None
    above = chunk.heading_path[:-1]
    return next(
        (c for c in chunks if c.kind is Kind.CARD and c.plan_id == chunk.plan_id and c.heading_path == above), None
    )


def meant_by_ditto(evidence: Evidence, chunks: Sequence[Chunk]) -> tuple[Chunk, Unit] | None:
    """Return what 「同上」 in a piece stands for: the same field of the record before that has words of its own."""
    if not _DITTO.search(evidence.unit.search_text):
        return None
    label = evidence.unit.search_text.partition(":")[0]
    before = [
        (c, u)
        for c in chunks
        if c.plan_id == evidence.chunk.plan_id and c.kind is evidence.chunk.kind and _heading_kind(c, evidence.chunk)
        for u in c.units
        if u.span.end <= evidence.unit.span.start and not _DITTO.search(u.search_text)
    ]
    if evidence.chunk.kind is not Kind.CARD:
        before = [(c, u) for c, u in before if ":" in u.search_text and u.search_text.partition(":")[0] == label]
    return before[-1] if before else None


def _heading_kind(one: Chunk, other: Chunk) -> bool:
    """Return whether two chunks are fields of one name; chunks that are no fields always are."""
    return one.kind is not Kind.CARD or _heading(one) == _heading(other)


def _heading(chunk: Chunk) -> str:
    return chunk.heading_path[-1] if chunk.heading_path else ""


def announced(first: Evidence, chunks: Sequence[Chunk]) -> Chunk | None:
    """Return the list that a piece announces (「次の3点に整理しました。」), or the headings below it, else ``None``."""
    title = first.chunk.kind is Kind.PARAGRAPH and not first.unit.search_text.endswith("。")
    if not title and not _ANNOUNCES.search(first.unit.search_text):
        return None
    after = [c for c in chunks if c.plan_id == first.chunk.plan_id and c.units[0].span.start >= first.unit.span.end]
    nearest = min(after, key=lambda c: c.units[0].span.start, default=None)
    if nearest is not None and nearest.kind is Kind.LIST:
        return nearest
    return next((c for c in after if c.kind is Kind.OUTLINE and c.heading_path == first.chunk.heading_path), None)


def _held(kind: Wanted, text: str, asked: Understanding) -> bool:
    return holds(text, frozenset({kind}), asked.focus) > 0


def same_record(first: Chunk, other: Chunk) -> bool:
    """Return whether two chunks stand under the same heading, or are fields of one record."""
    if first.plan_id != other.plan_id or not first.heading_path:
        return False
    if first.kind is Kind.CARD and other.kind is Kind.CARD and len(first.heading_path) > 1:
        return first.heading_path[:-1] == other.heading_path[:-1]
    return first.heading_path == other.heading_path
