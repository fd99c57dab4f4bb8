"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_EDGE = 65_536  # bytes at either end of a ZIP file that tell what it holds: its first member, its table of contents


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file as people call it, and the endings that it rightly bears."""

    name: str
    suffixes: tuple[str, ...] = ()


_PDF = Form("PDF", (".pdf",))
_WORD = Form("Word 文書", (".docx",))
_PAGE = Form("HTML", (".html", ".htm"))
_OLD = Form("古い形式の Word・Excel・PowerPoint か、パスワードで保護された文書")
_BINARY = (
    (b"%PDF-", _PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD),
    (b"\x89PNG\r\n", Form("画像（PNG）")),
    (b"\xff\xd8\xff", Form("画像（JPEG）")),
    (b"GIF8", Form("画像（GIF）")),
    (b"II*\x00", Form("画像（TIFF）")),
    (b"MM\x00*", Form("画像（TIFF）")),
    (b"{\\rtf", Form("リッチテキスト（RTF）")),
    (b"\x1f\x8b\x08", Form("圧縮ファイル（gzip）")),
    (b"7z\xbc\xaf", Form("圧縮ファイル（7z）")),
)
_IN_ZIP = (  # member names; a Word file may hold a workbook of its charts
    (b"word/", _WORD),
    (b"xl/", Form("Excel のブック")),
    (b"ppt/", Form("PowerPoint の資料")),
    (b"opendocument.text", Form("OpenDocument 文書（.odt）")),
    (b"epub+zip", Form("EPUB")),
    (b"", Form("圧縮ファイル（ZIP）")),
)
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)


def seeming_form(path: Path) -> Form | None:
    """Return the form that a file's bytes show, ``None`` for one that shows none: plain text, or unknown.

    A text may hold HTML: a .txt or .md that begins like a page shows none either.
    """
    with path.open("rb") as file:
        head = file.read(_EDGE)
        if head.startswith(b"PK\x03\x04"):
            file.seek(max(path.stat().st_size - _EDGE, 0))
            edges = head + file.read(_EDGE)
            return next(form for name, form in _IN_ZIP if name in edges)
    found = next((form for mark, form in _BINARY if head.startswith(mark)), None)
    page = path.suffix.lower() not in (".txt", ".md") and _HTML.match(head)
    return found or (_PAGE if page else None)
