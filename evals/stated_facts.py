"""The key facts that a text states: its dates, numbers and names, each in one form however it is written."""

from __future__ import annotations

import re
import unicodedata

from assistant.english_phrases import without_introduction
from evals.derived_facts import derived_facts
from evals.same_text import folded
from index.tokens import tokenize
from ingest.eras import Year, find_years, kanji_number
from ingest.search_text import normalise

# What numbers things and says nothing of them: [n] marks, (1) or 1. before an item (perhaps in quotation marks), ① anywhere.
_MARK = re.compile(r"\[[0-9]{1,3}\]")
_LIST_MARK = re.compile(r"(?m)(?:^|(?<=[「『・]))[\s・\-]*(?:\([0-9]{1,2}\)|[0-9]{1,2}[.)](?![0-9])|[0-9]{1,2}、\s)")
_CIRCLED = re.compile("[①-⑳⑴-⒇⒈-⒛❶-❿]")

_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?<![0-9]\.)(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<power>[万億兆千百]?)")
_GLUED_NUMBER = re.compile(r"(?<=[A-Za-z])[0-9]+(?:\.[0-9]+)?")  # of a name, such as Society5.0
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_KANJI_NUMBER = re.compile(
    r"(?:(?<=第)|(?<![一-龥]))(?P<n>[一二三四五六七八九十]{1,3})"
    r"(?=年|か月|月|日|人|名|件|割|倍|回|台|歳|世帯|つ|期|次|章|節|点|種|段階|項目|団体|か所|箇所)"
)
# 令和5~9年度: the era and 年度 stand once for both years. A length (令和5年から3年間) is no second year.
_YEAR_RANGE = re.compile(
    r"(?P<era>平成|令和)\s*(?P<first>[0-9]{1,2}|元)\s*(?:年度?)?(?P<month>[0-9]{1,2}月)?\s*(?P<to>[~〜\-–—ー・]|から)\s*"
    r"(?P<last>[0-9]{1,2})\s*(?P<unit>年度?)(?![間目後前以ごぶ毎余半])"
)
# The other form of a year behind it, 令和7年度(2025年度): a year of its own, so that a wrong one is seen.
_ANY_YEAR = r"(?:(?:19|20)[0-9]{2}|(?:昭和|平成|令和)\s*(?:[0-9]{1,2}|元))\s*年度?"
_TWO_FORMS = re.compile(rf"(?P<one>{_ANY_YEAR})\s*\(\s*(?P<other>{_ANY_YEAR})\s*\)")
# A fiscal year as schedules abbreviate it, R8 or H30; OCR reads R10 as R1O.
_BARE_YEAR = re.compile(r"(?<![A-Za-z0-9])(?P<era>[RH])(?P<n>[1-9][0-9O]?|元)(?![0-9A-Za-z])")
_FIRST_YEAR = {"R": 2019, "H": 1989}
_RANK = re.compile(r"([0-9]+)(?:番目|位)")
# Units of a town hall and what governs it; the word before them belongs to the name.
_ORGANISATION = re.compile(
    r"[一-龥ァ-ヶーA-Za-z]{1,12}(?:課|係|局|室|委員会|本部|協議会|審議会|法|条例|省|庁|センター)(?![一-龥])"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+&.-]+")
# A sentence that says what the plans do not say: nothing can be cited for the names in it.
_NOTHING_FOUND = re.compile(
    r"[^。\n]*(?:見つかりません|見当たりません|書かれていません|(?:記載|記述|言及|定め)[はが](?:あり|ござい)ません)[^。\n]*"
)


def stated_facts(text: str) -> frozenset[str]:
    """Return the dates, numbers and names in ``text``; [n] marks and the marks of list items are none.

    A year is Western, with 年 and 年度 kept apart, so every era form of it is the same fact. A number has no unit and no
    thousands separator: its unit stands in the text that is compared with it anyway.

    >>> sorted(stated_facts("令和７年度に1,164件[1]"))
    ['1164', '2025年度']
    >>> sorted(stated_facts("企画政策課がＲＰＡを担当します。"))
    ['RPA', '企画政策課']
    >>> sorted(stated_facts("（１）令和5～9年度の五年間"))
    ['2023年度', '2027年度', '5']
    """
    said = _without_marks(text)
    years = find_years(said)
    return frozenset(_years(years)) | _numbers(_blank(said, years)) | stated_names(text)


def stated_names(text: str) -> frozenset[str]:
    """Return the proper names, organisations and abbreviations in ``text``; not those for which it found nothing.

    >>> sorted(stated_names("総務省のDX推進本部と鏡野町"))
    ['DX', 'DX推進本部', '総務省', '鏡野']
    >>> stated_names("鏡野町の計画には、あてはまる記載が見つかりませんでした。")
    frozenset()
    """
    said = unicodedata.normalize("NFKC", _MARK.sub("", text))
    said = _YEAR_RANGE.sub(_both_years, _NOTHING_FOUND.sub("", said))
    said = _blank(said, find_years(said))
    proper = {token.surface for token in tokenize(said) if token.pos[1] == "固有名詞" and len(token.surface) > 1}
    return frozenset(proper | set(_ORGANISATION.findall(said)) | set(_LATIN.findall(said)))


def unsupported(answer: str, proof: str, question: str) -> frozenset[str]:
    """Return the facts that ``answer`` states and ``proof`` (its quotes and where they stand) does not.

    Dates and numbers must stand in the proof, or follow from figures stated before them. A name may also come from the
    question, which the answer takes up. Line breaks and footnote marks inside a name are no part of it; the English line before
    an answer states nothing.

    >>> sorted(unsupported("令和8年度に始めます。[1]", "運用開始は令和7年度", "いつ始めますか"))
    ['2026年度']
    >>> unsupported("令和7年度に始めます。[1]", "運用開始は2025年度", "いつ始めますか")
    frozenset()
    >>> unsupported("令和8年度に始めます。[1]", "R8 R9", "いつ始めますか")
    frozenset()
    >>> unsupported("件数が2番目に多いのは、乙班の15です。[1]", "乙班 15", "2番目に多いのは")
    frozenset()
    """
    answer = without_introduction(answer)
    names = stated_names(answer)
    told = "\n".join(folded(text) for text in (proof, normalise(proof), question))
    proven = (
        stated_facts(proof)
        | _bare_years(proof)
        | frozenset(_GLUED_NUMBER.findall(unicodedata.normalize("NFKC", proof)))
    )
    asked = frozenset(_RANK.findall(unicodedata.normalize("NFKC", question)))  # which one was asked for, no figure
    facts = stated_facts(answer) - names - proven - derived_facts(answer) - asked
    return facts | frozenset(name for name in names if folded(name) not in told)


def _bare_years(proof: str) -> frozenset[str]:
    """Return the fiscal years that a proof abbreviates."""
    found = _BARE_YEAR.finditer(unicodedata.normalize("NFKC", proof))
    return frozenset(f"{_FIRST_YEAR[m['era']] + kanji_number(m['n'].replace('O', '0')) - 1}年度" for m in found)


def _without_marks(text: str) -> str:
    """Return the search text without what numbers its items, every year written out."""
    text = unicodedata.normalize("NFKC", _CIRCLED.sub("", text))
    text = _TWO_FORMS.sub(r"\g<other>、\g<one>", _LIST_MARK.sub("", _MARK.sub("", text)))
    return normalise(_YEAR_RANGE.sub(_both_years, text))


def _both_years(found: re.Match[str]) -> str:
    first, last = kanji_number(found["first"]), int(found["last"])
    if last <= first:
        return found[0]
    era, unit, month = found["era"], found["unit"], found["month"] or ""
    return f"{era}{first}{'年' if month else unit}{month}{found['to']}{era}{last}{unit}"


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
