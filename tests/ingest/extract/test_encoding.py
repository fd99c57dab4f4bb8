"""Text is read in whatever encoding a Japanese office machine saved it."""

from __future__ import annotations

import codecs
import random

import pytest

from ingest.extract.encoding import decode
from ingest.extract.extracted import ExtractionError

SENTENCES = (
    "見本町DX推進計画",
    "計画期間は、令和5年度から令和9年度までの5年間とします。",
    "①窓口の改善　②行政手続のオンライン化",
    "システム標準化・共通化",
    "総務課\t12\t3\r\n会計課\t5\t1\r\n",
    "第1章　総論",
    "ガバメントクラウド",
    "〇続き",
    "庁内LAN",
    "人口（人）",
    "目次",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jis_2004")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", SENTENCES)
def test_short_texts_are_read(text: str, encoding: str) -> None:
    """A heading or a single word is enough to tell the encoding."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [text for text in SENTENCES if "①" not in text])
def test_mail_encoding_is_read(text: str) -> None:
    """ISO-2022-JP switches alphabets with escapes, and is all ASCII bytes."""
    assert decode(text.encode("iso2022_jp")) == text


def test_circled_numbers_and_old_extensions_are_read() -> None:
    """① and ㈱, which Windows added, are read in each of the encodings that they were smuggled into."""
    row_13 = b"\x2d\x21\x2d\x6a"  # ① ㈱
    assert decode(b"\x1b$B" + row_13 + b"\x1b(B") == "①㈱"
    assert decode(b"\x1b(I\x36\x40\x1b(B A") == "ｶﾀ A"
    assert decode("見本町の計画".encode("euc_jp") + bytes(b | 0x80 for b in row_13)) == "見本町の計画①㈱"
    assert decode("①㈱髙橋の計画".encode("cp932")) == "①㈱髙橋の計画"


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be", "utf-8"])
def test_a_byte_order_mark_decides_and_is_left_off(encoding: str) -> None:
    """Where a mark names the encoding, it is that one, and the mark is no part of the text."""
    mark = {
        "utf-8": codecs.BOM_UTF8,
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }[encoding]
    assert decode(mark + "計画".encode(encoding)) == "計画"


@pytest.mark.parametrize("text", ["", "R5", "DX", "10", "plan.txt", "<p>hello</p>", "2023/04/01\n", "A\tB\n"])
def test_plain_ascii_stays(text: str) -> None:
    """Two Latin letters are not taken for a kanji of UTF-16."""
    assert decode(text.encode()) == text


def test_a_declared_encoding_counts_but_the_bytes_win() -> None:
    """A page that says Shift_JIS and is UTF-8 is read as what it is; a doubtful one as what it says."""
    assert decode("見本町の計画".encode(), declared="Shift_JIS") == "見本町の計画"
    assert decode("率35".encode("euc_jp"), declared="EUC-JP") == "率35"
    assert decode("見本町".encode("cp932"), declared="iso-8859-1") == "見本町"


def test_random_stretches_of_a_plan_are_read() -> None:
    """Two hundred stretches of 6 to 40 characters, cut anywhere, are read right in every encoding."""
    plan = (
        "".join(SENTENCES)
        + "本計画は、自治体DX推進計画を踏まえ、町民の利便性の向上と業務の効率化を目的として策定しました。"
    )
    draw = random.Random(4)
    for _ in range(200):
        at = draw.randrange(len(plan) - 6)
        text = plan[at : at + draw.randint(6, 40)]
        for encoding in ENCODINGS:
            assert decode(text.encode(encoding)) == text, (text, encoding)


@pytest.mark.parametrize(
    "data", [random.Random(seed).randbytes(600) for seed in range(20)] + [b"\xff\xfe\x00", b"\x81"]
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes) -> None:
    """Bytes that no encoding reads are refused, and the message says to save as UTF-8."""
    with pytest.raises(ExtractionError, match="UTF-8 にして保存し直してください"):
        decode(data)
