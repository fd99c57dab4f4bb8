"""Years however they are written, and plans whose period has ended."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, Question
from tests.assistant.asking import PERIOD, Ask, places

if TYPE_CHECKING:
    from assistant.assistant import Assistant

JAPAN = timezone(timedelta(hours=9))
YEAR_QUESTIONS = (
    "平生町の「書かない窓口」の導入は{}に何をしますか？",
    "上郡町で{}に終わる計画の期間は？",
    "上毛町の全体スケジュールで{}に行うことは何ですか？",
)


@pytest.mark.parametrize("question", YEAR_QUESTIONS)
@pytest.mark.parametrize("year", ["2025年度", "令和七年度", "R7年度", "Ｒ７年度", "令和 7 年度", "R7"])
def test_a_year_is_the_same_however_it_is_written(ask: Ask, question: str, year: str) -> None:
    """R7, 2025年度 and 令和七年度 get the citations that 令和7年度 gets."""
    plain = ask(question.format("令和7年度"))
    assert plain.citations
    assert places(ask(question.format(year))) == places(plain)


def period_on(day: date, assistant: Assistant) -> Answer:
    """Return what the assistant says of 上郡町's period at noon of a day."""
    from assistant.assistant import Assistant as Fresh

    fresh = Fresh(assistant.index, clock=lambda: datetime.combine(day, time(12), JAPAN))
    return fresh.answer(Question(f"上郡町の{PERIOD}"))


def test_the_clock_decides_what_has_expired(assistant: Assistant) -> None:
    """上郡町's plan ends on 31 March 2026: on that day it is current, on the next it is marked and a notice says so."""
    last_day, after = period_on(date(2026, 3, 31), assistant), period_on(date(2026, 4, 1), assistant)
    assert places(last_day) == places(after) != []
    assert not any(c.expired for c in last_day.citations)
    assert last_day.notices == ()
    assert all(c.expired for c in after.citations)
    assert any("上郡町" in notice for notice in after.notices)


def test_a_current_plan_has_no_notice(ask: Ask) -> None:
    """A plan whose period runs is not marked."""
    answer = ask(f"平生町の{PERIOD}")
    assert not any(c.expired for c in answer.citations)
    assert answer.notices == ()


def test_only_the_ended_plan_is_marked_among_several(ask: Ask) -> None:
    """In an answer over several towns the notice is about the ended plan alone."""
    answer = ask(PERIOD, "平生町", "上郡町")
    assert {c.municipality for c in answer.citations if c.expired} == {"上郡町"}
    assert [notice for notice in answer.notices if "平生町" in notice] == []
    assert any("上郡町" in notice for notice in answer.notices)
