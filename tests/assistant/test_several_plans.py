"""Municipalities with several plans of different kinds: the plan that is asked for answers, and the answer says which it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Question, Reason
from assistant.assistant import Assistant
from assistant.named_plan import name_words, named_plans
from index.build import build_index
from index.index import Index
from ingest.read_folder import read_plans
from tests.assistant.asking import conversation

if TYPE_CHECKING:
    from pathlib import Path

    from index.embedder import Embedder

DIGITAL = """# 見本町情報化推進計画

# 第1章 計画の概要

## 1 計画の期間

本計画の期間は、令和7年度から令和11年度までの5年間とします。

## 2 推進体制

町長を本部長とする推進本部を置きます。事務局は企画財政課が担います。

# 第2章 取組

## 1 窓口の改革

申請書を書かない窓口を、住民課に令和8年1月から設けます。

## 2 手続のオンライン化

保育所の入所申込みを、令和8年度からオンラインで受け付けます。
"""

CHILDREN = """# 第{edition}期見本町子ども・子育て支援事業計画

# 第1章 計画の概要

## 1 計画の期間

本計画の期間は、令和{first}年度から令和{last}年度までの5年間とします。

## 2 推進体制

子育て会議を年{times}回開きます。事務局はこども課が担います。

# 第2章 取組

## 1 保育所の定員

保育所の定員を、令和{last}年度までに{places}人に増やします。
"""

DISASTERS = """# 手本町地域防災計画

# 第1章 計画の概要

## 1 計画の期間

本計画の期間は、令和5年度から令和9年度までの5年間とします。

## 2 推進体制

防災会議を年1回開きます。事務局は総務課が担います。
"""

ENTRY = """[[plans]]
file = "{plan_id}.txt"
plan_id = "{plan_id}"
municipality = "{town}"
reading = ""
code = "{code}"
prefecture = "東京都"
title = "{title}"
"""

PLANS = (
    ("digital", "見本町", "990001", DIGITAL),
    ("children", "見本町", "990001", CHILDREN.format(edition=2, first=6, last=10, times=2, places=120)),
    ("children-before", "見本町", "990001", CHILDREN.format(edition=1, first=1, last=5, times=4, places=90)),
    ("disasters", "手本町", "990002", DISASTERS),
)


@pytest.fixture(scope="module")
def of_several(embedder: Embedder, now: datetime, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over a town with three plans, one of them replaced by another, and a town with one."""
    folder: Path = tmp_path_factory.mktemp("several")
    entries = []
    for plan_id, town, code, text in PLANS:
        (folder / f"{plan_id}.txt").write_text(text, encoding="utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        entries.append(ENTRY.format(plan_id=plan_id, town=town, code=code, title=title))
    (folder / "plans.toml").write_text("\n".join(entries), encoding="utf-8")
    reading = read_plans([folder])
    assert reading.refused == ()
    directory = tmp_path_factory.mktemp("index") / "index"
    build_index(reading.documents, directory, embedder=embedder)
    with Index.open(directory, embedder=embedder) as index:
        yield Assistant(index, clock=lambda: now)


@pytest.mark.parametrize(
    ("question", "plan_id"),
    [
        ("見本町のDX計画の期間はいつまでですか？", "digital"),
        ("見本町のデジタルの計画の事務局はどこですか？", "digital"),
        ("見本町の子育て支援計画の期間はいつまでですか？", "children"),
        ("見本町の子ども・子育ての計画の事務局はどこですか？", "children"),
        ("見本町の第1期子育て支援計画の期間はいつまでですか？", "children-before"),
        ("DX推進計画の事務局はどこですか？", "digital"),
        ("子育て支援計画の期間はいつからいつまでですか？", "children"),
        ("防災計画の事務局はどこですか？", "disasters"),
    ],
)
def test_the_plan_that_a_question_names_answers(of_several: Assistant, question: str, plan_id: str) -> None:
    """By a word of its title, or by what digital plans are called; the others, of any town, are left out."""
    answer = of_several.answer(Question(question))
    assert {citation.plan_id for citation in answer.citations} == {plan_id}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("デジタル田園都市国家構想総合戦略に、保育所の話はありますか", set()),
        ("令和6年度の計画の予算は", set()),
        ("町の基本計画はありますか", set()),
        ("情報化の計画はありますか", {"digital"}),
        ("第一期の子育て支援計画は", {"children-before"}),
    ],
)
def test_a_plan_is_named_by_what_tells_it_from_others(of_several: Assistant, text: str, named: set[str]) -> None:
    """A long name that shares a word with a title, a number and what any plan may be called name none."""
    assert {plan.plan_id for plan in named_plans(name_words(text), of_several.index.plans)} == named


def test_the_answer_says_which_plan_it_is_from(of_several: Assistant) -> None:
    """Where a town has several; a town's only plan is its plan."""
    several = of_several.answer(Question("見本町の保育所の定員は何人ですか？")).answer
    assert "見本町の「第2期見本町子ども・子育て支援事業計画」には" in several
    assert "手本町の計画には" in of_several.answer(Question("手本町の事務局はどこですか？")).answer


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("見本町のDX計画では、保育所の定員は何人ですか？", "見本町情報化推進計画"),
        ("見本町の子育て支援計画では、窓口の改革として何をしますか？", "第2期見本町子ども・子育て支援事業計画"),
    ],
)
def test_what_only_another_plan_says_is_not_in_the_plan_named(of_several: Assistant, question: str, title: str) -> None:
    """It is refused, and the refusal speaks of that plan alone: the town's other plans may tell."""
    answer = of_several.answer(Question(question))
    assert answer.reason is Reason.NOT_IN_PLANS
    assert f"「{title}」" in answer.answer
    assert "見本町の計画には" not in answer.answer


def test_a_conversation_stays_with_its_plan_as_long_as_it_answers(of_several: Assistant) -> None:
    """「事務局は」 after a question on one plan means that one's; what only another plan tells comes from there."""
    said: list[str] = []
    cited = []
    for text in (
        "見本町の子育て支援計画の期間はいつまでですか？",
        "事務局はどこですか？",
        "申請書を書かない窓口はいつからですか？",
    ):
        answer = of_several.answer(Question(text, history=conversation(*said)))
        said += [text, answer.answer]
        cited.append({citation.plan_id for citation in answer.citations})
    assert cited == [{"children"}, {"children"}, {"digital"}]


def test_the_other_plans_are_told_where_the_question_says_no_plan(of_several: Assistant) -> None:
    """The period of 「the plan」 of a town with two: one is quoted, the other named; a replaced one is not."""
    answer = of_several.answer(Question("見本町の計画の期間はいつまでですか？"))
    [notice] = answer.notices
    [cited] = {citation.title for citation in answer.citations}
    other = {"見本町情報化推進計画", "第2期見本町子ども・子育て支援事業計画"} - {cited}
    assert all(f"ほかに「{title}」" in notice for title in other)
    assert "第1期" not in notice
    assert of_several.answer(Question("見本町のDX計画の期間はいつまでですか？")).notices == ()
    assert of_several.answer(Question("見本町の保育所の定員は何人ですか？")).notices == ()


def test_a_plan_of_another_kind_is_told(of_several: Assistant) -> None:
    """Asked for a town's DX plan, its plan for disasters may answer, and the answer says that it is another plan."""
    [notice] = of_several.answer(Question("手本町のDX計画の事務局はどこですか？")).notices
    assert "「手本町地域防災計画」" in notice
    assert of_several.answer(Question("手本町の防災計画の事務局はどこですか？")).notices == ()


def test_examples_and_questions_to_go_on_name_the_plan(of_several: Assistant) -> None:
    """Pressed, a question is answered from the plan that it names; a town's only plan needs no name."""
    for question in of_several.examples("見本町"):
        assert "見本町の計画" not in question
        [cited] = {citation.title for citation in of_several.answer(Question(question)).citations}
        assert cited in question
    assert all("手本町の計画" in question for question in of_several.examples("手本町"))
