"""A plan file of any form that towns publish -> its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.extract.extracted import Extracted, ExtractionError

MAX_BYTES = 50_000_000  # a municipal plan is below 1 MB of text and below 30 MB of PDF; more is a wrong file
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")  # a form feed is a page break, and text


def read_file(path: Path) -> Extracted:
    """Return the text of a plan file, by its suffix.

    Raises:
        ExtractionError: it is of no form that can be read, too large, empty, damaged, or no text.
        OSError: it cannot be opened.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        form = path.suffix or "拡張子なし"
        known = "・".join(READERS)
        raise ExtractionError(f"この形式（{form}）は読めません。{known} のどれかに変換してから取り込んでください。")
    if path.stat().st_size > MAX_BYTES:
        raise ExtractionError(
            f"ファイルが大きすぎます（上限 {MAX_BYTES // 1_000_000} MB）。計画本文だけのファイルにしてください。"
        )
    extracted = reader(path.read_bytes())
    if not extracted.text.strip():
        raise ExtractionError("ファイルが空です。計画の本文が入ったファイルを指定してください。")
    return extracted


def _text(data: bytes) -> Extracted:
    """Return a text file's words with its newlines as they are, and without a byte order mark."""
    from ingest.extract.encoding import decode

    text = decode(data)
    if _CONTROL.search(text):
        raise ExtractionError("文字ではないデータが含まれています。テキストファイルか確かめてください。")
    return Extracted(text, (), "text/1")


def _html(data: bytes) -> Extracted:
    from ingest.extract.html import extract_html

    return extract_html(data)


def _docx(data: bytes) -> Extracted:
    from ingest.extract.docx import extract_docx

    return extract_docx(data)


def _pdf(data: bytes) -> Extracted:
    from ingest.extract.pdf import extract_pdf

    return extract_pdf(data)


READERS: Mapping[str, Callable[[bytes], Extracted]] = {
    ".txt": _text,
    ".md": _text,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}
"""What reads a file, by its ending. Each imports its library when it is first used."""
