"""Years are found however a plan writes them, and 年 is never 年度."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.eras import find_years, kanji_number
from ingest.search_text import normalise


@pytest.mark.parametrize(
    ("text", "year", "fiscal", "month", "day"),
    [
        ("令和5(2023)年度", 2023, True, 0, 0),
        ("令和5年度(2023年度)", 2023, True, 0, 0),
        ("平成29年(2017年)3月", 2017, False, 3, 0),
        ("2023(令和5)年度", 2023, True, 0, 0),
        ("R2.12", 2020, False, 12, 0),
        ("R7年度", 2025, True, 0, 0),
        ("令和元年5月1日", 2019, False, 5, 1),
        ("令和五年十月", 2023, False, 0, 0),
        ("平成三十年度", 2018, True, 0, 0),
        ("昭和63年", 1988, False, 0, 0),
        ("2040年", 2040, False, 0, 0),
        ("2021.9", 2021, False, 9, 0),
        ("レイワ5年度", 2023, True, 0, 0),
        ("二〇二三年", 2023, False, 0, 0),
        ("二千二十三年度", 2023, True, 0, 0),
        ("千九百九十九年", 1999, False, 0, 0),
        ("H30から", 2018, True, 0, 0),
    ],
)
def test_a_year_is_read_in_every_form(text: str, year: int, fiscal: bool, month: int, day: int) -> None:
    """Era names, letters, kanji numerals, 元 and glosses in brackets all give one Western year."""
    (found,) = find_years(text)
    assert (found.year, found.fiscal, found.month, found.day) == (year, fiscal, month, day)


@pytest.mark.parametrize(
    "text", ["M7.3の地震", "H.264", "12019年", "20年間", "第5次", "IR5年", "令和十十", "2,000.5人", "H30系", "二千人"]
)
def test_other_numbers_are_no_years(text: str) -> None:
    """Magnitudes, standards, counts and misread numerals are not taken for years."""
    assert find_years(text) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("令和7~9年度", [(2025, True), (2027, True)]),
        ("R7-R9年度", [(2025, True), (2027, True)]),
        ("2025年度~9年度", [(2025, True), (2027, True)]),
        ("2025~27年度", [(2025, True), (2027, True)]),
        ("平成29~31年度", [(2017, True), (2019, True)]),
        ("令和5・6年度", [(2023, True), (2024, True)]),
        ("令和7~9年", [(2025, False), (2027, False)]),
        ("平成30年度から令和4年度まで", [(2018, True), (2022, True)]),
        ("令和5年から3年で", [(2023, False)]),
        ("令和5年度から5年間", [(2023, True)]),
        ("2025年度~9月", [(2025, True)]),
    ],
)
def test_a_range_gives_both_ends(text: str, years: list[tuple[int, bool]]) -> None:
    """Of two joined years each is found although it leaves era or unit to the other; a length of years is none."""
    assert [(found.year, found.fiscal) for found in find_years(text)] == years


def test_a_month_that_does_not_exist_leaves_the_year() -> None:
    """A misread month is dropped; the year beside it stands."""
    (found,) = find_years("令和5年13月")
    assert (found.year, found.month) == (2023, 0)


def test_a_fiscal_year_runs_from_april_to_march() -> None:
    """年度 covers 1 April to 31 March, 年 covers January to December, a month its own days."""
    fiscal, calendar, month = find_years("令和5年度、令和5年、令和6年2月")
    assert (fiscal.first_day, fiscal.last_day) == (date(2023, 4, 1), date(2024, 3, 31))
    assert (calendar.first_day, calendar.last_day) == (date(2023, 1, 1), date(2023, 12, 31))
    assert (month.first_day, month.last_day) == (date(2024, 2, 1), date(2024, 2, 29))


def test_fiscal_and_calendar_years_differ_in_search_text() -> None:
    """令和7年度 and 令和7年 become different search words, and 2025年度 the same as 令和7年度."""
    assert normalise("令和７年度") == normalise("2025年度") == "2025年度"
    assert normalise("令和 7 年") == "2025年"


@pytest.mark.parametrize(
    ("numeral", "value"), [("元", 1), ("九", 9), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31)]
)
def test_numerals_have_their_value(numeral: str, value: int) -> None:
    """A numeral below a hundred is read as the number that it names."""
    assert kanji_number(numeral) == value
