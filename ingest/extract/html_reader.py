"""The events of an HTML parser -> blocks. No tree is built: memory is that of the text, whatever the mark-up does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.extract.clean import one_line, unwrapped, visible
from ingest.extract.extracted import ExtractionError
from ingest.extract.html_attributes import OpenList, heading_level, is_hidden, open_list
from ingest.extract.html_notes import Anchor, Reference, token
from ingest.extract.html_tables import OpenTable
from ingest.extract.note_marks import is_mark, raised
from ingest.extract.written import BULLET, BlockKind, WrittenBlock, cell_text, heading, item

MAX_DEPTH = 2_048  # the parser looks through all open elements at every stray end tag; pages nest less than 100
_MAX_TABLES = 20  # tables inside each other; deeper ones are read as text
_LINE = "\x0b"  # inside the words of a block: a line break that the page asks for
_UNSEEN = frozenset(
    "head title script style template noscript iframe object embed applet audio video canvas svg map frameset "
    "button input select option optgroup datalist textarea progress meter rt rp rtc del s strike".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center details dialog dir div dl dt dd fieldset figure figcaption footer "
    "deep-table form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr caption ul".split()
)
_BACK = re.compile(r"[\s\[［(（]*(?:[↩↑⤴⏎^△▲]\ufe0e?|(?:本文(?:へ|に))?(?:もど|戻)る)[\s\]］)）]*")
# A style sheet takes the list's own numbers away where the words bring theirs; bullets stay.
_OWN_NUMBER = re.compile(
    r"第\s?[0-9０-９一二三四五六七八九十]|[0-9０-９]+[-－.．][0-9０-９]+[\s　]|[0-9０-９]+[.．)）、]|[①-⑳]"
    r"|[ア-ヶ][\s　.．、)）]|[(（](?:[0-9０-９]+|[ア-ヶ一二三四五六七八九十a-z])[)）]"
)
_CONTENTS = re.compile(r"目\s*次|もくじ")


_KEPT = ("id", "name", "href", "alt", "colspan", "rowspan", "role", "aria-level", "style", "start", "value", "type")
_LIST_TAGS = ("ul", "ol", "menu", "dir")
_FRAME_TAGS = ("figure", "figcaption", "caption", "nav", "td", "th")
_TABLE_TAGS = frozenset("table caption thead tr td th".split())


@dataclass(slots=True)
class _Frame:
    """A place whose blocks are kept together until it ends: the page, a cell, a figure, a caption, a navigation."""

    tag: str = ""
    blocks: list[WrittenBlock] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # of the block that is being read
    captions: list[WrittenBlock] = field(default_factory=list)
    alt: str = ""
    levels: list[int] = field(default_factory=list)  # of the open headings
    label: str | None = None  # of the list item that has no words yet


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element, how many blocks there were when it began, and where in which words it began."""

    tag: str
    attributes: Mapping[str, str]
    blocks: int
    words: list[str]
    at: int


class HtmlReader:
    """A target for ``lxml.etree.HTMLParser``. ``references`` and ``anchors`` tell where notes are."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.anchors: dict[str, Anchor] = {}
        self._frames = [_Frame()]
        self._stack: list[_Open] = []
        self._unseen = 0  # open elements from an unseen one down
        self._tables: list[OpenTable] = []
        self._too_deep = 0  # open tables that are read as text
        self._lists: list[OpenList] = []
        self._terms = 0  # open dt and dd
        self._raw = 0  # open pre

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if self._unseen or tag in _UNSEEN or is_hidden(tag, attributes):
            self._unseen += 1
            return
        if len(self._stack) >= MAX_DEPTH:
            raise ExtractionError(
                f"HTML の要素が深く入れ子になりすぎています（上限 {MAX_DEPTH:,} 段）。"
                "ブラウザーで開き、PDF かテキストとして保存し直してください。"
            )
        tag = self._known(tag)
        if tag in _BLOCKS:
            self._flush()
        kept = {name: attributes[name] for name in _KEPT if name in attributes} if attributes else {}
        frame = self._frames[-1]
        self._stack.append(_Open(tag, kept, len(frame.blocks), frame.words, len(frame.words)))
        self._open(tag, kept)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._unseen:
            self._unseen -= 1
            return
        if not self._stack:
            return
        opened = self._stack.pop()
        if opened.tag in _BLOCKS:
            self._flush()
        self._close(opened)
        name = opened.attributes.get("id") or opened.attributes.get("name")
        if name and len(self._frames) == 1:
            end = max(len(self._frames[0].blocks), opened.blocks + 1)
            self.anchors.setdefault(name, Anchor(opened.blocks, end))

    def data(self, words: str) -> None:
        """Take text."""
        if not self._unseen:
            words = visible(words).replace("\f", " ")
            self._frames[-1].words.append(words.replace("\n", _LINE) if self._raw else words)

    def comment(self, words: str) -> None:
        """Leave out a comment."""

    def pi(self, target: str, words: str | None = None) -> None:
        """Leave out a processing instruction."""

    def close(self) -> None:
        """Take the end of the page."""
        self._flush()

    @property
    def blocks(self) -> list[WrittenBlock]:
        """The blocks of the page, once it has been read."""
        return self._frames[0].blocks

    def _known(self, tag: str) -> str:
        """Return what an element is read as: parts of a table without one, or of one that lies too deep, are plain."""
        if tag == "table" and (self._too_deep or len(self._tables) >= _MAX_TABLES):
            self._too_deep += 1
            return "deep-table"
        return "div" if tag in _TABLE_TAGS and tag != "table" and (self._too_deep or not self._tables) else tag

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        frame = self._frames[-1]
        if level := heading_level(tag, attributes):
            frame.levels.append(level)
        elif tag == "br":
            frame.words.append(_LINE)
        elif tag == "img":
            alt = one_line(visible(attributes.get("alt", "")))
            if frame.tag == "figure":
                frame.alt = frame.alt or alt
            else:
                frame.words.append(f" {alt} ")
        elif tag in _LIST_TAGS:
            self._lists.append(open_list(tag, attributes))
        elif tag == "li":
            frame.label = self._lists[-1].next_label(attributes) if self._lists else BULLET
        elif tag in _FRAME_TAGS:
            self._frames.append(_Frame(tag))
        elif tag == "table":
            self._tables.append(OpenTable(layout=attributes.get("role") in ("presentation", "none")))
        elif tag == "tr":
            self._tables[-1].open_row()
        elif tag == "thead":
            self._tables[-1].in_head = True
        self._terms += tag in ("dt", "dd")
        self._raw += tag == "pre"

    def _close(self, opened: _Open) -> None:
        tag = opened.tag
        if heading_level(tag, opened.attributes):
            self._frames[-1].levels.pop()
        elif tag in _LIST_TAGS:
            self._lists.pop()
        elif tag == "li":
            self._frames[-1].label = None
        elif tag in _FRAME_TAGS:
            self._close_frame(self._frames.pop(), opened.attributes)
        elif tag == "table":
            self._frames[-1].blocks += self._tables.pop().close()
        elif tag == "thead":
            self._tables[-1].in_head = False
        elif tag in ("a", "sup") and opened.words is self._frames[-1].words:
            self._note_mark(opened)
        self._terms -= tag in ("dt", "dd")
        self._raw -= tag == "pre"
        self._too_deep -= tag == "deep-table"

    def _close_frame(self, frame: _Frame, attributes: Mapping[str, str]) -> None:
        outer = self._frames[-1]
        if frame.tag in ("td", "th"):
            self._tables[-1].add_cell(frame.tag, attributes, frame.blocks)
        elif frame.tag == "caption":
            self._tables[-1].caption = cell_text(frame.blocks)
        elif frame.tag == "figcaption" and outer.tag == "figure":
            outer.captions += frame.blocks
        elif frame.tag == "figure":
            captions = frame.captions or [WrittenBlock(BlockKind.PARAGRAPH, frame.alt)]
            above = any(block.kind is BlockKind.TABLE for block in frame.blocks)
            outer.blocks += captions + frame.blocks if above else frame.blocks + captions
        elif frame.tag != "nav" or any(_CONTENTS.search(block.text) for block in frame.blocks[:3]):
            outer.blocks += frame.blocks  # of navigation, only a contents page belongs to the text

    def _note_mark(self, opened: _Open) -> None:
        """Write the words of a link or of a raised stretch as a note's mark, where they are one."""
        words, href = opened.words, opened.attributes.get("href", "")
        mark = one_line("".join(words[opened.at :]))
        before = "".join(words[max(0, opened.at - 3) : opened.at])
        if opened.tag == "a" and href.startswith("#") and len(href) > 1:
            if _BACK.fullmatch(mark):
                del words[opened.at :]
            elif is_mark(mark):
                words[opened.at :] = [token(len(self.references))]
                self.references.append(Reference(href[1:], mark, len(self._frames[0].blocks)))
        elif opened.tag == "sup" and is_mark(mark):
            words[opened.at :] = [raised(mark, before)]

    def _flush(self) -> None:
        """Make a block of the words read so far."""
        frame = self._frames[-1]
        if not frame.words:
            return
        lines = [unwrapped(line).strip() for line in "".join(frame.words).split(_LINE)]
        frame.words = []
        if not any(lines):
            return
        words = " ".join(line for line in lines if line)
        if frame.levels:
            frame.blocks.append(heading(frame.levels[-1], words))
            frame.label = None
        elif frame.label is not None:
            frame.blocks.append(item("" if _OWN_NUMBER.match(words) else frame.label, words))
            frame.label = None
        elif self._terms:
            frame.blocks.append(WrittenBlock(BlockKind.ITEM, words))
        else:
            paragraphs = "\n".join(lines).strip("\n").split("\n\n")
            frame.blocks += [WrittenBlock(BlockKind.PARAGRAPH, p.strip("\n")) for p in paragraphs if p.strip("\n")]
