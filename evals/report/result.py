"""One question of a run as a report shows it."""

from __future__ import annotations

from dataclasses import dataclass

from evals.case import Case
from evals.outcome import Failure, Outcome
from evals.report.kinds import SIGN, Kind, kinds_of
from evals.report.names import NO_SET, RIGHT, RIGHTLY_REFUSED
from evals.run import Run


@dataclass(frozen=True, slots=True)
class Result:
    """A question and what became of it: either an ``outcome``, or the ``error`` for which there is none.

    ``number`` counts the questions of the run from 1; ``kinds`` is everything that is wrong, the gravest first.
    """

    number: int
    set_name: str
    case: Case
    outcome: Outcome | None
    error: str
    seconds: float
    kinds: tuple[Kind, ...]

    @property
    def failed(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.kinds)

    @property
    def label(self) -> str:
        """What became of it, in a word or two."""
        if self.kinds:
            return SIGN[self.kinds[0]].label
        return RIGHTLY_REFUSED if self.case.abstain else RIGHT


def results_of(run: Run) -> tuple[Result, ...]:
    """Return every question of a run: set by set, those that got no reply behind the others of their set."""
    order = {info.name: place for place, info in enumerate(run.info.sets)}
    replies: list[Outcome | Failure] = [*run.outcomes, *run.failures]
    replies.sort(key=lambda reply: order.get(reply.set_name, len(order)))
    return tuple(_result(number, reply) for number, reply in enumerate(replies, start=1))


def _result(number: int, reply: Outcome | Failure) -> Result:
    set_name = reply.set_name or NO_SET
    if isinstance(reply, Failure):
        return Result(number, set_name, reply.case, None, reply.error, reply.seconds, (Kind.ERROR,))
    return Result(number, set_name, reply.case, reply, "", reply.seconds, kinds_of(reply.verdict))
