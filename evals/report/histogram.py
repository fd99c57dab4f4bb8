"""Where the parts of the histogram of times stand, in percent of its width."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evals.report.figures import duration
from evals.report.latency import Bin, Latency

_LOWEST = 2.0  # of 100
_LABELLED = (1, 2, 5)  # leading digits of the bins whose start is written under the axis


@dataclass(frozen=True, slots=True)
class Bar:
    """One bin: its left edge and width in percent, its height (0 to 100), the label under its left edge ("" for none) and what it says."""

    left: float
    width: float
    height: float
    label: str
    says: str


def bars(latency: Latency) -> tuple[Bar, ...]:
    """Return the bars from left to right, the highest 100 high and none that holds a reply too low to be seen.

    >>> [bar.says for bar in bars(Latency(2, 0.001, 0.001, 0.001, (Bin(0.001, 0.0015, 2),)))]
    ['1.0ミリ秒以上 1.5ミリ秒未満: 2件']
    """
    if not latency.bins:
        return ()
    width, highest = 100 / len(latency.bins), max(part.replies for part in latency.bins)
    return tuple(
        Bar(
            at * width,
            width,
            max(100 * part.replies / highest, _LOWEST if part.replies else 0),
            _label(part.start),
            _says(part),
        )
        for at, part in enumerate(latency.bins)
    )


def place(latency: Latency, seconds: float) -> float:
    """Return where a time stands on the axis, which is logarithmic, bin by bin.

    >>> place(Latency(2, 0.001, 0.001, 0.001, (Bin(0.0, 0.001, 1), Bin(0.001, 0.0015, 1))), 0.001)
    50.0
    """
    width = 100 / len(latency.bins)
    for at, part in enumerate(latency.bins):
        if part.start <= seconds < part.end:
            return width * (at + _within(part, seconds))
    return 100.0


def _within(part: Bin, seconds: float) -> float:
    if part.start == 0 or math.isinf(part.end):
        return 0.5
    return math.log(seconds / part.start) / math.log(part.end / part.start)


def _label(start: float) -> str:
    """Return the axis label of a bin's start: a bare number for milliseconds."""
    if start == 0:
        return "0"
    digits = f"{start:e}"
    if digits[:3] not in {f"{digit}.0" for digit in _LABELLED}:
        return ""
    return f"{start:g}秒" if start >= 1 else f"{start * 1000:g}"


def _says(part: Bin) -> str:
    until = "" if math.isinf(part.end) else f" {duration(part.end)}未満"
    return f"{duration(part.start)}以上{until}: {part.replies:,}件"
