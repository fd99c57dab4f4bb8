"""The evaluation that a server is running: started, watched, cancelled; one at a time, in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from ui.background.worker import Stage, Worker, WorkerBusyError, WorkFailedError

WORK = "ui.evaluations.work"


@dataclass(frozen=True, slots=True)
class RunState:
    """Whether a run is on, of which set and how far; the last run that was recorded, or why it was not."""

    running: bool
    set: str
    stage: Stage | None
    run: str
    problem: str


class Runner:
    """Runs question sets over the index in ``index_dir`` and records the runs in ``evals_dir``. Safe for threads."""

    def __init__(self, evals_dir: Path, index_dir: Path) -> None:
        self.evals_dir = evals_dir
        self._index_dir = index_dir
        self._worker = Worker(WORK)
        self._starting = Lock()
        self._last = RunState(False, "", None, "", "")

    @property
    def state(self) -> RunState:
        """What the runner is doing, or did last."""
        last = self._last
        return RunState(last.running, last.set, self._worker.stage if last.running else None, last.run, last.problem)

    def start(self, name: str, path: Path) -> None:
        """Start a run of the set ``name`` in the file ``path`` and return at once.

        Raises:
            WorkerBusyError: a run is on.
        """
        with self._starting:
            if self._last.running:
                raise WorkerBusyError
            self._worker = Worker(WORK)  # its own, so that to cancel one run never ends another
            self._last = RunState(True, name, None, "", "")
        task = {"set": str(path), "evals_dir": str(self.evals_dir), "index_dir": str(self._index_dir)}
        Thread(target=self._run, args=(name, task), name="evaluation", daemon=True).start()

    def cancel(self) -> None:
        """End the present run, if there is one; nothing of it is recorded."""
        if self._last.running:
            self._worker.cancel()

    def _run(self, name: str, task: dict[str, str]) -> None:
        run, problem = "", "評価を始められませんでした。もう一度お試しください。"
        try:
            run, problem = str(self._worker.run(task)), ""
        except WorkFailedError as error:
            problem = str(error)
        finally:
            self._last = RunState(False, name, None, run, problem)
