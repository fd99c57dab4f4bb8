"""Runs over time as a drawing made on the server. It is in percent of its own width, so its text keeps its size in any window."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evals.report.figures import percent
from evals.score import Score
from ui.web.evaluation.table import shown

_HEIGHT = 220
_TOP, _BOTTOM = 12, 190  # pixels between which 100 % and 0 % stand
_LEFT, _RIGHT = 9.0, 96.0  # percent of the width


def plot(caption: str, points: Sequence[tuple[str, Score]]) -> str:
    """Return the share of right answers of runs, oldest first, with 95 % intervals. ``points`` are labels and scores."""
    grid = "".join(_grid(share) for share in (0, 25, 50, 75, 100))
    places = [(_x(at, len(points)), label, score) for at, (label, score) in enumerate(points)]
    lines = "".join(
        f'<line class="plot-line" x1="{x1:.2f}%" y1="{_y(a.value):.1f}" x2="{x2:.2f}%" y2="{_y(b.value):.1f}"/>'
        for (x1, _, a), (x2, _, b) in pairwise(places)
    )
    dots = "".join(_dot(x, label, score) for x, label, score in places)
    newest = points[-1][1]
    told = f"{caption}。最新は {percent(newest.value)}。数値は下の表にあります。"
    ends = _end(places[0], "start") + (_end(places[-1], "end") if len(places) > 1 else "")
    return (
        f'<figure class="plot"><figcaption>{shown(caption)}</figcaption>'
        f'<svg width="100%" height="{_HEIGHT}" role="img" aria-label="{shown(told)}">{grid}{lines}{dots}{ends}</svg></figure>'
    )


def _x(at: int, points: int) -> float:
    return (_LEFT + _RIGHT) / 2 if points == 1 else _LEFT + (_RIGHT - _LEFT) * at / (points - 1)


def _y(share: float) -> float:
    """Return the height of a share, in pixels from the top.

    >>> _y(1.0), _y(0.0)
    (12.0, 190.0)
    """
    return _BOTTOM - (_BOTTOM - _TOP) * share


def _grid(share: int) -> str:
    y = _y(share / 100)
    return (
        f'<line class="plot-grid" x1="{_LEFT}%" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="0" y="{y + 5:.1f}">{share}</text>'
    )


def _dot(x: float, label: str, score: Score) -> str:
    says = f"{label}: {percent(score.value)}（95%区間 {percent(score.low)}～{percent(score.high)}）"
    return (
        f'<line class="plot-reach" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_y(score.low):.1f}" y2="{_y(score.high):.1f}"/>'
        f'<circle class="plot-dot" cx="{x:.2f}%" cy="{_y(score.value):.1f}" r="5"><title>{shown(says)}</title></circle>'
    )


def _end(place: tuple[float, str, Score], anchor: str) -> str:
    x, label, _ = place
    return f'<text x="{x:.2f}%" y="{_HEIGHT - 8}" text-anchor="{anchor}">{shown(label[:10])}</text>'
