"""The blocks of a file in reading order -> the stored text, in the conventions that the text parser reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.extract.clean import one_line
from ingest.extract.extracted import Extracted, ExtractionError
from ingest.extract.table_text import GridCell, header_rows, split_caption, table_lines

PAGE = "\f"  # inside the text of a block: here a page begins. It is taken out when the text is written
BULLET = "・"
_HEADING_LEVELS = 6
_OWN_BULLET = re.compile(r"[・･•‣◦▪▫●○◎■□◆◇▼▲※★☆➢➤►▶✓✔-]")


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list, or a term and its definition: consecutive ones stand line on line
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A block as its form writes it: the lines of a paragraph, of an item with its mark, of a table."""

    kind: BlockKind
    text: str


def heading(level: int, words: str) -> WrittenBlock:
    """Return a heading with its mark.

    >>> heading(2, "1 計画の 目的").text
    '## 1 計画の 目的'
    """
    before, words = _leading_pages(words)
    return WrittenBlock(BlockKind.HEADING, f"{before}{'#' * min(max(level, 1), _HEADING_LEVELS)} {words}")


def item(label: str, words: str) -> WrittenBlock:
    """Return a list item behind its label; a bullet is not doubled where the words bring their own.

    >>> [item("・", words).text for words in ("窓口の改善", "●窓口の改善")], item("(1) ", "窓口の改善").text
    (['・窓口の改善', '●窓口の改善'], '(1) 窓口の改善')
    """
    before, words = _leading_pages(words)
    own = label == BULLET and _OWN_BULLET.match(words) is not None
    return WrittenBlock(BlockKind.ITEM, f"{before}{'' if own else label}{words}")


def table(cells: Sequence[GridCell], caption: str = "", page_rows: Sequence[int] = ()) -> list[WrittenBlock]:
    """Return a table under its caption. A title row over all columns is a caption; one column is paragraphs.

    ``page_rows`` are the rows with which a page begins.
    """
    title, rest = split_caption(cells)
    shift = 1 if title else 0
    blocks = [WrittenBlock(BlockKind.PARAGRAPH, line) for line in (one_line(caption), title) if line]
    lines = table_lines(rest, header_rows(rest))
    starts = sorted({cell.row for cell in rest})
    for row in page_rows:  # a row that was left out hands its page on to the next
        at = next((i for i, start in enumerate(starts) if start >= row - shift), None)
        if at is not None and at < len(lines):
            lines[at] = PAGE + lines[at]
    if lines and "\t" in lines[0]:
        return [*blocks, WrittenBlock(BlockKind.TABLE, "\n".join(lines))]
    return blocks + [WrittenBlock(BlockKind.PARAGRAPH, line) for line in lines if line.strip()]


def cell_text(blocks: Sequence[WrittenBlock]) -> str:
    """Return the blocks that stand in a cell as one line, without the marks of headings.

    >>> cell_text([WrittenBlock(BlockKind.HEADING, "## 目的"), WrittenBlock(BlockKind.ITEM, "・窓口")])
    '目的 ・窓口'
    """
    words = (block.text.lstrip("\f# ") if block.kind is BlockKind.HEADING else block.text for block in blocks)
    return one_line(" ".join(words))


def written(blocks: Sequence[WrittenBlock], notes: Sequence[tuple[str, str]], extractor: str) -> Extracted:
    r"""Return the stored text of ``blocks``, and of ``notes`` (mark and definition) under a heading of their own.

    >>> blocks = [heading(1, "目的"), WrittenBlock(BlockKind.PARAGRAPH, "DX[※1]を進める。\f次の頁。")]
    >>> extracted = written(blocks, [("1", "DX：変革")], "x/1")
    >>> extracted.text, [extracted.text[at:][:2] for at in extracted.pages]
    ('# 目的\n\nDX[※1]を進める。\n次の頁。\n\n# 脚注\n\n※1 DX：変革\n', ['# ', '次の'])

    Raises:
        ExtractionError: there is no text.
    """
    parts: list[str] = []
    before: BlockKind | None = None
    for block in blocks:
        if not block.text.strip(" \n"):
            continue
        together = before is block.kind is BlockKind.ITEM
        parts += (["\n" if together else "\n\n"] if parts else []) + [block.text]
        before = block.kind
    if notes:
        parts += [
            "\n\n" if parts else "",
            "# 脚注\n\n",
            "\n".join(f"※{mark} {one_line(words)}" for mark, words in notes),
        ]
    text, pages = _take_out_pages("".join(parts) + "\n")
    if not text.strip():
        raise ExtractionError("文字が見つかりません。本文の入ったファイルか確かめてください。")
    return Extracted(text, pages, extractor)


def _leading_pages(words: str) -> tuple[str, str]:
    """Return the page marks at the head of a block's words, and the words."""
    bare = words.lstrip(PAGE + " \n")
    return PAGE * words[: len(words) - len(bare)].count(PAGE), bare


def _take_out_pages(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text without its page marks, each page on a new line, and the offsets at which the pages begin."""
    if PAGE not in text:
        return text, ()
    out: list[str] = []
    pages: list[int] = []
    length = blank = 0
    gap = ""  # the white space since the last words
    for piece in text.split(PAGE):
        words = piece.strip(" \n")
        gap += piece[: len(piece) - len(piece.lstrip(" \n"))]
        if words:
            between = ("\n\n" if gap.count("\n") > 1 else "\n") if out else ""
            out += [between, words]
            length += len(between)
            pages += [length] * (blank + 1)
            length += len(words)
            gap = piece[len(piece.rstrip(" \n")) :]
            blank = 0
        else:
            blank += 1
    pages += [length] * blank  # pages without words at the end
    return "".join(out) + "\n", tuple(pages)
