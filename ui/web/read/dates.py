"""A plan's dates in both calendars, as people in town halls and outside write them."""

from __future__ import annotations

from datetime import date

from ingest.document import Plan
from ingest.eras import era_year

# The last days of eras that ended within a year, and what that year was called until then (source: the era ordinances).
_LAST_DAYS = ((date(1989, 1, 7), "昭和64年"), (date(2019, 4, 30), "平成31年"))


def period(plan: Plan) -> str:
    """Return the period of a plan, or "" where it states none; a period of whole fiscal years is given in 年度.

    >>> two = {"valid_from": date(2023, 4, 1), "valid_to": date(2028, 3, 31)}
    >>> period(Plan("x", "甲町", "", "000000", "乙県", "計画", None, None, **two, source="", rights=""))
    '令和5年度（2023年度）から令和9年度（2027年度）まで'
    """
    first, last = plan.valid_from, plan.valid_to
    fiscal = (first is None or (first.month, first.day) == (4, 1)) and (
        last is None or (last.month, last.day) == (3, 31)
    )
    begin = "" if first is None else f"{_fiscal(first.year) if fiscal else month(first)}から"
    end = "" if last is None else f"{_fiscal(last.year - 1) if fiscal else month(last)}まで"
    return begin + end


def month(day: date) -> str:
    """Return the month of a date, which is all that plans state of their making.

    >>> month(date(2023, 7, 1)), month(date(2019, 3, 1))
    ('令和5年7月（2023年7月）', '平成31年3月（2019年3月）')
    """
    era = next((name for until, name in _LAST_DAYS if day.year == until.year and day <= until), era_year(day.year))
    return f"{era}{day.month}月（{day.year}年{day.month}月）"


def _fiscal(year: int) -> str:
    return f"{era_year(year)}度（{year}年度）"
