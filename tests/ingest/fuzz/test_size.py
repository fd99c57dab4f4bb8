"""Texts of a size or shape that no plan has are read in bearable time, and nothing in them is lost."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from ingest.document import Chunk
from ingest.extract.html import extract_html
from tests.ingest.conftest import Read

COLUMNS = 100_000
NAMES = [f"課{i}" for i in range(COLUMNS)]
VALUES = [f"値{i}" for i in range(COLUMNS)]


def as_tabs() -> str:
    """Return a table of a header and a row."""
    return "\t".join(NAMES) + "\n" + "\t".join(VALUES)


def as_markdown() -> str:
    """Return the same table."""
    return f"|{'|'.join(NAMES)}|\n|{'---|' * COLUMNS}\n|{'|'.join(VALUES)}|"


def as_html() -> str:
    """Return the same table as the extractor writes it."""
    rows = "".join(
        f"<tr>{''.join(f'<{tag}>{word}' for word in words)}" for tag, words in (("th", NAMES), ("td", VALUES))
    )
    return extract_html(f"<table>{rows}</table>".encode()).text


def found(chunks: tuple[Chunk, ...], word: str) -> bool:
    """Return whether a word can be found in a unit."""
    return any(word in unit.search_text for chunk in chunks for unit in chunk.units)


@pytest.mark.parametrize("write", [as_tabs, as_markdown, as_html])
def test_a_table_of_a_hundred_thousand_columns_is_read(read: Read, write: Callable[[], str]) -> None:
    """Its first and its last cell can be found, and its last column has its name."""
    started = time.process_time()
    chunks = read(write())
    assert time.process_time() - started < 30
    assert found(chunks, VALUES[0])
    assert found(chunks, VALUES[-1])
    rows = [chunk.row for chunk in chunks if chunk.row is not None]
    assert [(row.cells[-1].column, row.cells[-1].value) for row in rows] == [(NAMES[-1], VALUES[-1])]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "計画を、" * 2_500_000 + "終",
        "あ" * 10_000_000 + "終",
        "本文です。\n" * 1_000_000 + "終",
        "x\n\n" * 1_000_000 + "終",
    ],
    ids=["one line with commas", "one line", "a million lines", "a million paragraphs"],
)
def test_ten_million_letters_are_read_to_the_end(read: Read, text: str) -> None:
    """One line of ten million letters, and a million lines."""
    assert found(read(text), "終")
