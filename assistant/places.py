"""What a piece of plan is about: its own words with those above and around it, and the years that they tell."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.kinds import years_of
from assistant.understand import Understanding
from ingest.document import Chunk, Unit
from ingest.eras import Year
from ingest.search_text import normalise

_FISCAL_START = 4  # the month in which a fiscal year begins


def place_words(chunk: Chunk, unit: Unit) -> str:
    """Return the search text of a piece with its chunk's and its headings': everything that says what it is about."""
    columns = (cell.column for cell in chunk.row.cells) if chunk.row is not None else ()
    return " ".join([unit.search_text, chunk.search_text, *map(normalise, (*chunk.heading_path, *columns))])


def row_words(chunk: Chunk) -> str:
    """Return the search text of a row, "" for what is none."""
    return chunk.search_text if chunk.row is not None else ""


def years_stated(asked: Understanding, text: str) -> float:
    """Return the share of the question's years that a text states; a month asked for must be there too."""
    return share_stated(asked.years, years_of(text))


def share_stated(asked: Sequence[Year], stated: Sequence[Year]) -> float:
    """Return the share of the years asked for that are among those stated."""
    return sum(any(_same_time(year, other) for other in stated) for year in asked) / max(len(asked), 1)


def _same_time(asked: Year, stated: Year) -> bool:
    year = stated.year - (asked.fiscal and not stated.fiscal and 0 < stated.month < _FISCAL_START)
    return asked.year == year and (not asked.month or not stated.month or asked.month == stated.month)
