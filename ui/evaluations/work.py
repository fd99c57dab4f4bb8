"""``python -m ui.evaluations.work``: the process that puts a question set to the assistant and records the run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.background.child import CannotWorkError, Tell, work_on

ASKING = "質問しています"


def evaluate(task: dict[str, Any], tell: Tell) -> object:
    """Return the name of the run's folder. ``set`` is a file of questions, ``evals_dir`` and ``index_dir`` are folders."""
    from evals.problems import CasesError
    from evals.read_cases import read_case_file
    from evals.revision import git_revision
    from evals.run import QuestionSet, run_sets
    from evals.store import new_folder, save_run
    from ui.cli.eval.opened import opened_subject
    from ui.open import japan_time
    from ui.settings import PROJECT_ROOT

    path, evals_dir = Path(task["set"]), Path(task["evals_dir"])
    try:
        questions = QuestionSet(path.stem, read_case_file(path).cases)
    except CasesError as error:
        raise CannotWorkError(f"質問セットに誤りがあります。{error.problems[0].message}") from error
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        tell(ASKING, done, len(questions.cases))

    tell(ASKING, 0, len(questions.cases))
    with opened_subject(None, Path(task["index_dir"]), None) as subject:
        started = japan_time().isoformat(timespec="seconds")
        run = run_sets([questions], subject, started=started, revision=git_revision(PROJECT_ROOT), on_done=step)
    folder = new_folder(evals_dir, run.info)
    save_run(run, folder)
    return folder.name


if __name__ == "__main__":
    work_on(evaluate)
