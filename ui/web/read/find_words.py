"""Looks for words in one plan: a plain search for the letters, whichever way they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.search_text import normalise
from ui.web.plan_view.reading import Reading


def find_words(reading: Reading, words: str) -> tuple[tuple[int, int], ...]:
    """Return where ``words`` stand in a plan, in order: as typed, and as the search text has them.

    The search text holds full-width letters, split words and years in one form, so ＤＸ finds D X, and 2025年度 令和７年度.

    >>> from ui.web.plan_view.reading import read_plan
    >>> find_words(read_plan("D X推進は令和７年度から。", "計画"), "dx")
    ((0, 3),)
    >>> find_words(read_plan("D X推進は令和７年度から。", "計画"), "2025年度")
    ((6, 11),)
    """
    found = list(_in_search_text(reading, words)) if words else []
    if words and not words.isascii():  # letters of mark-up are ASCII; what is typed in them is found in the search text
        found += [match.span() for match in re.finditer(re.escape(words), reading.text, re.IGNORECASE)]
    return tuple(_apart(found))


def _in_search_text(reading: Reading, words: str) -> Iterator[tuple[int, int]]:
    wanted, text = normalise(words), reading.search_text
    for match in re.finditer(re.escape(wanted), text.text, re.IGNORECASE) if wanted else ():
        yield text.source_range(*match.span())


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans in order; of two that overlap, the first and longer one."""
    last = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield start, end
            last = end
