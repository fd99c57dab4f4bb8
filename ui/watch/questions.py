"""The questions of the page: each counted, and one line of the log for each. Those of the API have their request's line."""

from __future__ import annotations

import logging

from assistant.answer import Answer
from ui.watch.metrics import Metrics
from ui.watch.outcome import Face, Outcome

LOGGER = logging.getLogger("machiplan.page")


class PageQuestions:
    """Takes in what came of each question that was put to the page."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def ended(self, outcome: Outcome, answer: Answer | None, seconds: float) -> None:
        """Take in a question that is over, and its answer if it got one."""
        self._metrics.asked(Face.PAGE, outcome)
        fields = answer_fields(answer) if answer is not None else {"reason": outcome.reason}
        LOGGER.info("question", extra={"outcome": outcome.kind, "seconds": round(seconds, 4), **fields})


def answer_fields(answer: Answer) -> dict[str, object]:
    """Return what the log tells of an answer. Its question is in it, and is left out where the log is written (``ui.watch.log``)."""
    return {
        "answer_id": answer.id,
        "mode": answer.mode,
        "abstained": answer.abstained,
        "reason": str(answer.reason) if answer.reason else None,
        "question": answer.question,
    }
