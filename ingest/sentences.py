"""Sentences of a stretch of plan as spans."""

from __future__ import annotations

import re

from ingest.document import Span

_OPEN = "「『（(【〔［[〈《"
_CLOSE = "」』）)】〕］]〉》"
_END = "。！？!?"
_TAG = re.compile(r"</?[A-Za-z](?!up>)[^<>]{0,200}>")  # a mark-up tag parts sentences, a footnote's <sup> does not
_MARKS_ONLY = re.compile(r"[\s\-・*>—▶]*")


def split_sentences(text: str, span: Span) -> list[Span]:
    """Return the sentences inside ``span``, in order, without surrounding white space.

    A 。 inside brackets ends nothing. A blank line ends a sentence unless the paragraph visibly goes on after it, which
    the caller has decided by what it put into ``span``.

    >>> t = "目指します（詳細は別冊。）。なお、見直します。"
    >>> [s.of(t) for s in split_sentences(t, Span(0, len(t)))]
    ['目指します（詳細は別冊。）。', 'なお、見直します。']
    """
    pieces: list[Span] = []
    at = span.start
    for tag in _TAG.finditer(text, span.start, span.end):
        pieces.append(Span(at, tag.start()))
        at = tag.end()
    pieces.append(Span(at, span.end))
    return [sentence for piece in pieces for sentence in _split(text, piece)]


def _split(text: str, span: Span) -> list[Span]:
    ends: list[int] = []
    depth = 0
    for i in range(span.start, span.end):
        letter = text[i]
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth = max(depth - 1, 0)
        elif letter in _END and depth == 0:
            ends.append(i + 1)
    if depth:  # a bracket that never closes (a misread one) would swallow the rest: split at every 。 instead
        ends = [i + 1 for i in range(span.start, span.end) if text[i] == "。"]
    starts = [span.start, *ends]
    return [s for a, b in zip(starts, [*ends, span.end], strict=True) if not _MARKS_ONLY.fullmatch((s := trim(text, a, b)).of(text))]


def trim(text: str, start: int, end: int) -> Span:
    """Return ``[start, end)`` without the white space at its ends.

    >>> trim(" 計画 ", 0, 4)
    Span(start=1, end=3)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
