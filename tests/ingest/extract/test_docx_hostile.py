"""Word files that are damaged, locked or made to do harm are refused in a sentence, or cost little."""

from __future__ import annotations

import contextlib
import time

import pytest

from ingest.extract.docx import extract_docx
from ingest.extract.extracted import ExtractionError
from tests.ingest.extract.word_xml import (
    SPACES,
    docx,
    note,
    p,
    packed,
    relationships,
    tc,
    text_of,
    tr,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
GOOD = docx(p("本文" * 500))
LOST = packed({"_rels/.rels": relationships({"officeDocument": "../../etc/passwd"})})
SHEET = packed({"_rels/.rels": relationships({"officeDocument": "xl/workbook.xml"}), "xl/workbook.xml": "<x/>"})
ENTITIES = '<!DOCTYPE x [<!ENTITY a "爆">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)
REFUSED = {
    "empty": (b"", "ではありません"),
    "text": ("計画".encode(), "ではありません"),
    "legacy": (OLE + "WordDocument".encode("utf-16-le"), "古い形式"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードで保護"),
    "cut": (GOOD[: len(GOOD) // 2], "壊れています"),
    "no parts": (packed({"a.txt": "x"}), "本文がありません"),
    "outside": (LOST, "文字が見つかりません"),
    "spreadsheet": (SHEET, "本文がありません"),
    "no words": (docx("<w:p/>"), "文字が見つかりません"),
    "broken xml": (docx("<w:p><w:r>"), "XML"),
    "deep": (docx("<w:sdt>" * 5_000 + p("深") + "</w:sdt>" * 5_000), "XML"),
    "entities": (
        packed(
            {
                "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
                "word/document.xml": f"{ENTITIES}]><w:document {SPACES}><w:body>{p('&j;')}</w:body></w:document>",
            }
        ),
        "DTD",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str) -> None:
    """A file of another form, damaged, locked, empty or hostile is refused with what is wrong."""
    data, reason = REFUSED[name]
    with pytest.raises(ExtractionError, match=reason):
        extract_docx(data)


def test_damaged_bytes_are_refused_or_harmless() -> None:
    """A byte changed anywhere gives the text, another text, or a refusal in a sentence, and nothing else."""
    for at in range(0, len(GOOD), 7):
        data = bytearray(GOOD)
        data[at] ^= 0xFF
        with contextlib.suppress(ExtractionError):
            assert extract_docx(bytes(data)).text


def test_a_locked_zip_is_refused() -> None:
    """A member with the encryption bit is refused before it is read."""
    data = bytearray(GOOD)
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ExtractionError, match="パスワード"):
        extract_docx(bytes(data))


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    """A file that claims to be far larger inside, by sum or by ratio, is refused at once; so is one that lies."""
    bomb = docx(p("あ" * 40_000_000))
    assert len(bomb) < 500_000
    started = time.perf_counter()
    with pytest.raises(ExtractionError, match="大きすぎる"):
        extract_docx(bomb)
    assert time.perf_counter() - started < 0.5

    lying = bytearray(docx(p("あ" * 40_000)))
    at = lying.rindex(b"PK\x01\x02")  # the document is the last member: its claimed size is at 24
    lying[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(ExtractionError, match="壊れています"):
        extract_docx(bytes(lying))


def test_huge_spans_and_wide_tables_cost_little() -> None:
    """A span of a thousand million columns, and 20,000 columns, are read in seconds."""
    started = time.perf_counter()
    huge = '<w:gridSpan w:val="999999999"/><w:vMerge w:val="restart"/>'
    body = "<w:tbl>" + tr(tc("課", huge), "件") + tr(*["a"] * 20_000) + tr("終", "1") + "</w:tbl>"
    words = text_of(body)
    assert words.count("a") == 20_000
    assert "終" in words
    assert time.perf_counter() - started < 10


def test_a_long_file_takes_time_in_line_with_its_length() -> None:
    """Four times the paragraphs, notes and rows take about four times as long."""

    def seconds(times: int) -> float:
        table = "<w:tbl>" + tr("a", "b") * 5 + "</w:tbl>"
        marks = (f'<w:r><w:footnoteReference w:id="{i}"/></w:r>' for i in range(times))
        body = "".join(p("文", mark) + table for mark in marks)
        data = docx(body, footnotes="".join(note("footnote", i, "語：説明") for i in range(times)))
        started = time.perf_counter()
        extract_docx(data)
        return time.perf_counter() - started

    seconds(50)
    short = min(seconds(300) for _ in range(2))
    assert seconds(1_200) < 12 * short
