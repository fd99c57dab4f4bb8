"""The state of the application at the moment of asking, from the parts that it is made of."""

from __future__ import annotations

from ui.admission import Admission
from ui.api.desk import Desk
from ui.database import AnswersFile
from ui.evaluations.runner import Runner
from ui.intake.intake import Intake
from ui.open import japan_time
from ui.watch.state import ReadState, State, read_answers_state, read_index_state


def state_reader(desk: Desk, admission: Admission, answers: AnswersFile, intake: Intake, runner: Runner) -> ReadState:
    """Return a function that reads the state; it may open an index that has come since, as ``/readyz`` does."""

    def read() -> State:
        ready = desk.obstacle() == ""
        present = desk.present()
        return State(
            ready=ready,
            waiting=admission.waiting,
            index=read_index_state(present[0].index, present[1], japan_time().date()) if present else None,
            answers=read_answers_state(answers),
            ingesting=intake.stage is not None,
            evaluating=runner.state.running,
        )

    return read
