"""What a plan says of itself: municipality, title, dates and period, each with the place that states it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.metadata.dates import read_dates
from ingest.metadata.municipality import read_municipality
from ingest.metadata.period import Period, read_periods
from ingest.metadata.plan_lines import colophon_lines, cover_lines, running_heads
from ingest.metadata.stated import Conflict, Stated, conflicts, first
from ingest.metadata.title import read_titles, same_title
from ingest.municipalities import Municipality
from ingest.read_lines import read_lines

_COLOPHON = re.compile(r"発行|編集|策定|改[定訂正]|制定|問い?合わせ|計画|プラン|ビジョン|戦略|方針|[市区町村]")


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """What the text states; ``None`` where it states nothing.

    ``conflicts`` are the places where it states another thing than what counts; ``miscounted`` is a period whose length is
    stated wrongly.
    """

    text: str
    municipality: Stated[Municipality] | None
    prefecture: Stated[str] | None
    title: Stated[str] | None
    established: Stated[date] | None
    revised: Stated[date] | None
    valid_from: Stated[date] | None
    valid_to: Stated[date] | None
    conflicts: tuple[Conflict, ...] = ()
    miscounted: Stated[Period] | None = None


def read_facts(text: str) -> StatedFacts:
    """Return the metadata that a plan's text states."""
    lines = read_lines(text)
    cover = cover_lines(text, lines)
    starts = {line.span.start for line in cover}
    colophon = [line for line in colophon_lines(text, lines) if line.span.start not in starts]
    front = [*cover, *(colophon if any(_COLOPHON.search(line.words) for line in colophon) else [])]
    municipality, prefecture = read_municipality(text, lines, front)
    titles = read_titles(
        text, lines, front, running_heads(text, lines), municipality.value.name if municipality else ""
    )
    title = first(titles)
    established, revised = read_dates(text, lines, front)
    periods = read_periods(text, lines, front, title.value if title else "")
    period = first(periods)
    return StatedFacts(
        text=text,
        municipality=municipality,
        prefecture=prefecture,
        title=title,
        established=first(established),
        revised=first(revised),
        valid_from=Stated(period.value.first, period.span) if period and period.value.first else None,
        valid_to=Stated(period.value.last, period.span) if period else None,
        conflicts=(*_other_titles(titles), *_other_days("established", established), *_other_periods(periods)),
        miscounted=period if period and period.value.miscounted else None,
    )


def _other_titles(titles: Sequence[Stated[str]]) -> list[Conflict]:
    return list(
        conflicts("title", [*titles[:1], *(title for title in titles if not same_title(title.value, titles[0].value))])
    )


def _other_days(field: str, days: Sequence[Stated[date]]) -> Iterable[Conflict]:
    """Return where the text states another month; a month stands for its first day, and contradicts no day of it."""
    return conflicts(field, [replace(day, value=day.value.replace(day=1)) for day in days])


def _other_periods(periods: Sequence[Stated[Period]]) -> Iterable[Conflict]:
    """Return where the text states another period, whatever it says of their lengths."""
    return conflicts("period", [Stated((p.value.first, p.value.last), p.span) for p in periods])
