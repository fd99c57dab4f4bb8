"""What became of one question of a run."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer
from evals.case import Case
from evals.ranking import Ranking
from evals.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, the answer it got and the verdict on it.

    ``ranking`` is there for cases with evidence; ``seconds`` is wall time; ``set_name`` is the question set it was read from.
    """

    case: Case
    answer: Answer
    verdict: Verdict
    ranking: Ranking | None
    seconds: float
    set_name: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that got no answer: the request failed, for ``error``. It is counted as an error and never scored."""

    case: Case
    error: str
    seconds: float
    set_name: str = ""
