"""PDF files that cannot be read: each ends in a Japanese sentence, within bounds."""

from __future__ import annotations

import random
import zlib

import pytest

from ingest.extract import ocr, pdf_open
from ingest.extract.extracted import ExtractionError
from ingest.extract.pdf import extract_pdf
from tests.ingest.extract.drawing import HEIGHT, LEFT, WIDTH, Sheet

WORDS = "この計画は、令和5年度から令和9年度までを期間とする。"


def written(password: str | None = None) -> bytes:
    """Return a file of one sentence."""
    sheet = Sheet(password=password)
    sheet.line(LEFT, 80, WORDS)
    return sheet.data()


def scan() -> bytes:
    """Return a page that is nothing but a picture of a sentence."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader

    picture = pypdfium2.PdfDocument(written())[0].render(scale=3).to_pil()
    sheet = Sheet()
    sheet.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    return sheet.data()


def test_an_encrypted_file_with_an_empty_password_is_read() -> None:
    """Protection against printing or copying alone does not keep a reader out."""
    assert extract_pdf(written(password="")).text == f"{WORDS}\n"


def test_a_file_with_a_password_is_refused() -> None:
    """The sentence says that it is the password."""
    with pytest.raises(ExtractionError, match="パスワードを外したPDF"):
        extract_pdf(written(password="himitsu"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "計画".encode(), b"<html></html>"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    """A wrong suffix is named as such."""
    with pytest.raises(ExtractionError, match="PDFファイルではありません"):
        extract_pdf(data)


def test_a_file_without_pages_is_refused() -> None:
    """A page tree without a page has no text to find."""
    data = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    )
    data += b"trailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"
    with pytest.raises(ExtractionError, match="ページがありません"):
        extract_pdf(data)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_short_is_refused(share: float) -> None:
    """A download that broke off is not taken for the whole plan, even where its first pages can be read."""
    whole = written()
    with pytest.raises(ExtractionError, match="途中で切れています"):
        extract_pdf(whole[: int(share * len(whole))])


def test_damage_ends_in_a_sentence_or_in_text() -> None:
    """Files cut short or with bytes overwritten at random raise nothing but ExtractionError."""
    whole = written()
    chance = random.Random(4)
    damaged = [whole[: len(whole) * part // 20] for part in range(20)]
    for _ in range(60):
        scratched = bytearray(whole)
        for _ in range(8):
            scratched[chance.randrange(9, len(scratched))] = chance.randrange(256)
        damaged.append(bytes(scratched))
    read, refused = 0, []
    for data in damaged:
        try:
            read += bool(extract_pdf(data).text)
        except ExtractionError as error:
            refused.append(str(error))
    assert read > 0
    assert refused
    assert all(sentence.endswith("。") for sentence in refused)


def test_a_stream_that_unpacks_beyond_the_bound_is_refused() -> None:
    """A small file that grows to hundreds of megabytes is not unpacked to its end."""
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(80)) + packer.flush()
    data = written().replace(b"%%EOF", b"9 0 obj\n<</Length 9>>\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF")
    with pytest.raises(ExtractionError, match="展開すると"):
        extract_pdf(data)


def test_a_page_with_too_many_letters_is_refused() -> None:
    """The bound is stated with the page's number."""
    sheet = Sheet()
    row = "x" * 10_000
    for i in range(pdf_open.MAX_OBJECTS // 10_000 + 1):
        sheet.line(LEFT, 10 + i, row, 1, "Helvetica")
    with pytest.raises(ExtractionError, match="1ページ目の文字と線が多すぎます（上限 200,000個）"):
        extract_pdf(sheet.data())


def test_letters_without_a_meaning_are_refused() -> None:
    """Where a font's table of letters is missing, garbage is not taken for text."""
    data = written()
    broken = data.replace(b"/Encoding /UniJIS-UCS2-H", b"/Encoding /Identity-H   ").replace(b"(Japan1)", b"(Foo___)")
    assert broken != data
    with pytest.raises(ExtractionError, match="文字の対応表が欠けていて、1ページ"):
        extract_pdf(broken)


def test_a_scan_names_the_extra_where_tesseract_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal says that the file is a picture, and what to install."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ExtractionError, match=r"スキャン画像.*\.\[ocr\].*tesseract-ocr-jpn"):
        extract_pdf(scan())


def test_a_scan_is_read_where_tesseract_is_there() -> None:
    """With Tesseract and its Japanese data, the picture's words are the text."""
    pytest.importorskip("pytesseract")
    try:
        extracted = ocr.read_scan(scan())
    except ExtractionError as error:
        pytest.skip(str(error))
    assert "令和" in extracted.text
    assert extracted.pages == (0,)
    assert extracted.extractor.startswith("ocr/1 tesseract")


def test_reading_is_repeatable() -> None:
    """Reading a file twice gives the same text and pages."""
    data = written()
    assert extract_pdf(data) == extract_pdf(data)
