"""A PDF file -> its pages, opened with bounds: hostile and damaged files end in a sentence, not in a crash."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from ingest.extract.extracted import ExtractionError

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_PAGES = 5_000
MAX_OBJECTS = 200_000  # letters and strokes on one page; a dense map has some tens of thousands
MAX_STREAM = 64_000_000  # bytes of one unpacked stream that is not a picture
# What pdfminer raises on damaged files beside its own errors.
_DAMAGE: tuple[type[Exception], ...] = (
    struct.error,
    zlib.error,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    EOFError,
)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DAMAGED = "PDFファイルが壊れているか、途中で切れています。もう一度入手するか、別のソフトで開いて保存し直してください。"


def open_pdf(data: bytes) -> list[Page]:
    """Return the pages of a file, none of them read yet.

    Raises:
        ExtractionError: not a PDF, encrypted, damaged, without pages, or beyond a bound.
    """
    import pdfplumber
    from pdfminer.pdfpage import PDFPage

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd colour
    if b"%PDF-" not in data[:1024]:
        raise ExtractionError("PDFファイルではありません。拡張子と中身が合っているか確かめてください。")
    if b"%%EOF" not in data[-4_096:]:  # pdfminer would mend the file and leave out what is missing
        raise ExtractionError(_DAMAGED)
    _refuse_bomb(data)
    try:
        pdf = pdfplumber.open(BytesIO(data))
        count = sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), MAX_PAGES + 1))
        pages = pdf.pages if count <= MAX_PAGES else []
    except _damage() as error:
        raise _refusal(error) from error
    if count == 0:
        raise ExtractionError("PDFファイルにページがありません。もう一度入手してください。")
    if count > MAX_PAGES:
        raise ExtractionError(f"PDFのページ数が上限（{MAX_PAGES:,}ページ）を超えています。分割して取り込んでください。")
    return pages


@contextmanager
def damage_named(page: int) -> Iterator[None]:
    """Turn what pdfminer raises on a damaged page into an ExtractionError that names the page."""
    try:
        yield
    except ExtractionError:
        raise
    except _damage() as error:
        raise ExtractionError(f"PDFの{page}ページ目を読み取れません。{_DAMAGED}") from error


def read_layout(page: Page) -> None:
    """Read what a page draws, so that ``page.chars`` and the like are at hand.

    Raises:
        ExtractionError: the page draws more than MAX_OBJECTS.
    """
    from pdfminer.layout import LTPage
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfplumber.page import PDFPageAggregatorWithMarkedContent

    class Bounded(PDFPageAggregatorWithMarkedContent):
        drawn = 0

        def count(self, more: int) -> None:
            self.drawn += more
            if self.drawn > MAX_OBJECTS:
                raise ExtractionError(
                    f"PDFの{page.page_number}ページ目の文字と線が多すぎます（上限 {MAX_OBJECTS:,}個）。"
                    "図や地図を除いたPDFを用意してください。"
                )

        def begin_figure(self, name, bbox, matrix):  # type: ignore[no-untyped-def]
            self.count(1)  # a form can show others, which show others: ten levels of ten are 10^10
            super().begin_figure(name, bbox, matrix)

        def render_string(self, textstate, seq, ncs, graphicstate):  # type: ignore[no-untyped-def]
            self.count(sum(len(part) for part in seq if isinstance(part, bytes)))
            super().render_string(textstate, seq, ncs, graphicstate)

        def paint_path(self, gstate, stroke, fill, evenodd, path):  # type: ignore[no-untyped-def]
            self.count(1 + len(path) // 4)
            super().paint_path(gstate, stroke, fill, evenodd, path)

    device = Bounded(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    layout = device.get_result()
    assert isinstance(layout, LTPage)
    page._layout = layout  # where pdfplumber keeps it; without it, it would read the page again, unbounded


def _damage() -> tuple[type[Exception], ...]:
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    return (PSException, PdfminerException, MalformedPDFException, *_DAMAGE)


def _refusal(error: Exception) -> ExtractionError:
    """Return the sentence for a file that does not open."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    causes = (error, *error.args)
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return ExtractionError("PDFにパスワードがかかっています。パスワードを外したPDFを用意してください。")
    if any(isinstance(cause, PDFEncryptionError) for cause in causes):
        return ExtractionError("PDFの暗号化の方式が読めません。暗号化していないPDFを用意してください。")
    return ExtractionError(_DAMAGED)


def _refuse_bomb(data: bytes) -> None:
    """Refuse a file in which a packed stream grows beyond MAX_STREAM; pictures are never unpacked, so they do not count."""
    view = memoryview(data)
    for match in _STREAM.finditer(data):
        at, begins = match.end(), match.start()
        named = max(begins - 2_000, 0)  # a dictionary is short; looked for further up, a million streams take hours
        if b"/Image" in data[max(data.rfind(b"obj", named, begins), named) : begins]:
            continue
        unpack, size = zlib.decompressobj(), 0
        try:
            pending: bytes | memoryview = view[at : at + 65_536]
            while pending and not unpack.eof:
                size += len(unpack.decompress(pending, 1_000_000))
                if size > MAX_STREAM:
                    raise ExtractionError(
                        f"PDFの中に、展開すると{MAX_STREAM // 1_000_000} MBを超えるデータがあります。読み取りを中止しました。"
                    )
                pending = unpack.unconsumed_tail
                if not pending:
                    at += 65_536
                    pending = view[at : at + 65_536]
        except zlib.error:
            continue  # not packed this way
