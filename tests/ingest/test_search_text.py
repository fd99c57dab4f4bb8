"""The search text is clean, and every character of it leads back to the plan."""

from __future__ import annotations

import unicodedata

import pytest

from ingest.document import Document
from ingest.search_text import normalise, read, readable


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("ＩＣＴ　の 活用", "ICTの活用"),
        ("D X 推進", "DX推進"),
        ("ﾃﾞｼﾞﾀﾙ", "デジタル"),
        (unicodedata.normalize("NFD", "ガバメント"), "ガバメント"),
        ("町⺠の⻑", "町民の長"),
        ("AI<sup>※1</sup>とRPA^{*2}とBPR[※]と業務[*]と手続※", "AIとRPAとBPRと業務と手続"),
        ("**重要**な<b>業務</b>", "重要な業務"),
        ("研究&amp;開発", "研究&開発"),
        ("情報～通信", "情報~通信"),
        ("Local Government", "Local Government"),
        ("※令和5年3月現在", "※2023年3月現在"),
    ],
)
def test_printing_and_misreading_leave_no_trace(source: str, clean: str) -> None:
    """Widths, layout's spaces, radicals, footnote marks and mark-up do not hide a word."""
    assert normalise(source) == clean


@pytest.mark.parametrize(
    "source", ["計画は令和 ５ 年度（２０２３年度）から", "ｶﾞﾊﾞﾅﾝｽ　の強化<sup>※1</sup>を図る", "㈱と㍻と…", "   ", ""]
)
def test_every_character_has_an_origin(source: str) -> None:
    """The map back has one place of the source for each clean character, in order."""
    result = read(source)
    assert len(result.origins) == len(result.text)
    assert list(result.origins) == sorted(result.origins)
    assert all(0 <= origin < len(source) for origin in result.origins)


def test_a_clean_word_leads_back_to_the_words_in_the_plan() -> None:
    """A stretch of search text points at the whole stretch of plan that it stands for."""
    source = "本計画は Ｄ Ｘ<sup>※1</sup> を令和 ５(2023)年度 から進める"
    result = read(source)
    start = result.text.index("2023年度")
    first, end = result.source_range(start, start + len("2023年度"))
    assert source[first:end] == "令和 ５(2023)年度"
    start = result.text.index("DX")
    first, end = result.source_range(start, start + 2)
    assert source[first:end] == "Ｄ Ｘ"


def test_a_half_width_letter_leads_back_to_its_own_place() -> None:
    """In half-width words each letter has its own origin, although sound marks are letters of their own there."""
    source = "ﾃﾞｼﾞﾀﾙｶﾞﾊﾞﾒﾝﾄ"
    result = read(source)
    start = result.text.index("タル")
    first, end = result.source_range(start, start + 2)
    assert source[first:end] == "ﾀﾙ"


def test_text_without_its_map_is_the_same_text() -> None:
    """``normalise``, which keeps no map, reads what ``read`` reads, short texts and long ones alike."""
    source = "D X 推進<sup>※1</sup>は令和 ５ 年度の ﾃﾞ一ﾀ &amp; ⺠間―**連携**〜など "
    for text in (source, source * 20):
        assert normalise(text) == read(text).text.strip()


def test_every_unit_of_the_five_plans_leads_back(documents: tuple[Document, ...]) -> None:
    """In the real plans too each unit's search text maps back into the unit."""
    for document in documents:
        for unit in (unit for chunk in document.chunks for unit in chunk.units):
            words = "".join(span.of(document.text) for span in unit.spans)
            result = read(words)
            assert result.text.strip() == unit.search_text
            assert len(result.origins) == len(result.text)
            assert all(0 <= origin < len(words) for origin in result.origins)


def test_people_read_the_plans_own_words() -> None:
    """What people read keeps era years and full-width letters, and loses mark-up, footnote marks and line breaks."""
    assert readable("業務（ＢＰＲ <sup>*6</sup> ）を\n令和 7 年度に") == "業務（ＢＰＲ）を令和7年度に"
