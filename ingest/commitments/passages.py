"""Stretches of a plan as passages: the words as people read them, and spans short enough to be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.chunk_writer import QUOTE_LIMIT
from ingest.commitments.commitment import Passage
from ingest.commitments.tags import read_tags
from ingest.commitments.words import title_span
from ingest.document import Chunk, Kind, Span
from ingest.search_text import readable
from ingest.sentences import split_sentences, trim


def title_passage(text: str, span: Span) -> Passage:
    """Return a title without its number, its marks, and the brackets behind it that say when, by whom and in which state."""
    bare = read_tags(text, title_span(text, span)).span
    return Passage(readable(bare.of(text)), (bare,))


def cell_passage(text: str, spans: Iterable[Span]) -> Passage:
    """Return cells of a table as one passage, a line each; blank cells and repeated ones are left out."""
    wanted = [span for span in dict.fromkeys(spans) if span.start < span.end]
    pieces = [list(_quotable(text, span)) for span in wanted]
    return Passage("\n".join(_words(text, cell) for cell in pieces), tuple(span for cell in pieces for span in cell))


def chunk_passage(text: str, chunks: Sequence[Chunk]) -> Passage:
    """Return chunks as one passage: paragraphs and list items a line each."""
    lines: list[str] = []
    spans: list[Span] = []
    for chunk in chunks:
        for unit in chunk.units:
            halves = [half for half in (unit.span, unit.rest) if half is not None]
            words = "".join(readable(half.of(text)) for half in halves)
            if spans and lines and chunk.kind is not Kind.LIST and unit is not chunk.units[0]:
                lines[-1] += _parting(text, spans[-1].end, unit.span.start) + words
            else:
                lines.append(words)
            spans += halves
    return Passage("\n".join(lines), tuple(spans))


def joined(first: Passage, second: Passage) -> Passage:
    """Return two passages as one; either may be empty."""
    text = "\n".join(filter(None, (first.text, second.text)))
    return Passage(text, tuple(dict.fromkeys((*first.spans, *second.spans))))


def _words(text: str, spans: Sequence[Span]) -> str:
    """Return sentences as people read them: on a line of their own where mark-up says so."""
    words = ""
    for at, span in enumerate(spans):
        words += (_parting(text, spans[at - 1].end, span.start) if at else "") + readable(span.of(text))
    return words


def _parting(text: str, end: int, start: int) -> str:
    return "\n" if "<" in text[end:start] else ""


def _quotable(text: str, span: Span) -> Iterator[Span]:
    """Yield the sentences of a span, none longer than a quote may be."""
    for sentence in split_sentences(text, span) or [span]:
        while sentence.end - sentence.start > QUOTE_LIMIT:
            comma = text.rfind("、", sentence.start, sentence.start + QUOTE_LIMIT)
            cut = comma + 1 if comma > sentence.start else sentence.start + QUOTE_LIMIT
            yield trim(text, sentence.start, cut)
            sentence = trim(text, cut, sentence.end)
        yield sentence
