"""How much of a plan reading finds again in each form that it is published in: HTML, Word and PDF of three test plans.

Usage: ``.venv/bin/python scripts/forms.py``. Compares with ``tests/ingest/forms/*.expected.json`` (see the README there); every
figure is a recall: found of expected.
"""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ingest.document import Chunk, Document, Kind
from ingest.read_folder import read_plans
from ingest.search_text import FOOTNOTE_MARK, normalise

FORMS = Path(__file__).resolve().parent.parent / "tests" / "ingest" / "forms"
PLANS = ("a", "b", "c")
ENDINGS = ("html", "docx", "pdf")

Found = tuple[int, int]  # found, expected


def words(text: str) -> str:
    """Return text as it is compared: normalised, without white space and bullets."""
    return "".join(normalise(text).split()).replace("・", "")


def _plain(text: str) -> str:
    """Return plan text without white space and footnote marks, its years as they are."""
    return "".join(unicodedata.normalize("NFKC", FOOTNOTE_MARK.sub("", text)).split())


def read_form(plan: str, ending: str) -> Document:
    """Return the document that ingestion makes of one form of a test plan, with its entry of ``plans.toml``."""
    metadata = "plans.toml" if ending == "html" else f"plans.{ending}.toml"
    with TemporaryDirectory() as name:
        shutil.copy(FORMS / f"{plan}.{ending}", name)
        shutil.copy(FORMS / metadata, Path(name) / "plans.toml")
        reading = read_plans([Path(name) / f"{plan}.{ending}"])
    if reading.refused:
        sys.exit(f"{plan}.{ending}: {reading.refused[0].reason}")
    return reading.documents[0]


def expected(plan: str) -> dict[str, Any]:
    """Return what a test plan holds."""
    content: dict[str, Any] = json.loads((FORMS / f"{plan}.expected.json").read_text("utf-8"))
    return content


def scores(document: Document, key: dict[str, Any]) -> dict[str, Found]:
    """Return how many of each kind of thing were found, of how many."""
    return {name: count(document, key) for name, count in COUNTS.items()}


def headings(document: Document, key: dict[str, Any]) -> Found:
    """Count headings below the title that are in the path of a chunk."""
    paths = {words(title) for chunk in document.chunks for title in chunk.heading_path}
    wanted = [words(heading["text"]) for heading in key["headings"] if heading["level"] > 1]
    return sum(any(title.endswith(path) or path.endswith(title) for path in paths) for title in wanted), len(wanted)


def paragraphs(document: Document, key: dict[str, Any]) -> Found:
    """Count paragraphs whose beginning and end stand in one chunk."""
    texts = [_plain("".join(u.of(document.text) for unit in c.units for u in unit.spans)) for c in document.chunks]
    wanted = [(_plain(it["first"]), _plain(it["last"])) for it in key["paragraphs"]]
    return sum(any(first in text and last in text for text in texts) for first, last in wanted), len(wanted)


def items(document: Document, key: dict[str, Any]) -> Found:
    """Count list items that are units of their own."""
    units = {words(unit.search_text) for chunk in document.chunks for unit in chunk.units}
    wanted = [words(item["text"]) for it in key["lists"] for item in it["items"]]
    return sum(any(unit.endswith(item) for unit in units) for item in wanted), len(wanted)


def cells(document: Document, key: dict[str, Any]) -> Found:
    """Count cells of tables, with their column's whole name, in rows that hold the same values."""
    rows = [
        Counter((words(cell.column), words(cell.value)) for cell in chunk.row.cells)
        for chunk in document.chunks
        if chunk.row is not None
    ]
    wanted = [row for table in _tables(key, "grid", "timeline") for row in _named_rows(table)]
    return sum(max(((row & found).total() for found in rows), default=0) for row in wanted), sum(
        row.total() for row in wanted
    )


def fields(document: Document, key: dict[str, Any]) -> Found:
    """Count the labelled fields of record cards, schedules apart."""
    found = {
        (words(chunk.heading_path[-1]), words(chunk.search_text))
        for chunk in document.chunks
        if chunk.kind is Kind.CARD and chunk.heading_path
    }
    wanted = [
        (words(row[0]), words(row[1]))
        for table in _tables(key, "card")
        for row in table["grid"]
        if row[0] not in ("No", "工程") and len(row[1]) >= 2 and row[0] != "取組事項"
    ]
    return sum(field in found for field in wanted), len(wanted)


def notes(document: Document, key: dict[str, Any]) -> Found:
    """Count footnotes and glossary entries with their term and the beginning of their text."""
    entries = [chunk for chunk in document.chunks if chunk.kind is Kind.ENTRY]
    wanted = [(words(note["term"]), words(note["text"])[:20]) for note in key["footnotes"]]
    wanted += [(words(row[0]), words(row[1])[:20]) for table in _tables(key, "glossary") for row in table["grid"]]
    return sum(any(_defines(entry, term, text) for entry in entries) for term, text in wanted), len(wanted)


def pages(document: Document, key: dict[str, Any]) -> Found:
    """Count paragraphs that a citation would place on their page (0 of 0 for forms without pages)."""
    if not document.pages:
        return 0, 0
    right = 0
    for it in key["paragraphs"]:
        at = words_at(document.text, it["first"])
        page = sum(start <= at for start in document.pages)
        right += at >= 0 and page == it["page"]
    return right, len(key["paragraphs"])


def words_at(text: str, first: str) -> int:
    """Return where a text holds the words of a paragraph's beginning, or -1."""
    return text.find(first[:12])


COUNTS: dict[str, Callable[[Document, dict[str, Any]], Found]] = {
    "headings": headings,
    "paragraphs": paragraphs,
    "list items": items,
    "cells": cells,
    "card fields": fields,
    "notes": notes,
    "pages": pages,
}


def _tables(key: dict[str, Any], *kinds: str) -> Iterator[dict[str, Any]]:
    return (table for table in key["tables"] if table["kind"] in kinds)


def _named_rows(table: dict[str, Any]) -> Iterator[Counter[tuple[str, str]]]:
    names = [words("".join(dict.fromkeys(column))) for column in table["columns"] or []]
    for row in table["grid"]:
        yield Counter((name, words(value)) for name, value in zip(names, row, strict=True))


def _defines(entry: Chunk, term: str, text: str) -> bool:
    return words(entry.term) == term and text in words(entry.search_text)


def table(lines: Iterable[tuple[str, dict[str, Found]]]) -> Iterator[str]:
    """Yield the figures as lines of text."""
    yield f"{'':10}" + "".join(f"{name:>14}" for name in COUNTS)
    for name, found in lines:
        yield f"{name:10}" + "".join(f"{f'{a}/{b}':>14}" for a, b in found.values())


def main() -> None:
    """Print the figures of every plan and form."""
    lines = [
        (f"{p}.{e}", scores(read_form(p, e), expected(p)))
        for p in PLANS
        for e in ENDINGS
        if len(sys.argv) < 2 or e in sys.argv
    ]
    print("\n".join(table(lines)))


if __name__ == "__main__":
    main()
