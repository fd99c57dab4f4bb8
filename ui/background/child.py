"""The side of the process that works: a task from standard input, progress and the result to standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from assistant.answer import ChatModelError
from index.errors import EmbedderMissingError, IndexBusyError, IndexUnusableError, IndexWriteError, RerankerMissingError

Tell = Callable[[str, int, int], None]
"""Is told a phase (Japanese), and how many steps of it are done of how many."""

KINDNESS = 5
"""How far the process steps back behind those that answer questions (``nice``)."""

_TOLD = (
    ChatModelError,
    EmbedderMissingError,
    IndexBusyError,
    IndexUnusableError,
    IndexWriteError,
    RerankerMissingError,
)
"""Failures whose Japanese message is for the person who started the work."""


class CannotWorkError(ValueError):
    """The task cannot be done. The message is Japanese and says what to do."""


def work_on(do: Callable[[dict[str, Any], Tell], object]) -> None:
    """Do the task that stands on standard input; write a JSON line for each step and one for the end."""
    out, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints must not stand among the lines

    def write(line: dict[str, object]) -> None:
        out.write(json.dumps(line, ensure_ascii=True, default=str) + "\n")
        out.flush()

    def tell(phase: str, done: int, total: int) -> None:
        write({"phase": phase, "done": done, "total": total})

    os.nice(KINDNESS)
    try:
        write({"result": do(json.load(sys.stdin), tell)})
    except (CannotWorkError, *_TOLD) as error:
        write({"problem": str(error)})
