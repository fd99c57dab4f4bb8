"""More municipalities than are looked into one by one: a question that names none is put to those that may answer it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import assistant.phrases
import index.index
from assistant.answer import Question, Reason
from assistant.assistant import TOWNS_AT_ONCE, Assistant
from index.build import build_index
from index.embedder import Embedder
from index.index import Index
from index.query import Query
from ingest.municipalities import municipalities
from ingest.read_folder import read_plans

MANY = 7  # of which each is looked into here; the product looks into more
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
TEXT = """# {name}DX推進計画

令和6年3月
{prefecture}{name}

## 1 計画の期間
本計画の期間は、令和6年度から令和10年度までの5年間とします。

## 2 {topic}
{sentence}
"""
EVERYWHERE = ("高齢者への支援", "高齢者を対象としたスマートフォン教室を、年に{n}回開催します。")
RARE = ("有害鳥獣の対策", "ドローンで有害鳥獣の生息域を調べ、わなの場所を地図で共有します。")


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    """An assistant over some towns more than are looked into, with much the same plans; the last one's has a topic of its own."""
    changed = pytest.MonkeyPatch()
    changed.setattr(index.index, "MOST_LOOKED_INTO", MANY)
    changed.setattr(assistant.phrases, "MOST_LISTED", MANY)
    folder: Path = tmp_path_factory.mktemp("nation")
    names = [town.name for town in municipalities()]
    towns = [town for town in municipalities() if names.count(town.name) == 1 and town.name.endswith("町")]
    towns = towns[:: len(towns) // (MANY + 2)]
    for number, town in enumerate(towns):
        topic, sentence = RARE if town is towns[-1] else EVERYWHERE
        fields = {"name": town.name, "prefecture": town.prefecture, "topic": topic}
        text = TEXT.format(**fields, sentence=sentence.format(n=number + 2))
        (folder / f"{town.code}.md").write_text(text, "utf-8")
    build_index(read_plans([folder]).documents, folder / "index", embedder=embedder)
    with Index.open(folder / "index", embedder=embedder) as opened:
        assert len(opened.codes) > MANY
        yield Assistant(opened, clock=lambda: NOW)
    changed.undo()


def test_a_topic_of_one_town_is_found_among_very_many(nation: Assistant) -> None:
    """The only plan that speaks of it answers, though nobody named its town."""
    answer = nation.answer(Question("ドローンを使った有害鳥獣の対策はありますか"))
    assert not answer.abstained
    assert {citation.municipality_code for citation in answer.citations} == {nation.index.codes[-1]}


def test_what_very_many_plans_say_is_asked_back_with_choices(nation: Assistant) -> None:
    """A choice is the question put to one town, and gets that town's answer."""
    answer = nation.answer(Question("スマートフォン教室は年に何回開催しますか"))
    assert (answer.abstained, answer.reason) == (True, Reason.AMBIGUOUS_MUNICIPALITY)
    assert TOWNS_AT_ONCE < len(answer.suggestions) <= MANY
    chosen = nation.answer(Question(answer.suggestions[0]))
    assert len({citation.municipality_code for citation in chosen.citations}) == 1


def test_a_named_town_is_answered_whatever_the_others_hold(nation: Assistant) -> None:
    """The bound holds for questions to all; a lock is a lock."""
    for plan in nation.index.plans[:3]:
        answer = nation.answer(Question(f"{plan.municipality}のスマートフォン教室は年に何回開催しますか"))
        assert {citation.municipality_code for citation in answer.citations} == {plan.municipality_code}


def test_a_search_without_a_town_finds_the_rare_word(nation: Assistant) -> None:
    """As does the retrieval that other programs use."""
    assert nation.index.retrieve(Query("有害鳥獣 ドローン"))[0].chunk.municipality_code == nation.index.codes[-1]
    assert nation.retrieve(Question("有害鳥獣 ドローン"), 3)[0].chunk.municipality_code == nation.index.codes[-1]


def test_a_refusal_does_not_list_the_country(nation: Assistant) -> None:
    """Where the covered municipalities are named, the first ones are, and how many there are."""
    answer = nation.answer(Question("カレーの作り方を教えて"))
    assert answer.abstained
    assert "自治体" in answer.answer
    assert len(answer.answer) < 200
