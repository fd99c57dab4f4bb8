"""A plan file of any form that towns publish -> its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.extract.extracted import Extracted, ExtractionError

MAX_BYTES = 50_000_000  # a municipal plan is below 1 MB of text and below 30 MB of PDF; more is a wrong file
MAX_CHARACTERS = 10_000_000  # of text; a plan has 50,000, and what is made of a text takes 150 times its room
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")  # a form feed is a page break, and text
_PLAIN = frozenset({".txt", ".md"})  # read by code of ours that is linear in time and memory
_EMPTY = "ファイルが空です。計画の本文が入ったファイルを指定してください。"


def read_file(path: Path) -> Extracted:
    """Return the text of a plan file, by its suffix. All forms but plain text are read in a process of its own.

    Raises:
        ExtractionError: it is of no form that can be read, too large, empty, damaged, or no text.
        OSError: it cannot be opened.
    """
    suffix = path.suffix.lower()
    if suffix not in READERS:
        form = path.suffix or "拡張子なし"
        known = "・".join(READERS)
        raise ExtractionError(f"この形式（{form}）は読めません。{known} のどれかに変換してから取り込んでください。")
    _refuse_at_a_glance(path)
    if suffix in _PLAIN:
        extracted = read_bytes(suffix, path.read_bytes())
    else:
        from ingest.extract.confined import read_confined

        extracted = read_confined(path)
    return extracted


def read_bytes(suffix: str, data: bytes) -> Extracted:
    """Return the text of a file's bytes by the reader for its suffix, in this process.

    Raises:
        ExtractionError: it is empty, damaged, too long, or no text.
    """
    extracted = READERS[suffix](data)
    if not extracted.text.strip():
        raise ExtractionError(_EMPTY)
    if len(extracted.text) > MAX_CHARACTERS:
        raise ExtractionError(
            f"ファイルの文字が多すぎます（上限 {MAX_CHARACTERS:,} 字）。計画本文だけのファイルにしてください。"
        )
    return extracted


def _refuse_at_a_glance(path: Path) -> None:
    """Refuse what is no file, empty, too large, or by its bytes of another form than its suffix says."""
    from ingest.extract.signatures import seeming_form

    size = path.stat().st_size
    if not path.is_file():  # a folder; a pipe, which would be waited for without end
        raise ExtractionError("ファイルではありません。計画の本文が入ったファイルを指定してください。")
    if size == 0:
        raise ExtractionError(_EMPTY)
    if size > MAX_BYTES:
        raise ExtractionError(
            f"ファイルが大きすぎます（上限 {MAX_BYTES // 1_000_000} MB）。計画本文だけのファイルにしてください。"
        )
    form = seeming_form(path)
    suffix = path.suffix.lower()
    if form is None or suffix in form.suffixes:
        return
    what = f"拡張子は {suffix} ですが、中身は{form.name}のようです。"
    if form.suffixes:
        raise ExtractionError(f"{what}拡張子を {form.suffixes[0]} に直してから取り込んでください。")
    raise ExtractionError(f"{what}{'・'.join(READERS)} のどれかに変換してから取り込んでください。")


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
