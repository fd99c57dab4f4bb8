"""A table of a web page while it is read: its cells, and whether it is a table at all or a page's layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.extract.html_attributes import integer
from ingest.extract.table_text import MAX_ROW_SPAN, GridCell, place_cells
from ingest.extract.written import BlockKind, WrittenBlock, cell_text, table


@dataclass(slots=True)
class OpenTable:
    """What has been read of a table so far."""

    layout: bool = False  # role="presentation", or found out from what stands in its cells
    caption: str = ""
    in_head: bool = False
    rows: list[list[GridCell]] = field(default_factory=list)
    contents: list[WrittenBlock] = field(default_factory=list)
    named: bool = False  # it has header cells: no layout

    def open_row(self) -> None:
        """Begin a row."""
        self.rows.append([])

    def add_cell(self, tag: str, attributes: Mapping[str, str], blocks: Sequence[WrittenBlock]) -> None:
        """Add a cell with the blocks that stand in it."""
        if not self.rows:
            self.open_row()
        deep = integer(attributes.get("rowspan", ""), 1)
        header = tag == "th" or self.in_head
        self.named = self.named or header
        self.rows[-1].append(
            GridCell(
                cell_text(blocks),
                0,
                0,
                rows=deep or MAX_ROW_SPAN,  # 0 means: down to the end
                columns=integer(attributes.get("colspan", ""), 1),
                header=header,
            )
        )
        self.contents += blocks
        self.layout = self.layout or any(block.kind in (BlockKind.HEADING, BlockKind.TABLE) for block in blocks)

    def close(self) -> list[WrittenBlock]:
        """Return the table's blocks: what stands in its cells, one after the other, for a layout or a single column."""
        cells = place_cells(row for row in self.rows if row)
        columns = len({cell.column for cell in cells})
        if columns == 1 or (self.layout and not self.named):
            head = [WrittenBlock(BlockKind.PARAGRAPH, self.caption)] if self.caption else []
            return head + self.contents
        return table(cells, self.caption)
