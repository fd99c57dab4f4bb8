"""Where a text names municipalities: the characters that no generator may touch, or that it has to change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import jaconv

from ingest.document import Plan, Span
from ingest.municipalities import municipalities, prefectures

_SUFFIX = re.compile(r"(?:市|町|村|区)$")
_READING_SUFFIX = re.compile(r"(?:ちょう|まち|むら|そん|し|く)$")
_SHORTEST_READING = 3  # kana; shorter ones stand by chance inside other words


def name_forms(plan: Plan) -> tuple[str, ...]:
    """Return how a plan's municipality may be written, the longest first: name, reading, romaji, each without 町 too.

    >>> from ingest.document import Plan
    >>> plan = Plan("p", "鏡野町", "かがみのちょう", "336068", "岡山県", "", None, None, None, None, "", "")
    >>> name_forms(plan)
    ('kagaminochou', 'kagamino', 'かがみのちょう', 'カガミノチョウ', 'かがみの', 'カガミノ', '鏡野町', '鏡野')
    """
    readings = [plan.reading, _READING_SUFFIX.sub("", plan.reading)]
    forms = {plan.municipality, _SUFFIX.sub("", plan.municipality)}
    for reading in readings:
        if len(reading) >= _SHORTEST_READING:
            forms |= {reading, jaconv.hira2kata(reading), jaconv.kana2alphabet(reading)}
    return tuple(sorted(forms - {""}, key=lambda form: (-len(form), form)))


def names_again(text: str, plan: Plan) -> bool:
    """Return whether ``text`` names a plan's municipality in any width, case or script.

    >>> from ingest.document import Plan
    >>> plan = Plan("p", "鏡野町", "かがみのちょう", "336068", "岡山県", "", None, None, None, None, "", "")
    >>> names_again("ｶｶﾞﾐﾉの窓口", plan), names_again("Kagamino Town", plan), names_again("この町の窓口", plan)
    (True, True, False)
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return any(form in folded for form in name_forms(plan))


def name_spans(text: str, plans: Sequence[Plan]) -> tuple[Span, ...]:
    """Return where ``text`` names a municipality or a prefecture, of the plans or not, in order and apart from each other.

    >>> name_spans("岡山県鏡野町と東京都の計画", ())
    (Span(start=0, end=6), Span(start=7, end=10))
    """
    found = [Span(*match.span()) for match in _everywhere().finditer(text)]
    for form in {form for plan in plans for form in name_forms(plan)}:
        found += [Span(*match.span()) for match in re.finditer(re.escape(form), text, re.IGNORECASE)]
    return _joined(found)


def touches(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Return whether any of ``spans`` shares a character with ``[start, end)``."""
    return any(span.start < end and start < span.end for span in spans)


@cache
def _everywhere() -> re.Pattern[str]:
    """Return a pattern of all municipalities and prefectures, and of what looks like one (「架空町」)."""
    names = {town.name for town in municipalities()} | prefectures()
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"{known}|[一-龥々ヶ]{{1,4}}[市町村](?![一-龥])")


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
