"""What a plan says of itself: municipality, title, dates and period, read from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ingest.eras import Year, find_years
from ingest.lines import LineKind, heading_text
from ingest.municipalities import Municipality, municipalities
from ingest.read_lines import read_lines
from ingest.search_text import normalise

_COVER_LINES = 12  # lines with words; a cover has fewer
_TITLE = re.compile(r".{0,40}(?:計画|方針|戦略|プラン|ビジョン|構想|指針)(?:[\s(（].{0,20})?")
_PERIOD = re.compile(r"計画(?:の)?期間|(?:本|この)計画の期間|対象期間|推進期間")
_TO = re.compile(r"から|~|-|より")
_REVISED = re.compile(r"改[定正訂]|見直し|一部変更")
_DATED = re.compile(rf"策定|制定|発行|{_REVISED.pattern}")
_COVER_WEIGHT = 5  # a name on the cover counts as five in the text


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """What the text states; ``None`` or "" where it states nothing."""

    municipality: Municipality | None
    title: str
    established: date | None
    revised: date | None
    valid_from: date | None
    valid_to: date | None


def read_facts(text: str) -> StatedFacts:
    """Return the metadata that a plan's text states."""
    cover = _cover(text)
    established, revised = _dates(cover)
    valid_from, valid_to = _period(text)
    municipality = _municipality(text, cover)
    return StatedFacts(municipality, _title(cover, municipality), established, revised, valid_from, valid_to)


def _cover(text: str) -> list[str]:
    """Return the normalised lines before the contents page or the first numbered heading."""
    lines: list[str] = []
    for line in read_lines(text):
        numbered = line.kind is LineKind.HEADING and not line.style.startswith("#")
        if line.kind is LineKind.CONTENTS or numbered or len(lines) == _COVER_LINES or len(line.text) > 100:
            break
        if line.kind not in (LineKind.BLANK, LineKind.FURNITURE):
            lines.append(normalise(heading_text(line.text)))
    return lines


def _municipality(text: str, cover: Sequence[str]) -> Municipality | None:
    body, front = normalise(text), "".join(cover)
    named = [m for m in municipalities() if m.name in body]
    if not named:
        return None
    counts = {m.name: body.count(m.name) + _COVER_WEIGHT * front.count(m.name) for m in named}
    # where one name ends another (A市 in BA市), the longer one's count is taken off the shorter one's
    own = {
        name: n - sum(counts[other] for other in counts if name != other and name in other)
        for name, n in counts.items()
    }
    # a name borne in several prefectures belongs to the one that the text names
    return max(named, key=lambda m: (own[m.name], body.count(m.prefecture)))


def _title(cover: Sequence[str], municipality: Municipality | None) -> str:
    titles = [line for line in cover if _TITLE.fullmatch(line)]
    named = [line for line in titles if municipality is not None and municipality.name in line]
    return (named or titles or [f"{municipality.name}の計画" if municipality else ""])[0]


def _dates(cover: Sequence[str]) -> tuple[date | None, date | None]:
    """Return when the plan was established and when it was last revised: months beside 策定 or 改定, or beside no word."""
    established: list[date] = []
    revised: list[date] = []
    for line in cover:
        years = find_years(line)
        ends = [0, *(year.end for year in years), len(line)]
        word_first = bool(years) and _DATED.search(line[: years[0].start]) is not None
        for i, year in enumerate(years):
            if year.fiscal or not year.month:
                continue
            word = line[ends[i] : year.start] if word_first else line[year.end : [*ends[i + 2 : i + 3], len(line)][0]]
            (revised if _REVISED.search(word) else established).append(year.first_day)
    return min(established, default=None), max(revised, default=None)


def _period(text: str) -> tuple[date | None, date | None]:
    """Return first and last day of the plan's own period: two years joined by から or ~ near the words for a period.

    A sentence that names another plan in 「」 is about that plan.
    """
    after_heading = ""
    for line in read_lines(text):
        if line.kind in (LineKind.BLANK, LineKind.FURNITURE, LineKind.CONTENTS, LineKind.FOOTNOTE):
            continue
        words = normalise(line.text)
        for sentence in words.split("。"):
            context = after_heading + sentence
            if (
                _PERIOD.search(context)
                and (found := _span_of_years(sentence))
                and not re.search(r"「[^」]*計画」", sentence)
            ):
                return found[0].first_day, found[1].last_day
        after_heading = words if line.kind is LineKind.HEADING else ""
    return None, None


def _span_of_years(sentence: str) -> tuple[Year, Year] | None:
    years = find_years(sentence)
    for first, last in pairwise(years):
        if _TO.fullmatch(sentence[first.end : last.start]) and first.year <= last.year:
            return first, last
    return None
