"""The answer in pieces, and many questions at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, Question, UnknownMunicipalityError
from index.embedder import Embedder
from index.index import Index
from tests.assistant.asking import PERIOD, places

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.assistant import Assistant

THREADS = 8
QUESTIONS = (
    Question(f"平生町の{PERIOD}"),
    Question("平生町の事務数が最も多い課はどこですか？"),
    Question("上毛町のDX基本理念は何ですか"),
    Question(PERIOD),
    Question("上里町の計画で、OODAループとは何ですか？"),
    Question("神川町の計画の期間は？"),
    Question("ひらおちょうの しさんぜいはんの じむすうは いくつですか"),
)


@pytest.mark.parametrize("question", [QUESTIONS[0], QUESTIONS[2], QUESTIONS[5], Question("明日の天気は？")])
def test_a_stream_gives_the_text_in_pieces_and_then_the_answer(assistant: Assistant, question: Question) -> None:
    """A stream yields the answer's text piece by piece, nothing else, and the whole answer last."""
    *pieces, last = assistant.stream(question)
    assert isinstance(last, Answer)
    assert all(isinstance(piece, str) and piece for piece in pieces)
    assert "".join(str(piece) for piece in pieces) == last.answer
    assert len(pieces) > 1


def test_a_stream_says_what_answer_says(assistant: Assistant) -> None:
    """A streamed answer has the text and the citations of one that is not streamed."""
    *_, streamed = assistant.stream(QUESTIONS[0])
    plain = assistant.answer(QUESTIONS[0])
    assert isinstance(streamed, Answer)
    assert (streamed.answer, streamed.citations) == (plain.answer, plain.citations)


def test_a_stream_refuses_an_unknown_filter_before_any_piece(assistant: Assistant) -> None:
    """An unknown filter entry is an error before anything is sent."""
    with pytest.raises(UnknownMunicipalityError):
        next(assistant.stream(Question(PERIOD, ("田布施町",))))


def test_threads_get_the_same_answers(index_dir: Path, embedder: Embedder, now: datetime, assistant: Assistant) -> None:
    """Eight threads that ask a fresh assistant at once, each in another order, get what a single one gets."""
    from assistant.assistant import Assistant as Fresh

    alone = [assistant.answer(question) for question in QUESTIONS]
    start = Barrier(THREADS)

    def ask_all(first: int) -> dict[int, Answer]:
        start.wait(timeout=30)
        order = [(first + i) % len(QUESTIONS) for i in range(len(QUESTIONS))]
        return {i: fresh.answer(QUESTIONS[i]) for i in order}

    with Index.open(index_dir, embedder=embedder) as index, ThreadPoolExecutor(THREADS) as pool:
        fresh = Fresh(index, clock=lambda: now)
        results = list(pool.map(ask_all, range(THREADS)))
    for answers in results:
        for i, one in enumerate(alone):
            assert (answers[i].answer, places(answers[i])) == (one.answer, places(one))
    ids = {answer.id for answers in results for answer in answers.values()}
    assert len(ids) == THREADS * len(QUESTIONS)
