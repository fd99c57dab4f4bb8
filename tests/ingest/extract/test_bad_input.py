"""Files that are broken, mistaken or hostile are refused in a sentence or made harmless, and cost little."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path
from random import Random

import pytest

from ingest.extract.extracted import ExtractionError
from ingest.extract.read_file import MAX_BYTES, MAX_CHARACTERS, read_file
from tests.ingest.extract.word_xml import docx, p, packed, relationships

FORMS = Path(__file__).resolve().parents[1] / "forms"
PDF, DOCX, HTML = ((FORMS / f"a.{ending}").read_bytes() for ending in ("pdf", "docx", "html"))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SHEET = packed({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"})


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", PDF, "拡張子は .docx ですが、中身はPDFのようです。拡張子を .pdf に直して"),
        ("a.txt", PDF, "中身はPDFのようです。拡張子を .pdf に"),
        ("a.html", PDF, "中身はPDFのようです。拡張子を .pdf に"),
        ("a.pdf", DOCX, "中身はWord 文書のようです。拡張子を .docx に"),
        ("a.md", DOCX, "中身はWord 文書のようです。拡張子を .docx に"),
        ("a.html", DOCX, "中身はWord 文書のようです"),
        ("a.docx", HTML, "中身はHTMLのようです。拡張子を .html に"),
        ("a.pdf", HTML, "中身はHTMLのようです。拡張子を .html に"),
        ("a.docx", SHEET, "中身はExcel のブックのようです。.txt・.md・.html・.htm・.docx・.pdf のどれかに変換"),
        ("a.txt", packed({"plan.txt": "計画"}), "中身は圧縮ファイル（ZIP）のようです"),
        ("a.docx", OLE, "古い形式の Word・Excel・PowerPoint か、パスワードで保護された文書のようです"),
        ("a.txt", PNG, "中身は画像（PNG）のようです"),
        ("a.pdf", b"\xff\xd8\xff\xe0" + bytes(50), "中身は画像（JPEG）のようです"),
        ("a.txt", b"{\\rtf1 plan}", "リッチテキスト"),
        ("a.pdf", "計画".encode(), "PDFファイルではありません"),
        ("a.docx", "計画".encode(), "Word の文書（.docx）ではありません"),
    ],
)
def test_a_wrong_suffix_is_named(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """The sentence says what the file seems to be, and what to do."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ExtractionError) as refusal:
        read_file(tmp_path / name)
    assert reason in str(refusal.value)
    assert str(refusal.value).endswith("。")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_mark_up_in_a_text_is_text(tmp_path: Path, name: str) -> None:
    """A text file that begins like a web page is no mistake."""
    (tmp_path / name).write_text("<html>\n計画", encoding="utf-8")
    assert read_file(tmp_path / name).text == "<html>\n計画"


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx", "pdf"])
def test_an_empty_file_is_called_empty(tmp_path: Path, ending: str) -> None:
    """Whatever its form should be."""
    (tmp_path / f"a.{ending}").touch()
    with pytest.raises(ExtractionError, match="ファイルが空です"):
        read_file(tmp_path / f"a.{ending}")


@pytest.mark.parametrize("ending", ["txt", "pdf", "docx", "html"])
def test_a_file_beyond_the_bound_is_refused_unread(tmp_path: Path, ending: str) -> None:
    """200 MB are refused by their size: none of them is read."""
    path = tmp_path / f"a.{ending}"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    with pytest.raises(ExtractionError, match="大きすぎます（上限 50 MB）"):
        read_file(path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_a_text_beyond_the_bound_is_refused(tmp_path: Path, ending: str) -> None:
    """A file that is small enough may hold more letters than could be worked on."""
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"x" * (MAX_CHARACTERS + 1))
    assert path.stat().st_size < MAX_BYTES
    with pytest.raises(ExtractionError, match="文字が多すぎます（上限 10,000,000 字）"):
        read_file(path)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    """A folder with a file's name, and a pipe, which would be waited for without end."""
    (tmp_path / "a.txt").mkdir()
    os.mkfifo(tmp_path / "b.pdf")
    for name in ("a.txt", "b.pdf"):
        with pytest.raises(ExtractionError, match="ファイルではありません"):
            read_file(tmp_path / name)


@pytest.mark.parametrize(
    "data",
    [b"\x00" * 500, "計画\x00期間。".encode() * 50, b"\x7fELF\x02\x01\x01" + bytes(900), Random(4).randbytes(4_000)],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    """Null bytes, programs and noise called .txt."""
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(ExtractionError, match=r"文字ではないデータ|文字コードを判別できません"):
        read_file(tmp_path / "a.txt")


UNSEEN = "計画\u202e期間\u2066は\u200b5年\ufeff間\u200e。"


def test_direction_marks_stay_in_a_text_and_nowhere_else(tmp_path: Path) -> None:
    """A text is stored untouched; from a page or a Word file, what nobody sees is left out."""
    for name, data in (
        ("a.txt", UNSEEN.encode()),
        ("a.html", f"<p>{UNSEEN}</p>".encode()),
        ("a.docx", docx(p(UNSEEN))),
    ):
        (tmp_path / name).write_bytes(data)
    assert read_file(tmp_path / "a.txt").text == UNSEEN
    assert read_file(tmp_path / "a.html").text.strip() == "計画期間は5年間。"
    assert read_file(tmp_path / "a.docx").text.strip() == "計画期間は5年間。"


def test_members_that_climb_out_of_an_archive_are_not_touched(tmp_path: Path) -> None:
    """Nothing is unpacked to disk, and a document that points outside is looked for inside."""
    inside = tmp_path / "plans"
    inside.mkdir()
    members = {
        "_rels/.rels": relationships({"officeDocument": "/word/document.xml"}),
        "../../climbed.xml": "<x/>",
        "/absolute.xml": "<x/>",
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>本文</w:t></w:r></w:p></w:body></w:document>",
    }
    (inside / "a.docx").write_bytes(packed(members))
    assert read_file(inside / "a.docx").text == "本文\n"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.docx", "plans"]
