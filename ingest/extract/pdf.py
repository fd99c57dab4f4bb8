"""A PDF file -> its text, in reading order, with headings, tables and footnotes in the form that the parser reads."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from ingest.extract.extracted import Extracted, ExtractionError
from ingest.extract.pdf_columns import reading_order
from ingest.extract.pdf_furniture import without_furniture
from ingest.extract.pdf_headings import heading_levels
from ingest.extract.pdf_layout import PageLayout, body_size
from ingest.extract.pdf_notes import take_notes
from ingest.extract.pdf_open import damage_named, open_pdf, read_layout
from ingest.extract.pdf_pages import read_page
from ingest.extract.pdf_paragraphs import Paragraph, measure, paragraphs
from ingest.extract.pdf_write import write

_VERSION = 1  # raised whenever the text comes out differently
_UNREADABLE = 0.05  # of a page's letters without a Unicode value; single ones are symbols of a font
_SCANNED = 0.5  # of the pages without a letter; fewer are a cover or maps


def extract_pdf(data: bytes) -> Extracted:
    """Return the text of a PDF file.

    Raises:
        ExtractionError: encrypted, damaged, a scan without the ``ocr`` extra, letters without meaning, or beyond a bound.
    """
    layouts = _read_pages(data)
    scanned = [page for page in layouts if page.picture and not page.letters]
    if not any(page.letters for page in layouts) or len(scanned) > _SCANNED * len(layouts):
        from ingest.extract.ocr import read_scan

        return read_scan(data)
    _refuse_unreadable(layouts)
    pages, notes = take_notes(without_furniture(layouts))
    size = body_size(pages)
    placed = [item for page in pages for item in reading_order(page.pieces, page.number)]
    found = paragraphs(placed, measure(placed, {page.number: page.width for page in pages}, size))
    levels = heading_levels([item for item in found if isinstance(item, Paragraph)], size)
    text, starts = write(found, levels, notes, len(pages))
    return Extracted(text, starts, f"pdf/{_VERSION} pdfplumber {version('pdfplumber')}")


def _read_pages(data: bytes) -> tuple[PageLayout, ...]:
    layouts = []
    for page in open_pdf(data):
        with damage_named(page.page_number):
            read_layout(page)
            layouts.append(read_page(page))
        page.close()  # frees what was read; the layout is kept
    return tuple(layouts)


def _refuse_unreadable(pages: Sequence[PageLayout]) -> None:
    bad = [page for page in pages if page.unreadable > _UNREADABLE * page.letters and page.unreadable >= 5]
    if bad:
        numbers = "、".join(str(page.number) for page in bad[:5]) + ("など" if len(bad) > 5 else "")
        raise ExtractionError(
            f"PDFの文字の対応表が欠けていて、{numbers}ページの文字を読み取れません。"
            "元の文書（Wordなど）か、作り直したPDFを用意してください。"
        )
