"""Progress bars on stderr, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


def progress(length: int, label: str) -> ProgressBar[int]:
    """Return a bar of ``length`` steps, to be used as a context manager."""
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


@contextmanager
def told(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how many steps are done, of how many; the bar appears when it is first told of any."""
    with ExitStack() as stack:
        bars: list[ProgressBar[int]] = []

        def tell(done: int, total: int) -> None:
            if not total:
                return
            if not bars:
                bars.append(stack.enter_context(progress(total, label)))
            bars[0].update(done - bars[0].pos)
            if done == total:
                stack.close()

        yield tell
