"""A municipality with an earlier and a current plan is answered from the current one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Question
from assistant.assistant import Assistant
from index.build import build_index
from index.index import Index
from ingest.read_folder import read_plans

if TYPE_CHECKING:
    from index.embedder import Embedder

PLAN = """見本町DX推進計画{edition}

# 1. 計画の期間

本計画の期間は、令和{first}年度から令和{last}年度までの3年間とします。

# 2. 取組

## (1) 窓口の改善

{desk}

## (2) 人材の育成

職員を対象とした研修を毎年度{times}回実施します。
"""
METADATA = """
[[plans]]
file = "first.txt"
plan_id = "first"
municipality = "見本町"
code = "990001"

[[plans]]
file = "second.txt"
plan_id = "second"
municipality = "見本町"
code = "990001"
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, now: datetime) -> Iterator[Assistant]:
    """An assistant over two editions of a plan; only the earlier one speaks of the 出張窓口."""
    folder = tmp_path_factory.mktemp("editions")
    early = PLAN.format(edition="", first=3, last=5, times=2, desk="公民館に出張窓口を月に4回開設します。")
    late = PLAN.format(
        edition="（第2期）", first=6, last=8, times=6, desk="書かない窓口を導入し、申請書の記入を省きます。"
    )
    (folder / "first.txt").write_text(early, "utf-8")
    (folder / "second.txt").write_text(late, "utf-8")
    (folder / "plans.toml").write_text(METADATA, "utf-8")
    reading = read_plans([folder])
    assert reading.refused == ()
    build_index(reading.documents, folder / "index", embedder=embedder)
    with Index.open(folder / "index", embedder=embedder) as index:
        yield Assistant(index, clock=lambda: now)


def test_the_current_plan_answers_where_both_could(both: Assistant) -> None:
    """Nothing is cited from the plan that it replaced, and there is nothing to warn of."""
    for question, fact in (
        ("見本町の計画の期間は？", "令和8年度"),
        ("見本町の職員の研修は毎年度何回ありますか？", "6回"),
    ):
        answer = both.answer(Question(question))
        assert {citation.plan_id for citation in answer.citations} == {"second"}
        assert fact in answer.answer
        assert answer.notices == ()


def test_the_earlier_plan_answers_what_only_it_says_and_is_marked(both: Assistant) -> None:
    """A notice names both plans."""
    answer = both.answer(Question("見本町では出張窓口を月に何回開設しますか？"))
    assert {citation.plan_id for citation in answer.citations} == {"first"}
    assert "4回" in answer.answer
    [notice] = answer.notices
    assert "「見本町DX推進計画（第2期）」に改められています" in notice


def test_the_current_plan_is_listed_first(both: Assistant) -> None:
    """Both stay readable."""
    assert [plan.plan_id for plan in both.index.plans] == ["second", "first"]
    assert both.index.superseded == {"first": "second"}
    assert all(both.index.text(plan.plan_id) for plan in both.index.plans)
