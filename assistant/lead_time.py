"""A clause -> the one time, or the one span of time, that it states for what is asked."""

from __future__ import annotations

import re

from assistant.lead_clause import AskedClause
from assistant.lead_fact import Fact, word_fact
from assistant.lead_words import (
    BEHIND_TIME,
    ENDS,
    ERA_ASKED,
    JOINED_TIME,
    NO_ANSWER_BEHIND,
    STARTS,
    WESTERN_ASKED,
    YEAR_GLOSS,
)
from assistant.understand import Understanding
from assistant.wording import Wanted
from ingest.eras import ERA_START, Year, era_year, find_years

_JOINS = re.compile(r"(?:から|より|~|〜|-)、?")
_UNTIL = re.compile(r"(?:まで)?")
_LENGTH = re.compile(
    r"[、の]?\(?(?P<length>(?:概ね|約)?[0-9]{1,2})(?:か年|年)(?P<unit>間|計画|(?=\)|と|で|。|、|$))\)?"
)
_OF_PLAN = re.compile(r"(?:本|この)?計画の?(?:対象)?期間")
_OTHER_PLAN = re.compile(r"「[^」]{2,40}(?:計画|プラン|戦略|大綱)」|総合計画|振興計画")
_ASKS_OF = re.compile(r"いつの|何年度?の(?!何)")
_LONE_LENGTH = re.compile(r"(?<![0-9第])(?P<length>[0-9]{1,2}(?:か年|年間))(?!当たり|ごと|毎)")


def state_time(asked: Understanding, one: AskedClause, question: str) -> Fact | None:
    """Return the only time in a clause that can say when, with what belongs to it (末, 頃, まで, 以降)."""
    text = one.clause.text
    asked_for = {(year.year, year.fiscal, year.month) for year in asked.years}
    if any(JOINED_TIME.match(text, year.end) for year in find_years(text)):
        return None
    times = [y for y in find_years(text) if (y.year, y.fiscal, y.month) not in asked_for]
    times = [y for y in times if not _describes(text, y, question)]
    if len(times) != 1 or _bracketed(text, times[0]):
        return None
    year = times[0]
    behind = BEHIND_TIME.match(text, year.end)
    end = behind.end() if behind else year.end
    follows = text[year.end :]
    if re.match(r"[~〜\-]|[0-9]", text[end:]) or not _edge_fits(question, follows):
        return None
    spoken = YEAR_GLOSS.sub("", text[year.start : year.end]) + text[year.end : end]
    return word_fact(Wanted.DATE, _in_asked_calendar(spoken, year, question), one, year.start, end)


def state_period(one: AskedClause, question: str) -> Fact | None:
    """Return the only span in a clause: 「令和5年度から令和8年度までの4年間」, in both calendars where both are asked or written."""
    text = one.clause.text
    years = find_years(text)
    if len(years) == 2 and _JOINS.fullmatch(text[years[0].end : years[1].start]):
        return _span(one, years[0], years[1], question)
    lengths = list(_LONE_LENGTH.finditer(text))
    if not years and len(lengths) == 1:
        return word_fact(Wanted.PERIOD, lengths[0]["length"], one, *lengths[0].span())
    return None


def of_plan(text: str) -> bool:
    """Return whether a text tells of the plan's own period.

    >>> of_plan("本計画の期間は、令和5年度からです。"), of_plan("「総合計画」の計画期間は10年間です。")
    (True, False)
    """
    return _OF_PLAN.search(text) is not None and _OTHER_PLAN.search(text) is None


def _span(one: AskedClause, first: Year, last: Year, question: str) -> Fact | None:
    text = one.clause.text
    until = _UNTIL.match(text, last.end)
    end = until.end() if until else last.end
    length = _LENGTH.match(text, end)
    years = last.year - first.year + 1
    if length and length["length"].isdecimal() and int(length["length"]) != years:
        return None  # a misread figure: the sentence contradicts itself
    end = length.end() if length else end
    western = text[first.start : first.end][:2].isdecimal()
    begin, final = (_written(text, year, western=western) for year in (first, last))
    both = [_other_calendar(text, year) for year in (first, last)]
    written = any(YEAR_GLOSS.search(text[year.start : year.end]) for year in (first, last))
    gloss = f"（{both[0]}から{both[1]}）" if all(both) and (written or _asks_other(text, first, question)) else ""
    said = f"{begin}から{final}まで{gloss}" + (f"の{length['length']}年間" if length else "")
    fact = word_fact(Wanted.PERIOD, said, one, first.start, end)
    if fact is None or not of_plan(text[: first.start]) or fact.said != said:
        return fact
    return Fact(Wanted.PERIOD, said, f"計画の期間は、{said}です。")


def _describes(text: str, year: Year, question: str) -> bool:
    """Return whether a time only describes something: a law, a budget, the year that others are compared with."""
    return NO_ANSWER_BEHIND.match(text, year.end) is not None and not (
        _ASKS_OF.search(question) and text.startswith("の", year.end)
    )


def _bracketed(text: str, year: Year) -> bool:
    before = text[: year.start]
    return before.count("(") > before.count(")") or before.count("「") > before.count("」")


def _edge_fits(question: str, follows: str) -> bool:
    """Return whether a time starts, or ends, what the question asks the start or the end of."""
    edges = [behind for asks, behind in (STARTS, ENDS) if asks.search(question)]
    return len(edges) < 2 and all(behind.match(follows) for behind in edges)


def _written(text: str, year: Year, *, western: bool) -> str:
    """Return a year as the text writes it, whole where it shares its era or unit with another (令和6~8年度)."""
    words = YEAR_GLOSS.sub("", text[year.start : year.end]).strip()
    alone = find_years(words)
    if len(alone) == 1 and (alone[0].year, alone[0].fiscal) == (year.year, year.fiscal):
        return words
    unit = "年度" if year.fiscal else "年"
    return f"{year.year}{unit}" if western else era_year(year.year) + unit[1:]


def _asks_other(text: str, year: Year, question: str) -> bool:
    western = text[year.start : year.end][:2].isdecimal()
    return (ERA_ASKED if western else WESTERN_ASKED).search(question) is not None


def _other_calendar(text: str, year: Year) -> str:
    """Return a year in the calendar that the text does not use first; "" in a year in which two eras meet."""
    unit = "年度" if year.fiscal else "年"
    if not text[year.start : year.end][:2].isdecimal():
        return f"{year.year}{unit}"
    return "" if year.year in ERA_START.values() else era_year(year.year) + unit[1:]


def _in_asked_calendar(spoken: str, year: Year, question: str) -> str:
    """Return a time with its year in the other calendar behind it, where the question uses that."""
    if not _asks_other(spoken, find_years(spoken)[0] if find_years(spoken) else year, question):
        return spoken
    other = _other_calendar(spoken, Year(year.year, year.fiscal, 0, 0, 0, len(spoken)))
    return f"{spoken}（{other}）" if other else spoken
