"""Several that look on at once, as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from assistant.watch import Rephrased, Stage, Watch


class Several:
    """Passes everything on to each of ``watches``, the first of them outermost."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        self._watches = watches

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Enter a stage of each."""
        with ExitStack() as stack:
            for watch in self._watches:
                stack.enter_context(watch.stage(stage))
            yield

    def rephrased(self, outcome: Rephrased) -> None:
        """Tell each."""
        for watch in self._watches:
            watch.rephrased(outcome)
