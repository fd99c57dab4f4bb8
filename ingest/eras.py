"""Years as Japanese plans write them: eras, Western years, fiscal years. 年 (January to December) is never 年度 (April to March)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

# First Western year of each era (source: the era ordinances; the first year is written 元年).
ERA_START = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
ERA_LETTER = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_KANJI_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")}

# M and T alone also stand for magnitudes, models and tonnes: they are eras only before 年.
_ERA = r"(?P<era>明治|大正|昭和|平成|令和|(?<![A-Za-z])(?:[SHR](?=[0-9元 ])|[MT](?=[0-9元 ]{1,3}年)))"
_NUMBER = r"(?P<n>元|[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[〇一二三四五六七八九]{1,2})"
_GLOSS = r"(?:\((?:[0-9]{4}|[^()0-9]{1,2}[0-9元]{1,2})年?(?:度)?\))?"
# 令和5(2023)年度 · 平成29年度(2017年度) · R7年度 · 令和五年 · R2.12 · 令和2年12月25日 · 2023年度 · 2023(令和5)年度
YEAR = re.compile(
    rf"(?:{_ERA}\s?{_NUMBER}|(?<![0-9])(?P<western>(?:19|20)[0-9]{{2}})){_GLOSS}"
    rf"(?:(?P<fiscal>年度)|年|(?P<dot>\.)(?=[0-9]{{1,2}}(?![0-9])))"
    rf"(?:\((?:[0-9]{{4}}|[^()0-9]{{1,2}}[0-9元]{{1,2}})年?(?:度)?\))?"
    rf"(?:(?P<month>[0-9]{{1,2}})(?:月|(?(dot)(?![0-9月])|(?!)))(?:(?P<day>[0-9]{{1,2}})日)?)?"
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
    return ERA_START[ERA_LETTER.get(era, era)] + kanji_number(number) - 1


def era_year(year: int) -> str:
    """Return a Western year in the era that began in it or last before it.

    >>> era_year(2025), era_year(2019), era_year(2018)
    ('令和7年', '令和元年', '平成30年')
    """
    name = max((e for e, start in ERA_START.items() if start <= year), key=ERA_START.__getitem__)
    number = year - ERA_START[name] + 1
    return f"{name}{'元' if number == 1 else number}年"


def find_years(text: str) -> list[Year]:
    """Return the years that NFKC-normalised text without inner spaces states, in order.

    >>> [(y.year, y.fiscal, y.month) for y in find_years("令和5(2023)年度から、平成29年(2017年)3月、R2.12")]
    [(2023, True, 0), (2017, False, 3), (2020, False, 12)]
    """
    return [_year(match) for match in YEAR.finditer(text)]


def _year(match: re.Match[str]) -> Year:
    year = int(match["western"]) if match["western"] else western_year(match["era"], match["n"])
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:  # "13月" in a misread text: keep the year, which stands
        month = day = 0
    return Year(year, match["fiscal"] is not None, month, day, match.start(), match.end())


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
