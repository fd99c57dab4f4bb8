"""What must hold for every text and file holds for those that hypothesis makes up (``scripts/fuzz_properties.py``)."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import fuzz_properties as properties
from fuzz import WORDS
from hypothesis import given, settings
from hypothesis import strategies as st

FORMS = Path(__file__).resolve().parents[1] / "forms"
WHOLE_DOCX = (FORMS / "a.docx").read_bytes()
WHOLE_HTML = (FORMS / "a.html").read_bytes()
# The same inputs in every run; hard ones are kept by the fuzzer's corpus, not here.
few = settings(derandomize=True, deadline=None, database=None, max_examples=100)
many = settings(few, max_examples=300)

pieces = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
plan_like = st.lists(pieces, max_size=60).map("".join)
rows = st.lists(
    st.lists(pieces.map(lambda word: " ".join(word.split())), min_size=2, max_size=5), min_size=1, max_size=8
)
cards = st.lists(
    st.tuples(st.sampled_from(("No", "取組事項", "現況と課題", "取組の概要", "工程", "担当課", "")), pieces, pieces),
    min_size=2,
    max_size=8,
)
scratches = st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 255)), min_size=1, max_size=12)


def scratched(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    """Return bytes with some of them overwritten."""
    out = bytearray(data)
    for at, byte in changes:
        out[at % len(out)] = byte
    return bytes(out)


@many
@given(plan_like)
def test_any_text_keeps_the_promises(text: str) -> None:
    """Spans lie in the text, units in their chunks, quotes are short and not empty, and nothing is raised."""
    properties.check_text(text)


@many
@given(st.text(max_size=200))
def test_any_characters_keep_the_promises(text: str) -> None:
    """Texts of any script, with any control character, are read as well as plans."""
    properties.check_text(text)


@many
@given(rows)
def test_any_table_keeps_the_promises(cells: list[list[str]]) -> None:
    """Tables of any shape and content, as tabs and as Markdown."""
    properties.check_text("\n".join("\t".join(row) for row in cells))
    properties.check_text("\n".join(f"| {' | '.join(row)} |" for row in [cells[0], ["---"], *cells[1:]]))


@many
@given(cards)
def test_any_card_keeps_the_promises(fields: list[tuple[str, str, str]]) -> None:
    """Record cards with fields missing, repeated and out of order."""
    properties.check_text("\n".join("\t".join(field) for field in fields))


@many
@given(
    st.one_of(st.binary(max_size=300), plan_like.map(str.encode), plan_like.map(lambda t: t.encode("cp932", "ignore")))
)
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    """Bytes of any kind are text that can be stored, or a refusal."""
    properties.check_decode(data)


@few
@given(st.lists(st.one_of(pieces, st.sampled_from([w for w in WORDS if "<" in w])), max_size=80).map("".join))
def test_any_mark_up_is_read_or_refused(page: str) -> None:
    """Mark-up in any order gives a text, which keeps the promises, or a refusal."""
    properties.check_html(page.encode())


@few
@given(scratches)
def test_any_damage_to_a_page_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    """A real page with bytes overwritten."""
    properties.check_html(scratched(WHOLE_HTML[:6_000], changes))


@few
@given(scratches)
def test_any_damage_to_a_word_file_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    """A real Word file with bytes overwritten: in the archive, and in the document inside, where no checksum tells."""
    properties.check_docx(scratched(WHOLE_DOCX, changes))
    with zipfile.ZipFile(BytesIO(WHOLE_DOCX)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"]
    parts["word/document.xml"] = scratched(document, changes[:2])
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    properties.check_docx(out.getvalue())


@few
@given(scratches)
def test_any_damage_to_a_pdf_file_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    """A PDF file, unpacked so that its operators can be hit, with bytes overwritten."""
    properties.check_pdf(scratched(_PDF, changes))


def _pdf() -> bytes:
    """Return a file of two pages with a ruled table, its streams not packed."""
    from tests.ingest.extract.drawing import LEFT, Sheet

    sheet = Sheet()
    sheet.canvas.setPageCompression(0)
    sheet.line(LEFT, 80, "1. 計画の期間", 16)
    sheet.flow("この計画は、令和5年度から令和9年度までを期間とする。" * 3, 120)
    sheet.table(
        [(0, 0, 1, 1, "課"), (0, 1, 1, 1, "件"), (1, 0, 1, 1, "総務課"), (1, 1, 1, 1, "12")], [70, 200, 300], 300
    )
    sheet.page()
    sheet.line(LEFT, 80, "次のページ")
    return sheet.data()


_PDF = _pdf()
