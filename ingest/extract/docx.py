"""The bytes of a Word file (.docx) -> its text, with the pages that Word has noted in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.extract.docx_numbering import Numbering
from ingest.extract.docx_package import DocxPackage, local, value
from ingest.extract.docx_reader import DocxReader
from ingest.extract.docx_styles import Styles
from ingest.extract.extracted import Extracted
from ingest.extract.note_marks import without_mark
from ingest.extract.written import PAGE, WrittenBlock, cell_text, written

if TYPE_CHECKING:
    from lxml.etree import _Element

VERSION = "docx/1"  # raised whenever a file's text comes out differently
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def extract_docx(data: bytes) -> Extracted:
    """Return the text of a Word file, with pages where Word has noted them: explicit breaks alone number no pages.

    Running heads, comments, deleted and hidden text are left out. Foot- and endnotes are numbered together.

    Raises:
        ExtractionError: the file is damaged, encrypted, of another form, or too large when inflated.
    """
    from lxml import etree

    package = DocxPackage(data)
    reader = DocxReader(Styles(package.root("styles")), Numbering(package.root("numbering")))
    blocks = _body(package, reader)
    extracted = written(blocks, _notes(package, reader), f"{VERSION} lxml {etree.__version__}")
    return extracted if package.holds("document", b"lastRenderedPageBreak") else replace(extracted, pages=())


def _body(package: DocxPackage, reader: DocxReader) -> list[WrittenBlock]:
    """Return the blocks of the body; each paragraph and table is dropped from memory once it has been read."""
    blocks: list[WrittenBlock] = []
    inside = unread = 0  # open paragraphs and tables; open forms of a drawing that stand in for another
    for event, element in package.events("document", ("start", "end")):
        name = local(element.tag)
        step = 1 if event == "start" else -1
        if name == "mc:Fallback":
            unread += step
        elif name in ("p", "tbl"):
            inside += step
            if event == "end" and not inside and not unread:
                blocks += reader.block(element)
                _forget(element)
    return blocks


def _forget(element: _Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _notes(package: DocxPackage, reader: DocxReader) -> list[tuple[str, str]]:
    """Return number and definition of each note that the text refers to, in the order of the marks."""
    elements: dict[tuple[str, str], _Element] = {}
    for part in ("footnotes", "endnotes"):
        root = package.root(part)
        for note in root if root is not None else ():
            if local(note.tag).endswith("note") and value(note, "type") not in _SEPARATORS:
                elements[part, value(note, "id")] = note
    notes = reader.words.notes
    definitions: list[tuple[str, str]] = []
    for key in notes.order:  # it grows while it is read: a note may refer to another
        words = cell_text(reader.blocks(elements[key])).replace(PAGE, "") if key in elements else ""
        typed = notes.typed[key]
        definitions.append((notes.numbers[key], without_mark(words, typed) if typed else words))
    return [(number, words) for number, words in definitions if words]
