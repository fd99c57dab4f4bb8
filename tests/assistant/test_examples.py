"""The questions that the assistant itself proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assistant.asking import Ask, Asked, towns

if TYPE_CHECKING:
    from assistant.assistant import Assistant

TOWNS = ("平生町", "鏡野町", "上郡町", "上里町", "上毛町")
EVERY = 12  # of the answered development questions, one in so many has its suggestions asked


@pytest.mark.parametrize("town", TOWNS)
def test_examples_of_a_town_are_answered_from_its_plan(assistant: Assistant, ask: Ask, town: str) -> None:
    """Each example question for a town is answered from that town's plan, asked as it stands."""
    examples = assistant.examples(town)
    assert examples
    assert [towns(ask(example)) for example in examples] == [{town}] * len(examples)


@pytest.mark.parametrize("town", ["", *TOWNS])
def test_examples_are_all_different(assistant: Assistant, town: str) -> None:
    """No example question is shown twice."""
    examples = assistant.examples(town)
    assert len(set(examples)) == len(examples)


def test_examples_of_all_towns_are_answered(assistant: Assistant, ask: Ask) -> None:
    """The examples shown when no town is chosen are answered, and speak of several towns."""
    answers = [ask(example) for example in assistant.examples()]
    assert not any(answer.abstained for answer in answers)
    assert len({town for answer in answers for town in towns(answer)}) > 1


def test_an_unknown_town_has_no_examples(assistant: Assistant) -> None:
    """For a town outside the corpus there is nothing to propose."""
    assert assistant.examples("神川町") == ()


def test_suggestions_are_answered(asked: tuple[Asked, ...], ask: Ask) -> None:
    """The follow-up questions under an answer are answered, and are not the question itself."""
    some = [a for a in asked if a.answer.suggestions and not a.answer.abstained][::EVERY]
    suggestions = {s: a.case.question.text for a in some for s in a.answer.suggestions}
    assert len(suggestions) > EVERY
    assert [s for s, question in suggestions.items() if s == question or ask(s).abstained] == []


def test_suggestions_stay_with_the_town(asked: tuple[Asked, ...], assistant: Assistant) -> None:
    """The follow-up questions under an answer about some towns name no other town."""
    covered = {p.municipality for p in assistant.index.plans}
    broken = [
        (a.case.case_id, s)
        for a in asked
        if a.case.towns and not a.answer.abstained
        for s in a.answer.suggestions
        if any(other in s for other in covered - a.case.towns)
    ]
    assert broken == []
