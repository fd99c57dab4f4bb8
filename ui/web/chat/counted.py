"""The steps of a question, passed on, and what came of it counted."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from ui.watch.outcome import Outcome, outcome_of
from ui.watch.questions import PageQuestions
from ui.web.chat.conversation import Step


def counted(steps: Iterator[Step], questions: PageQuestions) -> Iterator[Step]:
    """Yield ``steps``; tell ``questions`` how they ended, which is ``broken_off`` where nobody waited for the last one."""
    started, outcome, answer = monotonic(), Outcome("broken_off"), None
    try:
        for step in steps:
            if step.problem:
                outcome = Outcome("refused", reason=step.refused)
            elif not step.asked:
                answer = step.answers[-1]
                outcome = outcome_of(answer)
            yield step
    except Exception:
        outcome = Outcome("failed", reason="internal_error")
        raise
    finally:
        questions.ended(outcome, answer, monotonic() - started)
