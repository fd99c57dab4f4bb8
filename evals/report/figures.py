"""Figures as a reader sees them: percentages with one decimal, times in their natural unit."""

from __future__ import annotations

from evals.metrics import BY_NAME, Unit
from evals.score import Score


def percent(share: float) -> str:
    """Return a share as a percentage; only all of it is 100, only nothing is 0.

    >>> percent(0.7312), percent(0.9996), percent(0.0004), percent(1.0)
    ('73.1%', '99.9%', '0.1%', '100.0%')
    """
    rounded = round(share * 100, 1)
    if rounded == 100 and share < 1:
        rounded = 99.9
    if rounded == 0 and share > 0:
        rounded = 0.1
    return f"{rounded:.1f}%"


def duration(seconds: float) -> str:
    """Return a time: milliseconds under a second, then seconds.

    >>> duration(0.0126), duration(0.0004), duration(2.345)
    ('13ミリ秒', '0.4ミリ秒', '2.3秒')
    """
    if seconds >= 1:
        return f"{seconds:,.1f}秒"
    return f"{seconds * 1000:.1f}ミリ秒" if seconds < 0.0095 else f"{seconds * 1000:.0f}ミリ秒"


def figure(metric: str, value: float) -> str:
    """Return a metric's number with its unit.

    >>> figure("right", 0.5), figure("answer_characters", 128.5), figure("seconds_p95", 0.03)
    ('50.0%', '128.5字', '30ミリ秒')
    """
    unit = BY_NAME[metric].unit
    if unit is Unit.SECONDS:
        return duration(value)
    return percent(value) if unit is Unit.SHARE else f"{value:,.1f}字"


def value_of(score: Score) -> str:
    """Return a score's value, or a dash where no question counts."""
    return figure(score.metric, score.value) if score.n else "–"


def interval_of(score: Score) -> str:
    """Return a score's 95 % interval, its unit written once where both ends have the same; nothing where no question counts.

    >>> interval_of(Score("right", 0.5, 0.25, 0.75, 8)), interval_of(Score("seconds_p95", 1.0, 0.5, 1.5, 8))
    ('25.0〜75.0%', '500ミリ秒〜1.5秒')
    """
    if not score.n:
        return ""
    low, high = figure(score.metric, score.low), figure(score.metric, score.high)
    unit = high.lstrip("0123456789.,")
    return f"{low.removesuffix(unit) if low.lstrip('0123456789.,') == unit else low}〜{high}"
