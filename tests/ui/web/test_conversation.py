"""What a question leads to, step by step, apart from the browser."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answer, Turn
from ui.open import open_assistant
from ui.settings import Settings
from ui.web.chat.conversation import MOST_TURNS, UNAVAILABLE, Step, ask, history

if TYPE_CHECKING:
    from assistant.assistant import Assistant

PERIOD = "平生町の計画の期間はいつからいつまでですか？"


def test_the_answer_grows_and_then_stands(assistant: Assistant) -> None:
    """The first step shows the question alone, the text then only grows, the last step has the whole answer."""
    steps = list(ask(lambda: assistant, f" {PERIOD} ", "", ()))
    texts = [step.so_far for step in steps[:-1]]
    assert steps[0] == Step((), asked=PERIOD)
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    [answer] = steps[-1].answers
    assert texts[-1] == answer.answer
    assert answer.citations
    assert steps[-1].asked == steps[-1].problem == ""


def test_a_problem_keeps_the_conversation(assistant: Assistant) -> None:
    """An unknown town is refused in Japanese, and the answers before it stay."""
    before = list(ask(lambda: assistant, PERIOD, "", ()))[-1].answers
    last = list(ask(lambda: assistant, PERIOD, "999999", before))[-1]
    assert last.answers == before
    assert "平生町" in last.problem


def test_a_missing_index_is_told_without_internals(tmp_path: Path) -> None:
    """Without an index a resident reads an apology: no path, no command."""
    settings = Settings(index_dir=tmp_path / "none")
    last = list(ask(lambda: open_assistant(settings), PERIOD, "", ()))[-1]
    assert last.problem == UNAVAILABLE
    assert str(tmp_path) not in last.problem


def test_the_newest_turns_are_the_history(assistant: Assistant) -> None:
    """A follow-up gets the last twenty messages, question and answer in turn, oldest first."""
    [answer] = list(ask(lambda: assistant, PERIOD, "", ()))[-1].answers
    assert isinstance(answer, Answer)
    turns = history((answer,) * 15)
    assert len(turns) == MOST_TURNS
    assert turns[:2] == (Turn("user", PERIOD), Turn("assistant", answer.answer))
