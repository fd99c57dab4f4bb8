"""The side of the server: one process at a time, how far it is, and what came of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

BROKE_OFF = (
    "処理が途中で止まりました。もう一度お試しください。繰り返す場合は、サーバーの記録（ログ）を確かめてください。"
)
CANCELLED = "中止しました。"


@dataclass(frozen=True, slots=True)
class Stage:
    """How far work is: its phase in Japanese, and how many steps of the phase are done of how many (0: not known)."""

    phase: str
    done: int
    total: int


class WorkerBusyError(RuntimeError):
    """The worker has something to do already."""


class WorkFailedError(RuntimeError):
    """The work came to no result. The message is Japanese."""


class Worker:
    """Runs ``python -m module`` with a task, one at a time. Safe for threads."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._busy = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._stage: Stage | None = None
        self._cancelled = False

    @property
    def stage(self) -> Stage | None:
        """How far the present work is; ``None`` when there is none."""
        return self._stage

    def run(self, task: Mapping[str, object], on_stage: Callable[[Stage], None] = lambda stage: None) -> Any:
        """Return the result of a task; returns when the process has ended.

        Raises:
            WorkerBusyError: another task is being done.
            WorkFailedError: it came to no result, or was cancelled.
        """
        if not self._busy.acquire(blocking=False):
            raise WorkerBusyError
        try:
            self._stage = Stage("準備中", 0, 0)
            return self._finished(task, on_stage)
        finally:
            self._stage = self._process = None
            self._busy.release()

    def cancel(self) -> None:
        """End the work, also when it is only about to begin; ``run`` then raises ``WorkFailedError``, from now on always.

        Work that has come to its result all the same, or will not be ended any more, gives it.
        """
        self._cancelled = True
        if self._process is not None:
            self._process.terminate()

    def _finished(self, task: Mapping[str, object], on_stage: Callable[[Stage], None]) -> Any:
        command = [sys.executable, "-m", self._module]
        last: dict[str, Any] = {}
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            self._process = process
            assert process.stdin is not None
            assert process.stdout is not None
            if self._cancelled:
                process.terminate()
            process.stdin.write(json.dumps(task))
            process.stdin.close()
            for line in process.stdout:
                last = json.loads(line)
                if "phase" in last:
                    self._stage = Stage(last["phase"], last["done"], last["total"])
                    on_stage(self._stage)
        if "result" not in last:
            raise WorkFailedError(CANCELLED if self._cancelled else str(last.get("problem", BROKE_OFF)))
        return last["result"]
