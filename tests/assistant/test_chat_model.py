"""A chat model may put quotes into other words; whatever it does, nothing unproven is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, ChatModelError, Question
from assistant.chat_model import open_chat_model
from tests.assistant.asking import PERIOD, Ask, places
from tests.assistant.chat_server import ChatServer, Reply, chat_server, says
from tests.assistant.hostile import HOSTILE, PROVEN, Hostile

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.assistant import Assistant

QUESTION = f"平生町の{PERIOD}"
KEY = "a-key-of-the-test"
WAITS = ("never answers", "sends headers letter by letter", "sends a body letter by letter")  # for the whole deadline


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    """A chat model's server."""
    with chat_server() as running:
        yield running


@pytest.fixture(scope="module")
def chatting(assistant: Assistant, server: ChatServer, now: datetime) -> Assistant:
    """An assistant with a chat model behind that server."""
    from assistant.assistant import Assistant as Fresh

    model = open_chat_model("test", base_url=server.url, api_key=KEY)
    return Fresh(assistant.index, clock=lambda: now, chat_model=model)


def replied(chatting: Assistant, server: ChatServer, reply: Reply, text: str = QUESTION) -> Answer:
    """Return the answer when the model replies so."""
    server.requests.clear()
    server.reply = reply
    return chatting.answer(Question(text))


def test_a_faithful_reply_is_shown(chatting: Assistant, server: ChatServer, ask: Ask) -> None:
    """A reply that its quotes prove is shown as it is, with the same citations, marked as a chat model's."""
    answer = replied(chatting, server, says(PROVEN))
    assert answer.answer == PROVEN
    assert answer.mode == "chat_model"
    assert answer.citations == ask(QUESTION).citations


def test_only_the_proven_sentences_are_shown(chatting: Assistant, server: ChatServer) -> None:
    """A sentence that the quotes do not prove is left out, the others stay."""
    answer = replied(chatting, server, says(f"予算は3億円です。[1]{PROVEN}\n上毛町も5年間です。[1]"))
    assert answer.answer == PROVEN
    assert answer.mode == "chat_model"


@pytest.mark.parametrize("hostile", [h for h in HOSTILE if h.name not in WAITS], ids=lambda hostile: hostile.name)
def test_a_stream_sends_no_unproven_word(chatting: Assistant, server: ChatServer, ask: Ask, hostile: Hostile) -> None:
    """Whatever a model does, the pieces that a user sees are those of the proven sentence or of the quotes."""
    server.reply = hostile.reply
    *pieces, last = chatting.stream(Question(QUESTION))
    assert isinstance(last, Answer)
    assert "".join(str(piece) for piece in pieces) == last.answer
    if hostile.shown == "the quotes":
        stands_unchanged(last, ask(QUESTION))
    else:
        assert (last.answer, last.mode) == (PROVEN, "chat_model")


def test_no_server_leaves_the_quotes(assistant: Assistant, ask: Ask, now: datetime) -> None:
    """When nothing listens at the model's address, the extractive answer stands unchanged."""
    from assistant.assistant import Assistant as Fresh

    with chat_server() as gone:
        url = gone.url
    model = open_chat_model("test", base_url=url, api_key=None)
    stands_unchanged(
        Fresh(assistant.index, clock=lambda: now, chat_model=model).answer(Question(QUESTION)), ask(QUESTION)
    )


def test_a_long_reply_keeps_the_limit(chatting: Assistant, server: ChatServer) -> None:
    """A chat model's answer is no longer than any other: 800 characters to a plain question."""
    sentences = [f"{town}計画の期間は{'、' * n}5年間です。[1]" for town in ("", "平生町の") for n in range(1, 25)]
    answer = replied(chatting, server, says("".join(sentences)))
    assert 700 < len(answer.answer) <= 800


def test_the_model_sees_the_question_and_the_quotes_alone(chatting: Assistant, server: ChatServer) -> None:
    """What is sent holds the question and each quote with its number, and no more of the plan."""
    answer = replied(chatting, server, says(PROVEN))
    sent = server.sent()
    assert QUESTION in sent
    assert all(f"[{c.n}]" in sent and c.quote in sent for c in answer.citations)
    assert len(sent) < 1_500
    assert [request["path"] for request in server.requests] == ["/v1/chat/completions"]
    assert KEY not in sent


@pytest.mark.parametrize("text", ["神川町の計画の期間は？", "明日の天気は？", "上里町のDX推進班は何人体制ですか。"])
def test_an_abstention_is_not_put_to_the_model(chatting: Assistant, server: ChatServer, text: str) -> None:
    """Where the plans do not answer, the model is not asked, so that it cannot make an answer up."""
    answer = replied(chatting, server, says(PROVEN), text)
    assert answer.abstained
    assert answer.mode == "extractive"
    assert server.requests == []


@pytest.mark.parametrize("base_url", [None, ""])
def test_a_model_without_an_address_is_refused(base_url: str | None) -> None:
    """A chat model's name without its address is an error that names the missing setting."""
    with pytest.raises(ChatModelError, match="MACHIPLAN_CHAT_BASE_URL"):
        open_chat_model("test", base_url=base_url, api_key=None)


def stands_unchanged(answer: Answer, extractive: Answer) -> None:
    """Assert that an answer is the extractive one."""
    assert answer.mode == "extractive"
    assert answer.answer == extractive.answer
    assert places(answer) == places(extractive) != []
    assert (answer.notices, answer.abstained) == (extractive.notices, False)
