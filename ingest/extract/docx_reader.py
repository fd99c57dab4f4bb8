"""The paragraphs and tables of a Word file -> blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.extract.clean import one_line
from ingest.extract.docx_numbering import Numbering
from ingest.extract.docx_package import child, local, switched_on, value
from ingest.extract.docx_styles import Styles, outline_level
from ingest.extract.docx_words import WordReader
from ingest.extract.table_text import MAX_COLUMN_SPAN, GridCell
from ingest.extract.written import PAGE, BlockKind, WrittenBlock, cell_text, heading, item, table

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOT_WALKED = frozenset("del moveFrom tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr altChunk mc:Fallback".split())


class DocxReader:
    """Reads blocks in the order of the file, and counts lists, notes and pages on the way."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.words = WordReader(styles)

    def blocks(self, container: _Element) -> list[WrittenBlock]:
        """Return the blocks that stand in the body, a cell, a text box or a note."""
        return [block for element in _descend(container, "p", "tbl") for block in self.block(element)]

    def block(self, element: _Element) -> list[WrittenBlock]:
        """Return the blocks of one paragraph (text boxes and pictures after it) or table."""
        return self._table(element) if local(element.tag) == "tbl" else self._paragraph(element)

    def _paragraph(self, element: _Element) -> list[WrittenBlock]:
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self._styles.default
        own = child(properties, "pageBreakBefore")
        before = switched_on(own) if own is not None else self._styles.begins_page(style)
        page = self.words.pages.mark(explicit=True) if before else ""
        read = self.words.read(element)
        label = self._label(properties, style)
        words = page + ("" if self._styles.is_hidden(style) else read.text())
        level = outline_level(value(child(properties, "outlineLvl"))) or self._styles.level(style)
        blocks = [_block(max(level, 0), label, words)] if words.strip("\n ") else []
        for box in read.boxes:
            blocks += self.blocks(box)
        return blocks + [WrittenBlock(BlockKind.PARAGRAPH, words) for words in read.pictures if words]

    def _label(self, properties: _Element | None, style: str) -> str:
        """Return the number or bullet before a paragraph with the space behind it; the list counts on."""
        list_id = value(child(properties, "numPr", "numId"))
        level = value(child(properties, "numPr", "ilvl"))
        if not list_id:
            list_id, of_style = self._styles.numbering(style)
            level = level or of_style
        label, apart = self._numbering.label(list_id, level, style)
        return f"{label} " if apart else label

    def _table(self, element: _Element) -> list[WrittenBlock]:
        cells: list[GridCell] = []
        contents: list[WrittenBlock] = []
        pages: list[int] = []
        merged: dict[int, int] = {}  # column -> the index of the cell that goes on downwards there
        for r, row in enumerate(row for row in _descend(element, "tr") if not _is_left_out(row)):
            properties = child(row, "trPr")
            header = switched_on(child(properties, "tblHeader"))
            column = _span(child(properties, "gridBefore"), 0)
            on_page = 0
            for cell in _descend(row, "tc"):
                span = max(_span(child(cell, "tcPr", "gridSpan"), 1), 1)
                blocks = self.blocks(cell)
                text = _cell_text(blocks)
                merge = child(cell, "tcPr", "vMerge")
                above = merged.get(column, -1)
                goes_on = merge is not None and value(merge) != "restart"
                if goes_on and above >= 0 and _stands_on(cells[above], r, span):
                    cells[above] = replace(cells[above], rows=r - cells[above].row + 1)
                else:
                    merged[column] = len(cells) if merge is not None else -1
                    cells.append(GridCell(text.replace(PAGE, ""), r, column, 1, span, header))
                    contents += blocks
                on_page = max(on_page, text.count(PAGE))
                column += span
            pages += [r] * on_page
        if len({cell.column for cell in cells}) == 1:  # a frame around text, or a list
            return contents
        return table(cells, page_rows=pages)


def _block(level: int, label: str, words: str) -> WrittenBlock:
    bare = words.replace(PAGE, "").strip("\n ")
    if not bare:
        return WrittenBlock(BlockKind.PARAGRAPH, words)
    if level:
        return heading(level, PAGE * words.count(PAGE) + label + one_line(bare))
    return item(label, words) if label else WrittenBlock(BlockKind.PARAGRAPH, words)


def _cell_text(blocks: list[WrittenBlock]) -> str:
    """Return the blocks of a cell as one line behind its page marks."""
    pages = sum(block.text.count(PAGE) for block in blocks)
    return PAGE * pages + cell_text([replace(block, text=block.text.replace(PAGE, " ")) for block in blocks])


def _descend(container: _Element, *names: str) -> Iterator[_Element]:
    """Yield the elements of these names in a container, through content controls and tracked insertions."""
    for element in container:
        name = local(element.tag)
        if name in names:
            yield element
        elif name not in _NOT_WALKED and name not in ("p", "tbl", "tr", "tc"):
            yield from _descend(element, *names)


def _is_left_out(row: _Element) -> bool:
    return child(row, "trPr", "del") is not None or switched_on(child(row, "trPr", "hidden"))


def _stands_on(cell: GridCell, row: int, columns: int) -> bool:
    return cell.row + cell.rows == row and cell.columns == columns


def _span(element: _Element | None, default: int) -> int:
    words = value(element)
    return min(int(words), MAX_COLUMN_SPAN) if words.isdecimal() and len(words) < 9 else default
