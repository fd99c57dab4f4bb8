"""The key facts that a text states: its dates, numbers and names, each in one form however it is written."""

from __future__ import annotations

import re
import unicodedata

from index.tokens import tokenize
from ingest.eras import Year, find_years, kanji_number
from ingest.search_text import normalise

_MARK = re.compile(r"\[[0-9]{1,3}\]")
_UNIT = (
    r"か年度?|年間|年度|年|か月|月|日|人|名|件|円|割|つ|倍|回|台|歳|%|か所|箇所|世帯|業務|手続|項目|点|種|団体|時間|分"
)
_NUMBER = re.compile(rf"(?<![0-9A-Za-z])(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<power>[万億兆千百]?)(?:{_UNIT})?(?![A-Za-z])")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_KANJI_NUMBER = re.compile(
    r"(?<![一-龥])(?P<n>[一二三四五六七八九十]{1,3})(?=年|か月|月|日|人|名|件|割|倍|回|台|歳|世帯)"
)
_LIST_MARK = re.compile(r"(?m)^\s*(?:[・\-]|\(?[0-9]{1,2}[.)、]\s)")
# Units of a town hall and what governs it; the word before them belongs to the name.
_ORGANISATION = re.compile(
    r"[一-龥ァ-ヶーA-Za-z]{1,12}(?:課|係|局|室|委員会|本部|協議会|審議会|法|条例|省|庁|センター)(?![一-龥])"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+&.-]+")


def stated_facts(text: str) -> frozenset[str]:
    """Return the dates, numbers and names in ``text``; [n] marks and the marks of list items are none.

    A year is Western, with 年 and 年度 kept apart, so every era form of it is the same fact. A number has no unit and no
    thousands separator: its unit stands in the text that is compared with it anyway.

    >>> sorted(stated_facts("令和７年度に1,164件[1]"))
    ['1164', '2025年度']
    >>> sorted(stated_facts("企画政策課がＲＰＡを担当します。"))
    ['RPA', '企画政策課']
    """
    said = normalise(_LIST_MARK.sub("", _MARK.sub("", unicodedata.normalize("NFKC", text))))
    years = find_years(said)
    return frozenset(_years(years)) | _numbers(_blank(said, years)) | stated_names(text)


def stated_names(text: str) -> frozenset[str]:
    """Return the proper names, organisations and abbreviations in ``text``.

    >>> sorted(stated_names("総務省のDX推進本部と鏡野町"))
    ['DX', 'DX推進本部', '総務省', '鏡野']
    """
    said = unicodedata.normalize("NFKC", _MARK.sub("", text))
    said = _blank(said, find_years(said))
    proper = {token.surface for token in tokenize(said) if token.pos[1] == "固有名詞" and len(token.surface) > 1}
    return frozenset(proper | set(_ORGANISATION.findall(said)) | set(_LATIN.findall(said)))


def unsupported(answer: str, proof: str, question: str) -> frozenset[str]:
    """Return the facts that ``answer`` states and ``proof`` (its quotes and where they stand) does not.

    Dates and numbers must stand in the proof. A name may also come from the question, which the answer takes up.

    >>> sorted(unsupported("令和8年度に始めます。[1]", "運用開始は令和7年度", "いつ始めますか"))
    ['2026年度']
    >>> unsupported("令和7年度に始めます。[1]", "運用開始は2025年度", "いつ始めますか")
    frozenset()
    """
    names = stated_names(answer)
    told = unicodedata.normalize("NFKC", proof + "\n" + question)
    facts = stated_facts(answer) - names - stated_facts(proof)
    return facts | frozenset(name for name in names if name not in told)


def _years(years: list[Year]) -> set[str]:
    facts = set()
    for year in years:
        facts.add(f"{year.year}{'年度' if year.fiscal else '年'}")
        if year.month:
            facts.add(f"{year.year}年{year.month}月")
        if year.day:
            facts.add(f"{year.year}年{year.month}月{year.day}日")
    return facts


def _blank(text: str, years: list[Year]) -> str:
    """Return the text with its years left out, so that their digits are not numbers too."""
    for year in reversed(years):
        text = f"{text[: year.start]}、{text[year.end :]}"
    return text


def _numbers(text: str) -> frozenset[str]:
    text = _THOUSANDS.sub("", text)
    digits = {match["n"] + match["power"] for match in _NUMBER.finditer(text)}
    return frozenset(digits | {str(kanji_number(match["n"])) for match in _KANJI_NUMBER.finditer(text)})
