"""Years as Japanese plans write them: eras, Western years, fiscal years. 年 (January to December) is never 年度 (April to March)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

# First Western year of each era (source: the era ordinances; the first year is written 元年).
ERA_START = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
ERA_LETTER = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
# Eras as speech recognition and half-width keyboards write them.
_ERA_KANA = {
    "レイワ": "令和",
    "れいわ": "令和",
    "ヘイセイ": "平成",
    "へいせい": "平成",
    "ショウワ": "昭和",
    "しょうわ": "昭和",
}
_KANJI_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}

# M and T alone also stand for magnitudes, models and tonnes: they are eras only before 年.
_ERA = (
    rf"(?P<era>明治|大正|昭和|平成|令和|{'|'.join(_ERA_KANA)}"
    r"|(?<![A-Za-z])(?:[SHR](?=[0-9元 ])|[MT](?=[0-9元 ]{1,3}年)))"
)
_TENS = r"[一二三四五六七八九]?十[一二三四五六七八九]?"
_NUMBER = rf"(?P<n>元|[0-9]{{1,2}}|{_TENS}|[〇一二三四五六七八九]{{1,2}})"
# 2023 · 二〇二三 · 二千二十三
_WESTERN = (
    r"(?<![0-9])(?P<western>(?:19|20)[0-9]{2}"
    r"|(?<![〇零一二三四五六七八九十百千万])(?:(?:一九|二[〇零])[〇零一二三四五六七八九]{2}"
    rf"|(?:千九百|二千)(?:{_TENS}|[一二三四五六七八九])?(?=年)))"
)
_GLOSS = r"(?:\((?:[0-9]{4}|[^()0-9]{1,2}[0-9元]{1,2})年?(?:度)?\))?"
# 令和5(2023)年度 · 平成29年度(2017年度) · R7年度 · 令和五年 · R2.12 · 令和2年12月25日 · 2023年度 · 2023(令和5)年度
YEAR = re.compile(
    rf"(?:{_ERA}\s?{_NUMBER}|{_WESTERN}){_GLOSS}"
    rf"(?:(?P<fiscal>年度)|年|(?P<dot>\.)(?=[0-9]{{1,2}}(?![0-9])))"
    rf"(?:\((?:[0-9]{{4}}|[^()0-9]{{1,2}}[0-9元]{{1,2}})年?(?:度)?\))?"
    rf"(?:(?P<month>[0-9]{{1,2}})(?:月|(?(dot)(?![0-9月])|(?!)))(?:(?P<day>[0-9]{{1,2}})日)?)?"
)
# A year that shares era or unit with the year after it: 令和7~9年度 · R7-2027年度 · 2025~27年度 · 令和5・6年度
_FIRST_OF_TWO = re.compile(
    rf"(?:{_ERA}\s?{_NUMBER}|{_WESTERN}){_GLOSS}(?P<unit>年度|年)?\s?(?P<join>から|[~〜・、,/-])\s?"
)
_SHORT = re.compile(
    rf"(?P<n>[0-9]{{1,2}}|{_TENS}|[一二三四五六七八九])(?P<unit>年度|年(?![0-9間後前来目生])|(?=の(?![0-9])|まで|$))"
)
_LONGEST = 60  # years between the two; the longest visions of towns reach forty years ahead
# Town halls write H30 for the fiscal year, without 年度, where the words after it speak of time.
_BARE = re.compile(
    r"(?<![A-Za-z0-9])(?P<era>H)(?P<n>[12][0-9]|3[01])(?=から|より|まで|以[降前後]|末|の(?![0-9])|[~〜]|$)"
)


@dataclass(frozen=True, slots=True)
class Year:
    """A year found in normalised text: Western year, fiscal or calendar, month and day where stated (else 0)."""

    year: int
    fiscal: bool
    month: int
    day: int
    start: int
    end: int

    @property
    def first_day(self) -> date:
        """Return the first day that the expression covers.

        >>> find_years("令和7年度")[0].first_day
        datetime.date(2025, 4, 1)
        """
        if self.fiscal:
            return date(self.year, 4, 1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """Return the last day that the expression covers: 31 March of the next year for a fiscal year.

        >>> [str(year.last_day) for year in find_years("令和7年度、令和7年、令和10年2月")]
        ['2026-03-31', '2025-12-31', '2028-02-29']
        """
        if self.fiscal:
            return date(self.year + 1, 3, 31)
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def kanji_number(text: str) -> int:
    """Return the value of a number below 100 in kanji, digits or 元.

    >>> [kanji_number(n) for n in ("元", "五", "十二", "三十", "31")]
    [1, 5, 12, 30, 31]
    """
    if text == "元":
        return 1
    if text.isdecimal():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return int("".join(str(_KANJI_DIGIT[c]) for c in text))
    return 10 * (_KANJI_DIGIT[tens] if tens else 1) + (_KANJI_DIGIT[ones] if ones else 0)


def western_year(era: str, number: str) -> int:
    """Return the Western year of an era year.

    >>> western_year("令和", "元"), western_year("H", "29"), western_year("昭和", "六十四")
    (2019, 2017, 1989)
    """
    era = ERA_LETTER.get(era, _ERA_KANA.get(era, era))
    return ERA_START[era] + kanji_number(number) - 1


def era_year(year: int) -> str:
    """Return a Western year in the era that began in it or last before it.

    >>> era_year(2025), era_year(2019), era_year(2018)
    ('令和7年', '令和元年', '平成30年')
    """
    name = max((e for e, start in ERA_START.items() if start <= year), key=ERA_START.__getitem__)
    number = year - ERA_START[name] + 1
    return f"{name}{'元' if number == 1 else number}年"


def find_years(text: str) -> list[Year]:
    """Return the years that NFKC-normalised text without inner spaces states, in order; of a range both ends.

    >>> [(y.year, y.fiscal, y.month) for y in find_years("令和5(2023)年度から、平成29年(2017年)3月、R2.12")]
    [(2023, True, 0), (2017, False, 3), (2020, False, 12)]
    >>> [(y.year, y.fiscal) for y in find_years("令和7~9年度、二〇二三年、H30から")]
    [(2025, True), (2027, True), (2023, False), (2018, True)]
    """
    years = {match.start(): _year(match) for match in YEAR.finditer(text)}
    for match in _BARE.finditer(text):
        years[match.start()] = _bare_year(match, fiscal=True)
    for match in _FIRST_OF_TWO.finditer(text):
        years |= {year.start: year for year in _of_two(match, text, years)}
    return [year for _, year in sorted(years.items())]


def _year(match: re.Match[str]) -> Year:
    year = _number(match)
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:  # "13月" in a misread text: keep the year, which stands
        month = day = 0
    return Year(year, match["fiscal"] is not None, month, day, match.start(), match.end())


def _number(match: re.Match[str]) -> int:
    """Return the Western year of a match that has an era's year or a Western one."""
    found = match.groupdict()
    western = found.get("western")
    if not western:
        return western_year(match["era"], match["n"])
    for thousands, value in (("二千", 2000), ("千九百", 1900)):
        if western.startswith(thousands):
            return value + kanji_number(western.removeprefix(thousands) or "〇")
    return kanji_number(western)


def _bare_year(match: re.Match[str], *, fiscal: bool) -> Year:
    """Return the year of a match that leaves its unit out."""
    return Year(_number(match), fiscal, 0, 0, match.start(), match.end())


def _of_two(match: re.Match[str], text: str, known: Mapping[int, Year]) -> list[Year]:
    """Return those of two joined years that only the other one's era or unit makes years."""
    first = known.get(match.start())
    after = known.get(match.end())
    if after is not None:
        bare = first is None and not match["unit"]
        return [replace(_bare_year(match, fiscal=after.fiscal), end=match.start("join"))] if bare else []
    short = _SHORT.match(text, match.end())
    if short is None or (short["unit"] != "年度" and match["join"] not in "~〜-"):  # 令和5年から3年 is a length
        return []
    if not short["unit"] and match["unit"] != "年度":  # 2025年度~9の予定, but no other bare number
        return []
    fiscal = short["unit"] != "年"
    first = first or replace(_bare_year(match, fiscal=fiscal), end=match.start("join"))
    number = kanji_number(short["n"])
    meant = (ERA_START[era_year(first.year)[:2]] + number - 1, first.year - first.year % 100 + number)
    later = [year for year in meant if first.year < year <= first.year + _LONGEST]
    return [first, Year(min(later), fiscal, 0, 0, *short.span())] if later else []


def canonical(match: re.Match[str]) -> str:
    """Return a year in the one form used for search: Western, 年 and 年度 kept apart.

    >>> YEAR.sub(canonical, "令和5(2023)年度とR2.12")
    '2023年度と2020年12月'
    """
    year = _year(match)
    text = f"{year.year}{'年度' if year.fiscal else '年'}"
    if year.month:
        text += f"{year.month}月"
    return text + (f"{year.day}日" if year.day else "")
