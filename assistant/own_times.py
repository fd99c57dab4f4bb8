"""Whether a piece of plan tells of the plan's own period and date, and not of another plan's."""

from __future__ import annotations

import re

from assistant.definitions import TOPIC_NOUN, letters
from assistant.kinds import years_of
from assistant.own_wording import OWN_DATE, OWN_PERIOD
from assistant.places import row_words
from assistant.understand import Understanding
from assistant.wording import Wanted
from ingest.document import Chunk, Kind, Span, Unit
from ingest.search_text import normalise
from ingest.tables.row_words import is_arrow

COVER_LENGTH = 40  # characters of a date on a cover with the words around it
_PLAN_PERIOD = re.compile(r"計画の?期間|期間を定め")
_ANY_PERIOD = re.compile(r"期間|[0-9][年度)]{0,4}(?:から|[~〜-])[^。、]{0,12}[0-9]")
_OTHER_PLAN = re.compile(r"「([^」]{2,40}(?:計画|プラン|戦略))」")


def asks_own_date(asked: Understanding) -> bool:
    """Return whether a question asks when the plan itself was made or revised."""
    return (
        Wanted.DATE in asked.wanted and Wanted.REASON not in asked.wanted and OWN_DATE.search(asked.focus) is not None
    )


def asks_own_times(asked: Understanding) -> bool:
    """Return whether a question asks for the period of the plan itself, or when it was made or revised."""
    return asks_own_date(asked) or asks_own_period(asked)


def asks_own_period(asked: Understanding) -> bool:
    """Return whether a question asks for the period of the plan itself, and not on: 「それはいつまで」 is about what was told."""
    asks_on = any(word.from_history for word in asked.words) and OWN_PERIOD.search(asked.focus) is None
    return Wanted.PERIOD in asked.wanted and not asks_on and _names_nothing_else(asked)


def is_own_date(unit: Unit, dates: frozenset[tuple[int, int]]) -> bool:
    """Return whether a piece is little more than one of a plan's own dates, as on its cover."""
    short = unit.span.end - unit.span.start <= COVER_LENGTH
    return bool(dates) and short and any((year.year, year.month) in dates for year in years_of(unit.search_text))


def states_period(unit: Unit, stated: Span | None) -> bool:
    """Return whether a piece is where the plan's period was read, ``stated``."""
    return stated is not None and unit.span.start < stated.end and stated.start < unit.span.end


def is_own_period(asked: Understanding, chunk: Chunk, unit: Unit, stated: Span | None = None) -> bool:
    """Return whether a sentence tells the plan's period, which is what the question asks for; ``stated`` is where it was read."""
    if states_period(unit, stated):
        return True
    if chunk.row is not None or chunk.kind is Kind.ENTRY:  # a glossary tells of other plans
        return False
    if not (_names_nothing_else(asked) or OWN_PERIOD.search(asked.focus)):
        return False
    return _PLAN_PERIOD.search(f"{normalise(' '.join(chunk.heading_path[-1:]))} {unit.search_text}") is not None


def tells_no_period(asked: Understanding, chunk: Chunk, unit: Unit) -> bool:
    """Return whether the plan's own period is asked for and nothing else, and a piece is about none, or about another plan's.

    A year by which something is to be done is no end of a plan.
    """
    if Wanted.PERIOD not in asked.wanted or not _names_nothing_else(asked):
        return False
    if chunk.kind is Kind.ENTRY:
        return True
    words = f"{' '.join(chunk.heading_path[-1:])} {unit.search_text} {row_words(chunk)}"
    return not is_timeline(chunk) and _ANY_PERIOD.search(normalise(words)) is None


def _names_nothing_else(asked: Understanding) -> bool:
    """Return whether a question has no topic but a period: neither its own nor, where it does not name the plan, one from before."""
    named = OWN_PERIOD.search(asked.focus) is not None
    words = (word for word in asked.words if not (named and word.from_history))
    return not any(word.weight >= TOPIC_NOUN and word.term != "期間" for word in words)


def is_timeline(chunk: Chunk) -> bool:
    """Return whether a chunk is a row of arrows."""
    return chunk.row is not None and any(is_arrow(cell.value) for cell in chunk.row.cells)


def dates_other_plan(asked: Understanding, unit: Unit) -> bool:
    """Return whether a piece names another plan, of which it may tell the date or the period that is asked for."""
    if not asked.wanted & {Wanted.PERIOD, Wanted.DATE}:
        return False
    others = _OTHER_PLAN.findall(unit.search_text)
    return bool(others) and not any(letters(name) in letters(asked.focus) for name in others)
