"""A chat model's opinion, from a real server that speaks its protocol."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple
from typing import TYPE_CHECKING

import pytest

from evals.chat_judge import Agreement, Opinion, Silence, agreement, ask_judge
from tests.assistant.chat_server import ChatServer, Handler, Reply, breaks_off, chat_server, hangs_up, says, sends
from tests.evals.making import DATA, OFFICE, PERIOD, RIGHT, a_case, a_refusal, an_answer, outcome, unanswerable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

GOOD = {"fluency": 5, "completeness": 4, "why": "{期間}を答えている"}
OUTCOME = outcome(a_case(), RIGHT)
SHAPE, MARKS = "返事が決められた形の JSON ではありません", "評価が1から5の整数ではありません"


@pytest.fixture
def server() -> Iterator[ChatServer]:
    """A stand-in for the model."""
    with chat_server() as started:
        yield started


@pytest.fixture
def model(server: ChatServer) -> BaseChatModel:
    """The model as the settings open it."""
    from assistant.chat_model import open_chat_model

    return open_chat_model("judge", base_url=server.url, api_key=None)


@pytest.mark.parametrize(
    "reply",
    [
        json.dumps(GOOD),
        f"採点します。\n```json\n{json.dumps(GOOD, ensure_ascii=False, indent=1)}\n```\n以上です。",
        f'<think>{{迷う}} {{}} {{"a": 1}}</think>{json.dumps(GOOD)} {{"fluency": 1, "completeness": 1}}',
    ],
)
def test_an_opinion_is_read_whatever_stands_around_it(server: ChatServer, model: BaseChatModel, reply: str) -> None:
    """Alone, in a code block with talk around it, behind other braces; the first opinion counts."""
    server.reply = says(reply)
    assert list(ask_judge(model, [OUTCOME])) == [Opinion("c-1", 5, 4, "{期間}を答えている")]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("とても良い回答です。", SHAPE),
        ("", SHAPE),
        ('{"fluency": 5}', SHAPE),
        ('{"fluency": 5, "completeness": 4', SHAPE),
        ('["fluency", 5]', SHAPE),
        ('{"fluency": 6, "completeness": 4}', MARKS),
        ('{"fluency": 5, "completeness": 0}', MARKS),
        ('{"fluency": 4.5, "completeness": 4}', MARKS),
        ('{"fluency": Infinity, "completeness": 4}', MARKS),
        ('{"fluency": true, "completeness": 4}', MARKS),
        ('{"fluency": "良い", "completeness": 4}', MARKS),
    ],
)
def test_what_is_no_opinion_is_silence(server: ChatServer, model: BaseChatModel, reply: str, told: str) -> None:
    """Talk, a mark missing or cut off, one that is no whole number from 1 to 5: never taken for a mark."""
    server.reply = says(reply)
    assert list(ask_judge(model, [OUTCOME])) == [Silence("c-1", told)]


@pytest.mark.parametrize("broken", [hangs_up, breaks_off, sends(500, b"{}"), sends(200, b"not json")])
def test_a_model_that_fails_is_silence_and_the_rest_goes_on(
    server: ChatServer, model: BaseChatModel, broken: Reply
) -> None:
    """One broken connection loses one opinion; progress is told for every answer."""
    told: list[int] = []
    first, second = outcome(a_case(id="a", question="一問目"), RIGHT), outcome(a_case(id="b"), RIGHT)

    def reply(handler: Handler) -> None:
        (broken if len(server.requests) == 1 else says(json.dumps(GOOD)))(handler)

    server.reply = reply
    silence, opinion = ask_judge(model, [first, second], on_done=lambda: told.append(1))
    assert isinstance(silence, Silence)
    assert silence.error
    assert opinion == Opinion("b", 5, 4, "{期間}を答えている")
    assert len(told) == 2


def test_the_judge_sees_question_evidence_and_answer_and_no_key(server: ChatServer, model: BaseChatModel) -> None:
    """Where there is no evidence it is told so; what must be in the answer is not told."""
    server.reply = says(json.dumps(GOOD))
    case = a_case(must=(("ひみつの鍵",),))
    list(ask_judge(model, [outcome(case, RIGHT), outcome(unanswerable(question="予算は?"), a_refusal())]))
    sent = server.sent()
    assert all(text in sent for text in (case.question, PERIOD, RIGHT.answer, "予算は?", "（計画に記載なし）"))
    assert "ひみつの鍵" not in sent
    assert all(request["messages"][0]["role"] == "system" for request in server.requests)


def opinions(completeness: list[int]) -> list[Opinion]:
    """Return an opinion of each answer."""
    return [Opinion(str(at), 5, mark, "") for at, mark in enumerate(completeness)]


def test_agreement_is_the_number_worked_out_by_hand() -> None:
    """Of ten, six are right; the judge calls five of those and one of the others complete. Agreed: 8 of 10.

    Chance: 0.6 x 0.6 + 0.4 x 0.4 = 0.52, so kappa is (0.8 - 0.52) / (1 - 0.52).
    """
    results = [outcome(a_case(id=str(at)), RIGHT if at < 6 else an_answer(DATA + OFFICE)) for at in range(10)]
    found = agreement(opinions([5, 4, 5, 4, 5, 3, 4, 1, 2, 3]), results)
    assert astuple(found) == pytest.approx((10, 0.8, 0.28 / 0.48))


def test_agreement_counts_only_answers_that_were_judged() -> None:
    """None at all is no agreement; the same opinion of everything says nothing where the key differs."""
    results = [outcome(a_case(id=str(at)), RIGHT if at < 2 else a_refusal()) for at in range(4)]
    assert agreement([], results) == Agreement(0, 0.0, 0.0)
    assert agreement(opinions([5, 4]), results) == Agreement(2, 1.0, 1.0)
    assert astuple(agreement(opinions([5, 5, 5, 5]), results)) == pytest.approx((4, 0.5, 0.0))
    assert agreement([Opinion("elsewhere", 5, 5, "")], results) == Agreement(0, 0.0, 0.0)
