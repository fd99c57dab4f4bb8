"""A scanned PDF -> its text, read by Tesseract; needs the ``ocr`` extra and Tesseract with Japanese data."""

from __future__ import annotations

import re
import time
from importlib.metadata import version
from importlib.util import find_spec

from ingest.extract.extracted import Extracted, ExtractionError

_RESOLUTION = 300  # dots per inch; what Tesseract is trained for
_MAX_PIXELS = 40_000_000  # of a page's picture; A3 at 300 dpi has 17 million
_PAGE_SECONDS = 120  # for one page
_SECONDS = 3_600.0  # for a whole file
_JAPANESE = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_SPACE = re.compile(rf"(?<={_JAPANESE}) +(?={_JAPANESE})")
_REFUSAL = (
    "文字の情報がないPDF（スキャン画像）です。文字入りのPDFを用意するか、追加機能 ocr を入れてください"
    "（.venv/bin/pip install -c requirements.lock -e '.[ocr]' と、Debian では apt-get install tesseract-ocr tesseract-ocr-jpn）。"
)


def read_scan(data: bytes) -> Extracted:
    """Return the text that Tesseract reads on a scan's pages: a line each, a blank line between its blocks.

    Raises:
        ExtractionError: ``pytesseract``, Tesseract or its Japanese data is not there; or there is no text, or no time left.
    """
    if find_spec("pytesseract") is None:
        raise ExtractionError(_REFUSAL)
    import pypdfium2
    import pytesseract

    try:
        if "jpn" not in pytesseract.get_languages():
            raise ExtractionError(_REFUSAL)
        engine = f"tesseract {pytesseract.get_tesseract_version()} pytesseract {version('pytesseract')}"
        deadline = time.monotonic() + _SECONDS
        document = pypdfium2.PdfDocument(data)
        try:
            pages = [_page_text(document[i], deadline) for i in range(len(document))]
        finally:
            document.close()
    except pytesseract.TesseractNotFoundError as error:
        raise ExtractionError(_REFUSAL) from error
    except (pytesseract.TesseractError, pypdfium2.PdfiumError, RuntimeError) as error:
        raise ExtractionError(
            f"スキャン画像の文字を読み取れませんでした（{error}）。文字入りのPDFを用意してください。"
        ) from error
    if not any(pages):
        raise ExtractionError("PDFに文字が見つかりません。文字入りのPDFを用意してください。")
    starts, length = [], 0
    for page in pages:
        starts.append(length)
        length += len(page) + 2 if page else 0
    return Extracted(
        "\n\n".join(filter(None, pages)) + "\n", tuple(min(s, length - 1) for s in starts), f"ocr/1 {engine}"
    )


def _page_text(page: object, deadline: float) -> str:
    """Return the words on a ``pypdfium2`` page, without the spaces that Tesseract puts between Japanese letters."""
    import pypdfium2
    import pytesseract

    assert isinstance(page, pypdfium2.PdfPage)
    if time.monotonic() > deadline:
        raise ExtractionError(
            f"スキャン画像の読み取りが{_SECONDS / 60:.0f}分で終わりませんでした。分割して取り込んでください。"
        )
    width, height = page.get_size()
    scale = min(_RESOLUTION / 72, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True).to_pil()
    text = str(pytesseract.image_to_string(picture, lang="jpn", timeout=_PAGE_SECONDS))
    lines = [_SPACE.sub("", " ".join(line.split())) for line in text.replace("\f", "").splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
