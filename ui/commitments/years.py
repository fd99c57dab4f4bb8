"""A stage of a schedule -> the fiscal years that it covers by the plan's own words; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date

from ingest.commitments.commitment import END_LOST, Stage
from ingest.document import Plan
from ingest.eras import era_year, find_years
from ingest.search_text import normalise
from ui.question import QuestionRefusedError

_SHOWN = 40  # characters of what was typed that are repeated in a message

# A column of a timetable may leave 年度 out: R7, 2025.
_COLUMN = re.compile(r"(?<![A-Za-z0-9年])(?P<year>[HR][0-9]{1,2}|20[0-9]{2})(?![0-9年./])")
_JOIN = re.compile(r"[末初頃中]?(?:から|より|[~〜―-])")
_ONWARD = re.compile(r"[末初頃中]?(?:から|より|以降|以後|[~〜→])(?![0-9])")
# What goes on through the whole period of a plan, in so many words.
_ALWAYS = re.compile(r"毎年|毎月|毎週|通年|随時|継続")


def read_fiscal_year(text: str) -> int:
    """Return the fiscal year that a person means.

    Raises:
        QuestionRefusedError: ``text`` names none, or several.

    >>> [read_fiscal_year(text) for text in ("令和7年度", "R7", "2025", "２０２５年度", "令和七年", "平成31年度")]
    [2025, 2025, 2025, 2025, 2025, 2019]
    """
    years = find_years(_dated(text.strip()))
    if len({year.year for year in years}) != 1:
        shown = f"「{text}」" if len(text) <= _SHOWN else "この文字"
        raise QuestionRefusedError(
            "invalid_year", f"{shown}を年度として読めません。「令和7年度」や「2025」のように指定してください。"
        )
    return years[0].year


def fiscal_years(stage: Stage, plan: Plan) -> frozenset[int]:
    """Return the fiscal years that a stage states; of a stretch all, of 「以降」 and 「毎年」 to the end of the plan's period."""
    text = _dated(stage.when) + (f"~{_dated(stage.until)}" if stage.until else "")
    years = find_years(text)
    covered: set[int] = set()
    for at, year in enumerate(years):
        first, last = fiscal_year(year.first_day), fiscal_year(year.last_day)
        after = text[year.end : years[at + 1].start] if at + 1 < len(years) else text[year.end :]
        if at + 1 < len(years) and _JOIN.fullmatch(after):
            last = fiscal_year(years[at + 1].last_day)
        elif _ONWARD.match(after) and plan.valid_to is not None:
            last = max(last, fiscal_year(plan.valid_to))
        covered.update(range(first, last + 1))
    if _ALWAYS.search(text) and plan.valid_from is not None and plan.valid_to is not None:
        covered.update(range(fiscal_year(plan.valid_from), fiscal_year(plan.valid_to) + 1))
    return frozenset(covered)


def may_cover(stage: Stage, plan: Plan, year: int) -> bool:
    """Return whether a stage began before ``year`` and the plan's text no longer tells when it ends."""
    stated = fiscal_years(stage, plan)
    over = plan.valid_to is not None and fiscal_year(plan.valid_to) < year
    return stage.doubt == END_LOST and bool(stated) and max(stated) < year and not over


def fiscal_year(day: date) -> int:
    """Return the fiscal year, April to March, in which a day lies.

    >>> fiscal_year(date(2026, 3, 31)), fiscal_year(date(2026, 4, 1))
    (2025, 2026)
    """
    return day.year if day.month >= 4 else day.year - 1


def year_name(year: int) -> str:
    """Return a fiscal year as it is shown.

    >>> year_name(2025)
    '令和7年度（2025年度）'
    """
    return f"{era_year(year)}度（{year}年度）"


def _dated(text: str) -> str:
    return _COLUMN.sub(_as_fiscal, normalise(text))


def _as_fiscal(match: re.Match[str]) -> str:
    return normalise(f"{match['year']}年度")
