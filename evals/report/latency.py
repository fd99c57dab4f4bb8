"""How long the replies of a run took."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evals.outcome import Outcome

STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)  # of each power of ten: even widths on a logarithmic scale, round numbers


@dataclass(frozen=True, slots=True)
class Bin:
    """Replies that took at least ``start`` and less than ``end`` seconds."""

    start: float
    end: float
    replies: int


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds a reply, over the questions that got one; all 0 and without bins where none did."""

    replies: int
    shortest: float
    mean: float
    longest: float
    bins: tuple[Bin, ...]


def latency(outcomes: Sequence[Outcome]) -> Latency:
    """Return the distribution of the replies' times."""
    seconds = [outcome.seconds for outcome in outcomes]
    if not seconds:
        return Latency(0, 0.0, 0.0, 0.0, ())
    return Latency(len(seconds), min(seconds), sum(seconds) / len(seconds), max(seconds), _bins(seconds))


def _bins(seconds: Sequence[float]) -> tuple[Bin, ...]:
    """Return bins without a gap from the shortest time to the longest; what is under a millisecond shares one.

    >>> [(bin.start, bin.end, bin.replies) for bin in _bins([0.0004, 0.0012, 0.0017])]
    [(0.0, 0.001, 1), (0.001, 0.0015, 1), (0.0015, 0.002, 1)]
    """
    steps = [float(f"{step}e{power}") for power in range(-3, 6) for step in STEPS]
    edges = [0.0, *steps, math.inf]
    counts = [sum(start <= time < end for time in seconds) for start, end in pairwise(edges)]
    held = [at for at, count in enumerate(counts) if count]
    return tuple(Bin(edges[at], edges[at + 1], counts[at]) for at in range(held[0], held[-1] + 1))
