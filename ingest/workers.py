"""Who works on many files: this process alone, its threads, or other processes. All of them run the same functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class WorkersError(RuntimeError):
    """Other processes cannot work, or not any more. The message is Japanese and says what to do."""


class Workers(Protocol):
    """Whoever runs a function over many items.

    Function, items and results may travel to other processes and back, so they can be pickled. A function may be begun
    again over an item, because the process died that was at it; what it left half done is then nobody's.
    """

    @property
    def at_once(self) -> int:
        """Return how many items are worked on at the same time."""
        ...

    def map(
        self, function: Callable[[_Item], _Result], items: Iterable[_Item], *, lost: Callable[[_Item], _Result]
    ) -> Iterator[_Result]:
        """Yield ``function(item)`` for every item, in their order, each once.

        ``lost(item)`` takes the place of a result that cannot be had: one process after another died over the item.

        Raises:
            WorkersError: the other processes are gone.
        """
        ...


@dataclass(frozen=True, slots=True)
class OneProcess:
    """The process itself: one item after another, each when its result is asked for."""

    at_once: int = 1

    def map(
        self, function: Callable[[_Item], _Result], items: Iterable[_Item], *, lost: Callable[[_Item], _Result]
    ) -> Iterator[_Result]:
        """Yield the results."""
        return map(function, items)


@dataclass(frozen=True, slots=True)
class Threads:
    """So many threads of this process; all items are begun at once."""

    at_once: int

    def map(
        self, function: Callable[[_Item], _Result], items: Iterable[_Item], *, lost: Callable[[_Item], _Result]
    ) -> Iterator[_Result]:
        """Yield the results."""
        with ThreadPoolExecutor(self.at_once) as pool:
            yield from pool.map(function, items)


ONE_PROCESS = OneProcess()
