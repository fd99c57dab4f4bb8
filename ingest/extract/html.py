"""The bytes of a web page -> its text. Nothing is run, fetched or expanded."""

from __future__ import annotations

import re
from typing import Any

from ingest.extract.encoding import decode
from ingest.extract.extracted import Extracted, ExtractionError
from ingest.extract.html_notes import resolve_notes
from ingest.extract.html_reader import HtmlReader
from ingest.extract.written import written

VERSION = "html/1"  # raised whenever a page's text comes out differently
_DECLARATION = re.compile(rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 8_192  # bytes in which a page declares its encoding; HTML asks for the first 1,024


def extract_html(data: bytes) -> Extracted:
    r"""Return the visible text of a web page, without pages.

    >>> extract_html("<h1>計画</h1><p>令和5年<script>alert(1)</script>策定".encode()).text
    '# 計画\n\n令和5年策定\n'

    Raises:
        ExtractionError: the encoding is unknown, there is no text, or elements nest too deep.
    """
    from lxml import etree

    page = decode(data, declared=declared_charset(data))
    reader = HtmlReader()
    target: Any = reader  # the stubs ask for parameter names that the parser does not use
    # huge_tree lifts limits that end a page early and silently; no tree is built here, and the reader has its own.
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True)
    try:
        parser.feed(page.encode("utf-8"))
        parser.close()
    except etree.LxmlError as error:
        raise ExtractionError("HTML として読めません。ブラウザーで開けるファイルか確かめてください。") from error
    blocks, notes = resolve_notes(reader.blocks, reader.references, reader.anchors)
    return written(blocks, notes, f"{VERSION} lxml {etree.__version__}")


def declared_charset(data: bytes) -> str:
    """Return the encoding that a page declares for itself, or "".

    >>> declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">')
    'Shift_JIS'
    """
    head = data[:_HEAD]
    match = _XML_DECLARATION.search(head) or _DECLARATION.search(head)
    return match[1].decode("ascii", "replace") if match else ""
