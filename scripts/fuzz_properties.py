"""What must hold for every text and every file: the fuzzer and the property tests ask the same questions.

Each ``check_...`` returns nothing; an assertion says which promise was broken. The only exception a reader may raise is
``ExtractionError``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

from ingest.chunk import chunk
from ingest.commitments.find import commitments
from ingest.document import Chunk, Plan, Span
from ingest.extract.docx import extract_docx
from ingest.extract.encoding import decode
from ingest.extract.extracted import Extracted, ExtractionError
from ingest.extract.html import extract_html
from ingest.extract.pdf import extract_pdf
from ingest.lines import LineKind
from ingest.metadata.read_facts import read_facts
from ingest.read_lines import read_lines
from ingest.search_text import read

PLAN = Plan("mihon", "見本町", "みほんちょう", "999999", "見本県", "見本町DX推進計画", None, None, None, None, "", "")
QUOTE_LIMIT = 300  # characters: what the contract allows
GROWTH = 4  # times as long
_SLACK = 2.5  # linear growth measures up to this much more on a busy machine
_NOTICED = 0.5  # seconds; below this, growth is noise


def check_text(text: str) -> None:
    """Everything that is made of a text: lines, search text, chunks, measures, facts."""
    check_lines(text)
    check_search_text(text)
    chunks = chunk(PLAN, text)
    for made in chunks:
        _check_chunk(made, text)
    for measure in commitments(PLAN, chunks, text):
        for passage in (measure.title, measure.summary, measure.state, measure.unit):
            for span in passage.spans:
                _inside(span, text)
    read_facts(text)


def check_lines(text: str) -> None:
    """Lines stand in order, do not overlap, and leave out white space alone."""
    at = 0
    for line in read_lines(text):
        _inside(line.span, text)
        assert line.span.start >= at, "lines overlap"
        assert not text[at : line.span.start].strip(), "words between lines are lost"
        assert line.kind is not LineKind.BLANK or not line.text, "a blank line has words"
        at = line.span.end
    assert not text[at:].strip(), "words after the last line are lost"


def check_search_text(text: str) -> None:
    """The map of the search text has a place for every letter, and goes forward."""
    found = read(text)
    assert len(found.text) == len(found.origins), "a letter without a place"
    assert all(a <= b for a, b in pairwise(found.origins)), "the map goes back"
    assert not found.origins or 0 <= found.origins[0] <= found.origins[-1] < len(text), "the map leaves the text"


def check_decode(data: bytes) -> None:
    """Bytes become a text that can be stored, or are refused."""
    try:
        decode(data).encode("utf-8")
    except ExtractionError as error:
        _check_refusal(error)


def check_html(data: bytes) -> None:
    """A web page becomes a text, or is refused."""
    _check_file(extract_html, data)


def check_docx(data: bytes) -> None:
    """A Word file becomes a text, or is refused."""
    _check_file(extract_docx, data)


def check_pdf(data: bytes) -> None:
    """A PDF file becomes a text, or is refused."""
    _check_file(extract_pdf, data)


def check_growth(head: str, piece: str, tail: str, times: int = 400) -> None:
    """A text in which a piece comes four times as often takes about four times as long; ``{i}`` in it counts up."""

    def text(count: int) -> str:
        return head + "".join(piece.replace("{i}", str(i)) for i in range(count)) + tail

    short, long = _seconds(text(times)), _seconds(text(times * GROWTH))
    if long > _NOTICED:
        again = _seconds(text(times * GROWTH))  # the machine may have been busy
        assert min(long, again) <= _SLACK * GROWTH * max(short, 0.01), (
            f"{short:.2f} s grows to {min(long, again):.2f} s"
        )


def _seconds(text: str) -> float:
    started = time.process_time()
    commitments(PLAN, chunk(PLAN, text), text)
    read_facts(text)
    return time.process_time() - started


def _check_file(extract: Callable[[bytes], Extracted], data: bytes) -> None:
    try:
        extracted = extract(data)
    except ExtractionError as error:
        _check_refusal(error)
        return
    text, pages = extracted.text, extracted.pages
    assert text.strip(), "an empty text"
    text.encode("utf-8")
    assert "\r" not in text, "a line end that is no \\n"
    assert not pages or pages[0] == 0, "the first page does not begin at 0"
    assert all(a <= b for a, b in pairwise(pages)), "pages go back"
    assert not pages or pages[-1] <= len(text), "a page begins behind the text"
    check_text(text)


def _check_refusal(error: ExtractionError) -> None:
    assert str(error).endswith(("。", "）")), f"no sentence: {error}"


def _check_chunk(made: Chunk, text: str) -> None:
    _inside(made.span, text)
    assert made.units, "a chunk without a unit"
    for unit in made.units:
        assert unit.search_text.strip(), "a unit that cannot be found"
        for span in unit.spans:
            _inside(span, text)
            assert span.of(text).strip(), "an empty quote"
            assert len(span.of(text)) <= QUOTE_LIMIT, f"a quote of {len(span.of(text))} characters"
            assert made.span.covers(span), "a unit outside its chunk"
    for cell in made.row.cells if made.row else ():
        _inside(cell.span, text)


def _inside(span: Span, text: str) -> None:
    assert 0 <= span.start <= span.end <= len(text), f"{span} leaves a text of {len(text)}"
