"""Links from a mark to its note: the mark is written as ``[※n]``, the note goes to the end of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.extract.clean import one_line
from ingest.extract.note_marks import mark_number, without_mark
from ingest.extract.written import BlockKind, WrittenBlock

_LONGEST_NOTE = 10  # blocks; what a link to a whole section leads to is no note
_TOKEN = re.compile("\x0e(\\d+)\x0f")
_OPENS_WITH_MARK = re.compile(r"[\[［(（]?(?:[※＊*†‡注]|[0-9０-９]{1,3}(?![0-9０-９]))")
_ITEM_LABEL = re.compile(r"・|[0-9]{1,9}\. ")


_TITLE = re.compile(r"#+ (?:脚注|注釈|注記|注|後注|footnotes?|notes?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A link whose words look like a note's mark: where it leads, its words, and the block (from 0) it stands in."""

    target: str
    words: str
    block: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """The blocks from ``start`` to before ``end`` that an id stands for."""

    start: int
    end: int


def token(index: int) -> str:
    """Return what stands in a text for the reference of that index until all notes are known."""
    return f"\x0e{index}\x0f"


def resolve_notes(
    blocks: Sequence[WrittenBlock], references: Sequence[Reference], anchors: Mapping[str, Anchor]
) -> tuple[list[WrittenBlock], list[tuple[str, str]]]:
    """Return the blocks with their marks written and their notes taken out, and the notes as (number, definition)."""
    first: dict[str, str] = {}  # target -> the words of the first mark that leads to it
    marks: set[int] = set()
    for i, reference in enumerate(references):
        anchor = anchors.get(reference.target)
        if anchor is not None and _is_note(blocks, reference, anchor):
            first.setdefault(reference.target, reference.words)
            marks.add(i)
    numbers = _numbers(first)

    def write(match: re.Match[str]) -> str:
        reference = references[int(match[1])]
        return f"[※{numbers[reference.target]}]" if int(match[1]) in marks else reference.words

    notes: list[tuple[str, str]] = []
    taken: set[int] = set()
    for target, mark in first.items():
        anchor = anchors[target]
        own = [i for i in range(anchor.start, anchor.end) if i not in taken]
        taken.update(own)
        definition = " ".join(_TOKEN.sub(write, _note_words(blocks[i], mark)) for i in own)
        if one_line(definition):
            notes.append((numbers[target], one_line(definition)))
    taken |= _emptied(blocks, taken)
    left = [replace(b, text=_TOKEN.sub(write, b.text)) for i, b in enumerate(blocks) if i not in taken]
    return left, notes


def _emptied(blocks: Sequence[WrittenBlock], taken: set[int]) -> set[int]:
    """Return the headings that had nothing but notes under them."""
    out: set[int] = set()
    below = ""  # the first block after this one that stays
    for i in reversed(range(len(blocks))):
        text = blocks[i].text
        if i in taken:
            continue
        over_notes = blocks[i].kind is BlockKind.HEADING and i + 1 in taken
        if over_notes and (not below or _depth(below) <= _depth(text) or _TITLE.fullmatch(text)):
            out.add(i)
        else:
            below = text if blocks[i].kind is BlockKind.HEADING else "#" * 9
    return out


def _depth(heading: str) -> int:
    return len(heading) - len(heading.lstrip("#"))


def _is_note(blocks: Sequence[WrittenBlock], reference: Reference, anchor: Anchor) -> bool:
    """Return whether a link leads down to a few lines that are a list item or open with a mark."""
    own = blocks[anchor.start : min(anchor.end, anchor.start + _LONGEST_NOTE + 1)]
    if not 0 < len(own) <= _LONGEST_NOTE or anchor.start <= reference.block:
        return False
    if any(block.kind in (BlockKind.HEADING, BlockKind.TABLE) for block in own):
        return False
    words = own[0].text
    return own[0].kind is BlockKind.ITEM or words.startswith("\x0e") or _OPENS_WITH_MARK.match(words) is not None


def _numbers(first: Mapping[str, str]) -> dict[str, str]:
    """Return a number for each note: the ones shown, or new ones in order where those are missing or come twice."""
    shown = [mark_number(mark) for mark in first.values()]
    if "" in shown or len(set(shown)) < len(shown):
        shown = [str(number) for number in range(1, len(shown) + 1)]
    return dict(zip(first, shown, strict=True))


def _note_words(block: WrittenBlock, mark: str) -> str:
    """Return a note's words without the mark or number that it opens with."""
    words = block.text.lstrip()
    if block.kind is BlockKind.ITEM and (label := _ITEM_LABEL.match(words)):
        words = words[label.end() :]
        if not re.match("[\\[［(（※＊*†‡注\x0e]", words):
            return words
    return without_mark(re.sub("^\x0e\\d+\x0f\\s*", "", words), mark)
