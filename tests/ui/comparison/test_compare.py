"""Towns of the five plans, compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.embedder import Embedder
from tests.assistant.chat_server import chat_server, says
from tests.ui.small import build_small_index
from ui.comparison.ask import TOWNS_IN_TOPIC, read_asked
from ui.comparison.compare import Comparison, Row, Said, compare
from ui.comparison.status import status_of
from ui.comparison.topics import suggested_topics
from ui.open import japan_time
from ui.question import QuestionRefusedError

ALL = ("平生町", "鏡野町", "上郡町", "上里町", "上毛町")


def compared(assistant: Assistant, topic: str, *towns: str) -> Comparison:
    return compare(assistant, read_asked(topic, towns, assistant.index.plans))


@pytest.mark.parametrize(
    "topic",
    [
        "スマートフォン教室",
        "標準化の期限",
        "オンライン手続",
        "オープンデータ",
        "計画期間",
        "推進体制",
        "各町の計画の期間は?",
    ],
)
def test_every_row_is_proved_by_its_own_plan(assistant: Assistant, topic: str) -> None:
    """Each statement has numbers, each number a quote of this town's plan word for word; numbers run through all rows."""
    found = compared(assistant, topic, *ALL)
    assert [row.municipality for row in found.rows] == list(ALL)
    numbers = [citation.n for row in found.rows for citation in row.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for row in found.rows:
        own = {citation.n: citation for citation in row.citations}
        assert {n for said in row.said for n in said.numbers} == set(own)
        for citation in own.values():
            assert citation.municipality == row.municipality
            assert assistant.index.text(citation.plan_id)[citation.start : citation.end] == citation.quote
        assert all(record.plan.municipality == row.municipality for record in row.commitments)
        assert not any("次のように書かれています" in said.text for said in row.said)


def test_what_differs_is_said_with_the_rows_own_numbers(assistant: Assistant) -> None:
    """Two periods are held against each other, and the sentence is proved by the quotes of both rows."""
    found = compared(assistant, "計画の期間", "平生町", "上毛町")
    assert found.difference == (Said("期間は、平生町が5年間、上毛町が4年間で、異なります。", (1, 2)),)
    assert [citation.n for row in found.rows for citation in row.citations] == [1, 2]


def test_a_blank_cell_is_not_the_same_as_nothing_found() -> None:
    """記載なし is what the plan itself leaves empty."""
    blank = Row("0", "甲町", (Said("窓口：件数は（記載なし）", (1,)),), (), ())
    assert status_of(blank) == "blank"
    assert status_of(Row("0", "甲町", (), (), ())) == "not_found"
    assert status_of(Row("0", "甲町", (Said("4年", (1,)), Said("（記載なし）", (2,))), (), ())) == "stated"


def test_the_measures_on_the_topic_stand_beside(assistant: Assistant) -> None:
    """Those that the quotes come from and those that the words name, of each town."""
    rows = compared(assistant, "標準化の期限", "平生町", "鏡野町", "上毛町").rows
    assert [[record.commitment.title.text for record in row.commitments] for row in rows] == [
        ["自治体の情報システムの標準化・共通化"],
        ["自治体情報システムの標準化・共通化"],
        ["情報システムの標準化・共通化"],
    ]


def test_towns_named_in_the_topic_are_not_compared_instead(assistant: Assistant) -> None:
    """The towns chosen are, and the page says so."""
    found = compared(assistant, "平生町と上毛町のセキュリティ対策", "鏡野町", "上里町")
    assert found.asked.topic == "セキュリティ対策"
    assert TOWNS_IN_TOPIC in found.notices
    assert {c.municipality for row in found.rows for c in row.citations} == {"鏡野町", "上里町"}


@pytest.mark.parametrize(
    "topic",
    [
        "平生町だけの計画の期間",
        "平生町の計画の期間",
        "計画の期間",
        "平生町と上毛町のみの計画の期間",
        "平生町の計画だけの、計画の期間",
    ],
)
def test_a_name_goes_with_what_ties_it_to_the_topic(assistant: Assistant, topic: str) -> None:
    """「だけ」 and 「のみ」 behind a town's name are no part of the topic."""
    assert read_asked(topic, ("上郡町", "上里町"), assistant.index.plans).topic == "計画の期間"


@pytest.mark.parametrize("topic", ["計画の期間", "各町の計画の期間は?"])
def test_a_chat_model_words_the_rows_and_nothing_else(assistant: Assistant, topic: str) -> None:
    """It is asked once for each town; what differs is said as without it."""
    from assistant.chat_model import open_chat_model

    towns = ("平生町", "上毛町")
    with chat_server() as server:
        model = open_chat_model("test", base_url=server.url, api_key="a-key-of-the-test")
        chatting = Assistant(assistant.index, clock=japan_time, chat_model=model)
        server.reply = says("答えなし")
        found = compared(chatting, topic, *towns)
        assert len(server.requests) == len(towns)
    assert found.difference == compared(assistant, topic, *towns).difference


def test_topics_are_suggested_without_a_chat_model(tmp_path: Path, embedder: Embedder) -> None:
    """Though the assistant has one, none of the many questions behind a suggestion goes to it."""
    from assistant.chat_model import open_chat_model
    from index.index import Index

    folder = build_small_index(tmp_path, embedder, ("mori.txt", "北海道森町"), ("ogawa.txt", "埼玉県小川町"))
    with chat_server() as server, Index.open(folder, embedder=embedder) as index:
        model = open_chat_model("test", base_url=server.url, api_key="a-key-of-the-test")
        server.reply = says("答えなし")
        assert "計画の期間" in suggested_topics(Assistant(index, clock=japan_time, chat_model=model))
        assert server.requests == []


def test_a_question_for_no_plan_is_refused_whole(assistant: Assistant) -> None:
    """The comparison says why, once, and not that each plan lacks it."""
    assert compared(assistant, "今日の天気は", "平生町", "上毛町").refusal is not None
    assert compared(assistant, "スマートフォン教室", "上郡町", "上里町").refusal is None


@pytest.mark.parametrize(
    ("towns", "topic", "code"),
    [
        (("平生町",), "期間", "too_few_municipalities"),
        (("平生町", "353442"), "期間", "too_few_municipalities"),
        ((), "期間", "too_few_municipalities"),
        (ALL, " \u3000", "empty_question"),
        (ALL, "平生町と上毛町", "empty_question"),
        (ALL, "あ" * 2001, "question_too_long"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    assistant: Assistant, towns: tuple[str, ...], topic: str, code: str
) -> None:
    """With a polite sentence that says what to do."""
    with pytest.raises(QuestionRefusedError, match="ください") as refused:
        read_asked(topic, towns, assistant.index.plans)
    assert refused.value.code == code


def test_suggested_topics_are_answered_by_most_towns(assistant: Assistant) -> None:
    """Each of them, asked of all five."""
    topics = suggested_topics(assistant)
    assert 3 <= len(topics) <= 6
    for topic in topics:
        rows = compared(assistant, topic, *ALL).rows
        assert sum(bool(row.said) for row in rows) > len(ALL) / 2
