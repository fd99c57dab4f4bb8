"""Whose plan each of many questions is about: the probes of ``towns.jsonl``, by somebody who did not know the code, and more.

A probe's ``expect`` is one of ``towns`` (names, or "all"), ``not_covered`` (the name refused) and ``ambiguous`` (the choices);
``years`` are the years that the question names, in the order that it names them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.answer import Question, Reason, Turn
from assistant.understand import understand
from tests.assistant.asking import towns

if TYPE_CHECKING:
    from assistant.assistant import Assistant

PROBES = Path(__file__).with_name("towns.jsonl")
CASES = [json.loads(line) for line in PROBES.read_text(encoding="utf-8").splitlines()]
REFUSED = (Reason.MUNICIPALITY_NOT_COVERED, Reason.AMBIGUOUS_MUNICIPALITY)


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case['why'].split(']')[0][1:]}" for n, case in enumerate(CASES, 1)])
def test_a_question_is_about_the_towns_that_it_means(assistant: Assistant, case: dict[str, Any]) -> None:
    """The towns meant and no others are answered for; one that is not covered is refused by name; an unclear one is asked back."""
    turns = tuple(Turn(turn["role"], turn["content"]) for turn in case["history"])
    question = Question(case["question"], tuple(case["municipalities"]), turns)
    names = {plan.municipality_code: plan.municipality for plan in assistant.index.plans}
    asked = understand(question, assistant.index.plans)
    meant = [names[code] for code in asked.scope.codes]
    answer = assistant.answer(question)
    expected = case["expect"]
    if "not_covered" in expected:
        assert (answer.reason, answer.citations) == (Reason.MUNICIPALITY_NOT_COVERED, ())
        assert expected["not_covered"] in answer.answer
    elif "ambiguous" in expected:
        assert (answer.reason, sorted(meant)) == (Reason.AMBIGUOUS_MUNICIPALITY, sorted(expected["ambiguous"]))
    else:
        assert answer.reason not in REFUSED
        assert sorted(meant) == ([] if expected["towns"] == "all" else sorted(expected["towns"]))
        assert towns(answer) <= set(meant or names.values())
    assert [year.year for year in asked.years] == expected.get("years", [year.year for year in asked.years])
