"""The parts of a plan in the order of its text: headings, paragraphs, lists, tables, notes and what the layout added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.blocks import Block, read_blocks
from ingest.lines import Line, LineKind
from ingest.read_lines import read_lines

_PIPE_RULE = re.compile(r"\|[ \t:|\-]*\|")
"""The rule under a Markdown table's header, which stands between two rows of one table."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are shown together. ``path`` is a heading's own path, itself last; () for any other part."""

    kind: LineKind
    lines: tuple[Line, ...]
    path: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where the first line begins."""
        return self.lines[0].span.start

    @property
    def end(self) -> int:
        """Where the last line ends."""
        return self.lines[-1].span.end


def read_parts(text: str, title: str) -> tuple[Part, ...]:
    """Return the parts of a plan whose title is known. Together they hold every word of the text, in its order.

    What the index leaves out is here too: the contents page, page numbers, running heads. A paragraph that the notes of
    its page cut in two is two parts, since the notes stand where the plan has them.

    >>> text = "# 目次\\n\\n1. 目的 1\\n\\n## 1. 目的\\n\\n町民の利便性を高めます。\\n\\n- 1 -\\n"
    >>> [part.kind.value for part in read_parts(text, "計画")]
    ['contents', 'heading', 'text', 'furniture']
    """
    blocks = read_blocks(text, title)
    owned = [(line, at) for at, block in enumerate(blocks) for line in block.lines]
    known = {line.span.start for line, _ in owned}
    others = [(line, -1) for line in read_lines(text) if line.text and line.span.start not in known]
    ordered = sorted([*owned, *others], key=lambda pair: pair[0].span.start)
    return tuple(_part(group, at, blocks) for group, at in _groups(ordered))


def _groups(ordered: list[tuple[Line, int]]) -> Iterator[tuple[list[Line], int]]:
    """Yield runs of lines of one block; of the lines outside all blocks, runs of contents lines and single others."""
    group: list[Line] = []
    last = -1
    for i, (line, at) in enumerate(ordered):
        if at < 0 and group and last >= 0 and _PIPE_RULE.fullmatch(line.text) and _next(ordered, i) == last:
            continue
        same = at == last and (at >= 0 or line.kind is group[0].kind is LineKind.CONTENTS) if group else False
        if group and not same:
            yield group, last
            group = []
        group.append(line)
        last = at
    if group:
        yield group, last


def _next(ordered: list[tuple[Line, int]], at: int) -> int:
    return ordered[at + 1][1] if at + 1 < len(ordered) else -1


def _part(lines: list[Line], at: int, blocks: list[Block]) -> Part:
    if at >= 0:
        kind = blocks[at].kind
        return Part(kind, tuple(lines), blocks[at].heading_path if kind is LineKind.HEADING else ())
    kind = lines[0].kind
    shown = kind if kind in (LineKind.CONTENTS, LineKind.FURNITURE) else LineKind.TEXT
    return Part(shown, tuple(lines))
