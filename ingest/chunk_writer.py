"""What writes the chunks of one plan: ids, quotes of bounded length, search text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Chunk, Kind, Plan, Row, Span, Unit
from ingest.search_text import normalise
from ingest.sentences import trim
from ingest.variants import other_spellings

QUOTE_LIMIT = 300  # characters of one quote (the contract's limit)


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes the chunks of ``plan`` from spans of its ``text``; ``spellings`` is what ``ingest.variants`` finds in it."""

    plan: Plan
    text: str
    spellings: Mapping[str, tuple[str, ...]]

    def chunk(
        self,
        kind: Kind,
        span: Span,
        heading_path: tuple[str, ...],
        units: Sequence[Span],
        *,
        row: Row | None = None,
        term: str = "",
        also: str = "",
    ) -> Chunk:
        """Return a chunk of the plan; ``also`` is search text that stands elsewhere (a lead-in, a header)."""
        read = (Unit(s, normalise(s.of(self.text))) for s in self._bounded(units))
        quotable = tuple(unit for unit in read if unit.search_text)
        body = " ".join(unit.search_text for unit in quotable) if row is None else row_text(row)
        said = " ".join(part for part in (also, term, body) if part)
        # headings are searched with the chunk, so a word misread there is found through it as well
        words = f"{said} {other_spellings(' '.join((*heading_path, said)), self.spellings)}".strip()
        key = f"{self.plan.plan_id}|{span.start}|{span.end}|{kind}|{'|'.join(heading_path)}|{words}"
        return Chunk(
            chunk_id=hashlib.sha256(key.encode()).hexdigest()[:32],
            plan_id=self.plan.plan_id,
            municipality=self.plan.municipality,
            municipality_code=self.plan.municipality_code,
            kind=kind,
            span=span,
            heading_path=heading_path,
            search_text=words,
            units=quotable,
            row=row,
            term=term,
        )

    def _bounded(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Yield spans of at most QUOTE_LIMIT characters: a longer one is parted evenly, at a 、 wherever it has one."""
        for span in spans:
            while (length := span.end - span.start) > QUOTE_LIMIT:
                wish = length // -(-length // QUOTE_LIMIT)
                window = self.text[span.start : span.start + QUOTE_LIMIT]
                cuts = [i + 1 for i, c in enumerate(window) if c in "、\t"] or [QUOTE_LIMIT]
                cut = min(cuts, key=lambda at: abs(at - wish))
                yield trim(self.text, span.start, span.start + cut)
                span = trim(self.text, span.start + cut, span.end)
            if span.start < span.end:
                yield span


def row_text(row: Row) -> str:
    """Return a row that reads on its own: every filled cell after its column's name, and the unit that the table states."""
    cells = [f"{cell.column} {cell.value}".strip() for cell in row.cells if cell.value]
    stated = row.unit and all(row.unit != cell.value for cell in row.cells)
    return normalise("。".join([*cells, f"単位 {row.unit}"] if stated else cells))
