"""Sentences of a stretch of plan as spans."""

from __future__ import annotations

import re

from ingest.document import Span

_OPEN = "「『（(【〔［[〈《"
_CLOSE = "」』）)】〕］]〉》"
_END = "。！？!?"
# Mark-up that opens a block or breaks a line parts sentences; mark-up inside a line (<b>, a footnote's <sup>) does not.
_TAG = re.compile(r"</?(?:br|p|div|[uod]l|li|d[td]|table|t[rdh]|h[1-6])(?![A-Za-z0-9])[^<>]{0,200}>", re.IGNORECASE)
_MARKS_ONLY = re.compile(r"[\s\-・*>—▶]*")


def split_sentences(text: str, span: Span) -> list[Span]:
    """Return the sentences inside ``span``, in order, without surrounding white space.

    A 。 inside brackets ends nothing. Line breaks end nothing either: the caller decides which lines ``span`` covers.

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
        elif letter in _END and depth == 0 and text[i + 1 : min(i + 2, span.end)] not in tuple(_END):
            ends.append(i + 1)
    if depth:  # a bracket that never closes (a misread one) would swallow the rest: split at every 。 instead
        ends = [i + 1 for i in range(span.start, span.end) if text[i] == "。"]
    starts = [span.start, *ends]
    sentences = [trim(text, start, end) for start, end in zip(starts, [*ends, span.end], strict=True)]
    return [sentence for sentence in sentences if not _MARKS_ONLY.fullmatch(sentence.of(text))]


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
