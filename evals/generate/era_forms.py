"""Questions with their years in another form: the era's letter, Western years, kanji numbers, half-width kana.

A form changes, never the year: 年度 (April to March) stays 年度, 年 stays 年.
"""

from __future__ import annotations

import random
import re

from evals.generate.numerals import in_kanji
from ingest.eras import ERA_LETTER, Year, era_year, find_years

# Digits and letters in full width become those that ``find_years`` reads, one for one, so that places do not move.
_WIDE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_LETTERS = {era: letter for letter, era in ERA_LETTER.items()}
_HALF_KANA = {"令和": "ﾚｲﾜ", "平成": "ﾍｲｾｲ", "昭和": "ｼｮｳﾜ"}
_FIRST, _LAST = 1927, 2035  # of later years nobody says the era's number
_SHARED = (1989, 2019)  # two eras share such a year
_NAMED = re.compile("問題|年代|年頃")  # after a year: 2040年問題 is a name, and 1990年代 no single year


def in_other_era_form(text: str, rng: random.Random) -> str:
    """Return ``text`` with every year in another form, the same one for all of them; ``text`` itself where it has none.

    >>> [in_other_era_form("令和7年度の予定は", random.Random(seed)) for seed in (1, 2, 9)]
    ['2025年度の予定は', 'R7年度の予定は', 'ﾚｲﾜ7年度の予定は']
    >>> in_other_era_form("2040年問題とは", random.Random(1))
    '2040年問題とは'
    """
    narrow = text.translate(_WIDE)
    years = [year for year in find_years(narrow) if _can_change(year, narrow)]
    form = rng.randrange(5)
    for year in reversed(years):
        forms = _forms(year)
        old = text[year.start : year.end]
        new = next(new for new in (*forms[form:], *forms) if new != old)
        text = text[: year.start] + new + text[year.end :]
    return text


def _can_change(year: Year, text: str) -> bool:
    """Return whether the year has an era of its own and no more than a year is meant."""
    in_one_era = _FIRST <= year.year <= _LAST and year.year not in _SHARED
    return in_one_era and not _NAMED.match(text, year.end) and not _ends_range(year, text)


def _ends_range(year: Year, text: str) -> bool:
    """Return whether the year ends a range whose beginning leaves its own 年 to it (「2023～2027年度」)."""
    return bool(re.search(r"[0-9][~～〜\-－]$", text[: year.start]))


def _forms(year: Year) -> tuple[str, ...]:
    """Return the year in five forms: letter, Western, kanji number, half-width kana, era."""
    era, number = _era(year)
    rest = ("年度" if year.fiscal else "年") + (f"{year.month}月" if year.month else "")
    rest += f"{year.day}日" if year.day else ""
    return (
        f"{_LETTERS[era]}{number}{rest}",
        f"{year.year}{rest}",
        f"{era}{in_kanji(number)}{rest}",
        f"{_HALF_KANA[era]}{number}{rest}",
        f"{era}{number}{rest}",
    )


def _era(year: Year) -> tuple[str, int]:
    name = era_year(year.year)
    return name[:2], int(name[2:-1])
