"""The generated sets as they are measured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evals.case import Case
from evals.corpus import Corpus
from evals.generate.sets import generate_sets, sample
from evals.lint import lint
from evals.write_cases import write_cases

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from evals.run import QuestionSet


@pytest.fixture(scope="module")
def sets(dev_cases: tuple[Case, ...], assistant: Assistant) -> tuple[QuestionSet, ...]:
    """At most 60 questions of each."""
    return generate_sets(dev_cases, assistant.index, 1, most=60)


def test_three_sets_of_at_most_that_many(sets: tuple[QuestionSet, ...]) -> None:
    """Swapped, noise and cells, each with its own name."""
    assert [s.name for s in sets] == ["generated-swapped", "generated-noise", "generated-cells"]
    assert [len(s.cases) for s in sets] == [60, 60, 60]


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_the_linter_finds_nothing(
    sets: tuple[QuestionSet, ...], assistant: Assistant, tmp_path: Path, ending: str
) -> None:
    """Written as JSON Lines or for a spreadsheet."""
    paths = [tmp_path / f"{question_set.name}.{ending}" for question_set in sets]
    for question_set, path in zip(sets, paths, strict=True):
        write_cases(question_set.cases, path)
    assert lint(paths, Corpus.of(assistant.index)) == []


def test_every_case_says_where_it_comes_from(sets: tuple[QuestionSet, ...], dev_cases: tuple[Case, ...]) -> None:
    """From a written case, or from a table by its plan and offset."""
    written = {case.id for case in dev_cases}
    swapped, noise, cells = sets
    assert all(case.origin in written for case in (*swapped.cases, *noise.cases))
    assert all(case.origin.partition(":")[2].isdigit() for case in cells.cases)


def test_the_same_seed_gives_the_same_sets(
    sets: tuple[QuestionSet, ...], dev_cases: tuple[Case, ...], assistant: Assistant
) -> None:
    """And another seed gives others."""
    assert generate_sets(dev_cases, assistant.index, 1, most=60) == sets
    assert generate_sets(dev_cases, assistant.index, 2, most=60) != sets


def test_a_sample_is_even_over_municipalities(dev_cases: tuple[Case, ...]) -> None:
    """A municipality with a tenth of the questions is not drowned by one with half of them."""
    one_town = [case for case in dev_cases if len(case.municipalities) == 1 and not case.tags]
    if len(one_town) < 20:
        one_town = [case for case in dev_cases if len(case.municipalities) == 1]
    towns = {next(iter(case.municipalities)) for case in one_town}
    chosen = sample(one_town, 1, most=len(towns))
    assert len(chosen) == len(towns)
    assert list(chosen) == [case for case in one_town if case in chosen]
