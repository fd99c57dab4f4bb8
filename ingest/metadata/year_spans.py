"""Stretches of years as plans write them: two years joined by から or ~, the unit or the era written once, or a start and a length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from ingest.eras import ERA_START, Year, era_year, kanji_number, western_year
from ingest.search_text import SearchText

_NUMBER = r"(?:[0-9]{1,2}|元|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_ERA = r"(?:明治|大正|昭和|平成|令和|(?<![A-Za-z])[RHS](?=[0-9元]))"
_GLOSS = rf"(?:\((?:(?:西暦)?[0-9]{{4}}|{_ERA}?{_NUMBER})(?:年度?)?\))?"


def _point(name: str) -> str:
    """Return the pattern of a year, in normalised text, in which era and unit may be missing."""
    return (
        rf"(?:(?P<{name}e>{_ERA})\s?(?P<{name}n>{_NUMBER})|(?<![0-9])(?P<{name}w>(?:19|20)[0-9]{{2}})|(?P<{name}b>{_NUMBER}))"
        rf"{_GLOSS}(?P<{name}u>年度|年)?{_GLOSS}"
        rf"(?:(?P<{name}m>{_NUMBER})月(?:(?P<{name}d>{_NUMBER})日)?)?末?(?![0-9元十年月日間]|か(?!ら))"
    )


_FROM = r"(?:から|より|~|-|→|⇒|▶|(?=[、,\s]*至))"
# 令和6年度を初年度とし、令和10年度を目標年度とする
_OPENED = r"(?:を|が)?(?:初年度|始期|開始年度?|起点|始まり)(?:とし(?:て)?|とする|で)?"
_TWO = re.compile(rf"{_point('a')}\s?(?:{_FROM}|{_OPENED})[、,\s]*至?\s?{_point('b')}")
_YEARS = r"(?:年間|[かヶケカヵ箇個]年)"
_START = re.compile(rf"{_point('a')}\s?(?:{_FROM}|{_OPENED})(?:の|、|向こう|今後|とした?)*(?P<n>{_NUMBER}){_YEARS}")
_COUNTED = re.compile(rf"(?:まで)?[、(]?(?:の|計)?(?P<n>{_NUMBER}){_YEARS}")
_LONGEST = 60  # years; the longest visions of towns reach forty years ahead


@dataclass(frozen=True, slots=True)
class YearSpan:
    """First and last day of a stretch of years, where it stands in the normalised text, and its length where that is stated too.

    ``miscounted`` says that the stated length is not that of the years.
    """

    first: date
    last: date
    start: int
    end: int
    miscounted: bool = False


def find_year_spans(source: str, text: SearchText) -> list[YearSpan]:
    """Return the stretches of years that ``text``, the search text of ``source``, states, in order.

    A year without unit takes the other's; era years and Western years without any are fiscal years, as towns' plans count.

    >>> from ingest.search_text import read
    >>> for words in ("令和5～9年度", "R5〜R9", "2024年4月から2029年3月まで", "令和6年度からの5か年", "2024～28年度"):
    ...     [(str(found.first), str(found.last)) for found in find_year_spans(words, read(words))]
    [('2023-04-01', '2028-03-31')]
    [('2023-04-01', '2028-03-31')]
    [('2024-04-01', '2029-03-31')]
    [('2024-04-01', '2029-03-31')]
    [('2024-04-01', '2029-03-31')]
    """
    return sorted(_spans(source, text), key=lambda found: found.start)


def _spans(source: str, text: SearchText) -> Iterator[YearSpan]:
    taken: list[tuple[int, int]] = []
    for match in _TWO.finditer(text.text):
        pair = _two(match, normalize("NFKC", source[text.origins[match.start()]]))
        if pair is None:
            continue
        begins, ends = pair
        taken.append(match.span())
        counted = _COUNTED.match(text.text, match.end())
        years = kanji_number(counted["n"]) if counted else 0
        length = _whole_years(begins.first_day, ends.last_day)
        yield YearSpan(
            begins.first_day, ends.last_day, *match.span(), miscounted=bool(years and length and years != length)
        )
    for match in _START.finditer(text.text):
        apart = all(match.end() <= start or end <= match.start() for start, end in taken)
        if apart and (day := _year(match, "a")) is not None:
            yield YearSpan(day.first_day, _after(day.first_day, kanji_number(match["n"])), *match.span())


def _two(match: re.Match[str], written: str) -> tuple[Year, Year] | None:
    """Return both years of a match; ``written`` is the first letter of the first one as the plan wrote it."""
    if not (match["au"] or match["bu"] or ((match["ae"] or match["aw"]) and (match["be"] or match["bw"]))):
        return None
    begins = _year(match, "a")
    if begins is None:
        return None
    short = kanji_number(match["bb"]) if match["bb"] else 0
    for year in _meant(begins.year, short, by_era=not written.isdigit()) if short else (0,):
        ends = _year(match, "b", year)
        if ends is not None and begins.first_day < ends.last_day and ends.year - begins.year <= _LONGEST:
            return begins, ends
    return None


def _meant(before: int, number: int, *, by_era: bool) -> tuple[int, int]:
    """Return the years that a bare number can mean behind another year, the likelier first: of its era, or of its century."""
    in_era = ERA_START[era_year(before)[:2]] + number - 1
    in_century = before - before % 100 + number
    return (in_era, in_century) if by_era else (in_century, in_era)


def _year(match: re.Match[str], name: str, year: int = 0) -> Year | None:
    """Return one year of a match; ``None`` where it has no era, or is none. ``year`` is what a bare number means."""
    found = match.groupdict()
    other = found.get("bu" if name == "a" else "au")
    month, day = (kanji_number(found[name + part]) if found[name + part] else 0 for part in "md")
    # of 令和6年～令和10年度 both are fiscal years
    unit = "年度" if other == "年度" and not month else found[f"{name}u"] or other or "年度"
    if found[f"{name}w"]:
        year = int(found[f"{name}w"])
    elif found[f"{name}e"]:
        year = western_year(found[f"{name}e"], found[f"{name}n"])
    try:
        date(year, month or 1, day or 1)
    except ValueError:  # no era, or a thirteenth month
        return None
    return Year(year, unit == "年度" and not month, month, day, *match.span())


def _after(day: date, years: int) -> date:
    """Return the last day of a stretch of whole years from ``day``."""
    day = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return day.replace(year=day.year + years) - timedelta(days=1)


def _whole_years(begins: date, ends: date) -> int:
    """Return the length in years; 0 where it is not whole."""
    day = ends + timedelta(days=1)
    return day.year - begins.year if (day.month, day.day) == (begins.month, begins.day) else 0
