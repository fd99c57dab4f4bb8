"""What holds for every chunk of the five real plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.chunk import chunk
from ingest.chunk_writer import QUOTE_LIMIT
from ingest.document import Document, Kind
from ingest.lines import LineKind
from ingest.read_folder import read_plans
from ingest.read_lines import read_lines
from ingest.search_text import normalise

PLANS = Path(__file__).resolve().parents[2] / "plans"
FACTS = (
    "municipality",
    "municipality_code",
    "reading",
    "prefecture",
    "established",
    "revised",
    "valid_from",
    "valid_to",
)


@pytest.fixture(params=["hirao", "kagamino", "kamigori", "kamisato", "koge"])
def document(request: pytest.FixtureRequest, documents: tuple[Document, ...]) -> Document:
    """Each of the five plans in turn."""
    return next(document for document in documents if document.plan.plan_id == request.param)


def test_the_text_is_the_file(document: Document) -> None:
    """The stored text is the decoded file, character for character."""
    assert document.text.encode() == (PLANS / f"{document.plan.plan_id}.txt").read_bytes()


def test_every_place_is_inside_its_chunk(document: Document) -> None:
    """Spans of chunks, units and cells lie in the text; units lie in their chunk, in order and apart."""
    for item in document.chunks:
        assert 0 <= item.span.start < item.span.end <= len(document.text)
        assert item.units
        assert all(item.span.covers(unit.span) for unit in item.units)
        assert all(a.span.end <= b.span.start for a, b in zip(item.units, item.units[1:], strict=False))
        if item.row is not None:
            assert item.row.header.end <= item.span.start
            assert all(0 <= cell.span.start <= cell.span.end <= len(document.text) for cell in item.row.cells)


def test_a_unit_is_a_quote(document: Document) -> None:
    """A unit is not empty, not too long, has no white space at its ends, and says something."""
    for unit in (unit for item in document.chunks for unit in item.units):
        pieces = [span.of(document.text) for span in unit.spans]
        assert all(0 < len(words) <= QUOTE_LIMIT for words in pieces)
        assert all(words == words.strip() for words in pieces)
        assert unit.search_text == normalise("".join(pieces)) != ""


def test_reading_again_gives_the_same_chunks(document: Document) -> None:
    """Chunk ids are unique in a plan and the same at every reading."""
    again = chunk(document.plan, document.text)
    assert [item.chunk_id for item in again] == [item.chunk_id for item in document.chunks]
    assert len({item.chunk_id for item in again}) == len(again)


def test_nothing_of_the_contents_page_is_quoted(document: Document) -> None:
    """No unit touches a line of the contents page, and no quote ends in leaders."""
    contents = [line.span for line in read_lines(document.text) if line.kind is LineKind.CONTENTS and line.text]
    for unit in (unit for item in document.chunks for unit in item.units):
        assert not any(unit.span.start < line.end and line.start < unit.span.end for line in contents)
        assert "....." not in unit.span.of(document.text)


def test_no_words_are_lost(document: Document) -> None:
    """Every line of running text, every list item and every footnote can be quoted."""
    quoted = [span for item in document.chunks for unit in item.units for span in unit.spans]
    for line in read_lines(document.text):
        if line.kind in (LineKind.TEXT, LineKind.ITEM, LineKind.FOOTNOTE):
            assert any(line.span.start < span.end and span.start < line.span.end for span in quoted), line.text


def test_every_chunk_knows_whose_it_is(document: Document) -> None:
    """Chunks carry their plan and municipality, rows and only rows have cells, entries and only entries have a term."""
    for item in document.chunks:
        assert (item.plan_id, item.municipality_code) == (document.plan.plan_id, document.plan.municipality_code)
        assert (item.kind is Kind.ROW) == (item.row is not None)
        assert (item.kind is Kind.ENTRY) == bool(item.term)


def test_headings_hold_no_markup(document: Document) -> None:
    """Heading paths read as people read them, whole and without marks."""
    for title in {title for item in document.chunks for title in item.heading_path}:
        assert title == title.strip() != ""
        assert not any(mark in title for mark in ("#", "**", "<sup", "^{", "\t", "\n"))


def test_a_plan_needs_no_table(documents: tuple[Document, ...], tmp_path: Path) -> None:
    """Municipality, dates and period that plans.toml states are read from the five texts alone just as well."""
    for document in documents:
        (tmp_path / f"{document.plan.plan_id}.txt").write_bytes(document.text.encode())
    reading = read_plans([tmp_path])
    assert reading.refused == ()
    for alone, stated in zip(reading.documents, documents, strict=True):
        assert {fact: getattr(alone.plan, fact) for fact in FACTS} == {
            fact: getattr(stated.plan, fact) for fact in FACTS
        }
        assert alone.plan.plan_id == stated.plan.plan_id
