"""The passages that an answer would be drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer import Question
from tests.assistant.asking import PERIOD, conversation

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def municipalities(assistant: Assistant, question: Question) -> set[str]:
    """Return whose plans the ten best passages for a question come from."""
    return {hit.chunk.municipality for hit in assistant.retrieve(question, 10)}


def test_passages_come_from_the_town_that_is_asked_about(assistant: Assistant) -> None:
    """The town of the question, of the filter or of the history locks the search; without any, all plans are searched."""
    assert municipalities(assistant, Question(f"上毛町の{PERIOD}")) == {"上毛町"}
    assert municipalities(assistant, Question(PERIOD, ("平生町",))) == {"平生町"}
    earlier = conversation(f"鏡野町の{PERIOD}", "鏡野町の計画には、次のように書かれています。")
    assert municipalities(assistant, Question("では、目的は?", history=earlier)) == {"鏡野町"}
    assert len(municipalities(assistant, Question(PERIOD))) > 1


def test_a_town_that_is_not_covered_has_no_passages(assistant: Assistant) -> None:
    """Nothing of other towns is found for it."""
    assert assistant.retrieve(Question(f"田布施町の{PERIOD}"), 10) == []


def test_the_best_passage_comes_first_and_no_more_than_asked_for(assistant: Assistant) -> None:
    """Scores fall, and ``k`` bounds their number over all plans together."""
    hits = assistant.retrieve(Question(PERIOD), 7)
    scores = [hit.score for hit in hits]
    assert len(hits) == 7
    assert scores == sorted(scores, reverse=True)
