"""Paragraphs and tables of a PDF -> one text, and where each page begins in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.document import Span
from ingest.extract.pdf_columns import Placed
from ingest.extract.pdf_layout import TableBlock
from ingest.extract.pdf_notes import Notes
from ingest.extract.pdf_paragraphs import Paragraph
from ingest.extract.pdf_table_rows import goes_on, table_rows
from ingest.lines import LineKind, classify

_SYMBOL_BULLET = re.compile(r"[･•‣◦▪▫∙\uf020-\uf0ff]\s*(?=\S)")
_LISTED = frozenset({"n.", "(n)", "n)", "ア", "(ア)", "①"})


class _Writer:
    """The text so far and the first letter of each page."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.starts: dict[int, int] = {}

    def add(self, words: str, page: int = 0) -> None:
        if page:
            self.starts.setdefault(page, self.length)
        self.pieces.append(words)
        self.length += len(words)


def write(
    found: Sequence[Paragraph | Placed], levels: Mapping[int, int], notes: Notes, pages: int
) -> tuple[str, tuple[int, ...]]:
    """Return the text and the offset of each page's first letter; a page without text begins where the next one does."""
    writer = _Writer()
    above: Paragraph | Placed | None = None
    count = 0
    for i, item in enumerate(found):
        if isinstance(item, Placed) and i and _continues(found[i - 1], item):
            continue  # written with the table's first part
        if above is not None:
            writer.add("\n" if _is_close(above, item) else "\n\n")
        if isinstance(item, Paragraph):
            _write_paragraph(writer, item, levels.get(count, 0), notes)
            count += 1
        else:
            _write_table(writer, _parts(found[i:]), notes)
        above = item
    if found:
        writer.add("\n")
    end = writer.length
    definitions = notes.definitions()
    if definitions:
        writer.add("\n# 脚注\n\n" + "\n".join(definitions) + "\n")
    starts, at = [], end
    for page in range(pages, 0, -1):
        at = writer.starts.get(page, at)
        starts.append(at)
    return "".join(writer.pieces), (0, *starts[-2::-1])


def _write_paragraph(writer: _Writer, paragraph: Paragraph, level: int, notes: Notes) -> None:
    parts: dict[int, str] = {}
    for page, words in paragraph.parts():
        parts[page] = parts.get(page, "") + words
    for i, (page, words) in enumerate(parts.items()):
        words = notes.mark(words, page)
        if i == 0 and level:
            words = f"{'#' * level} {words}"
        elif i == 0 and _SYMBOL_BULLET.match(words):
            words = _SYMBOL_BULLET.sub("・", words, count=1)
        writer.add(words, page)


def _write_table(writer: _Writer, parts: Sequence[Placed], notes: Notes) -> None:
    title, rows = table_rows([part.piece for part in parts if isinstance(part.piece, TableBlock)])
    if title:
        writer.add(notes.mark(title, parts[0].page), parts[0].page)
        writer.add("\n\n")
    first = True
    for part, lines in zip(parts, rows, strict=True):
        for line in lines:
            writer.add("" if first else "\n")
            writer.add(notes.mark(line, part.page), part.page)
            first = False


def _parts(found: Sequence[Paragraph | Placed]) -> list[Placed]:
    """Return the table at the head of ``found`` with the parts of it that follow on the next pages."""
    parts: list[Placed] = []
    for item in found:
        if isinstance(item, Paragraph) or (parts and not _continues(parts[-1], item)):
            break
        parts.append(item)
    return parts


def _continues(above: Paragraph | Placed | None, item: Placed) -> bool:
    """Return whether ``item`` is the table ``above``, gone on over a page break without its header."""
    if not isinstance(above, Placed) or item.page != above.page + 1:
        return False
    one, other = above.piece, item.piece
    return isinstance(one, TableBlock) and isinstance(other, TableBlock) and goes_on(one, other)


def _is_close(above: Paragraph | Placed, item: Paragraph | Placed) -> bool:
    """Return whether two items are of one list, so that no blank line parts them."""
    if not (isinstance(above, Paragraph) and isinstance(item, Paragraph)):
        return False
    styles = [_list_style(paragraph.text) for paragraph in (above, item)]
    return styles == ["・", "・"] or (styles[0] == styles[1] != "" and not item.apart)


def _list_style(text: str) -> str:
    """Return the style of a list item, "・" for every bullet, or "" for a paragraph that is none."""
    line = classify(text, Span(0, len(text)))
    if line.kind is LineKind.ITEM:
        return line.style if line.style in _LISTED else "・"
    return line.style if line.kind is LineKind.HEADING and line.style in _LISTED else ""
