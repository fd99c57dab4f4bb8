"""A server that is used for half an hour while its index is swapped, and what tells that something grew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from server_figures import Figures
from soak import Plan, soak
from soak_verdict import Soaked, draw, faults

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
AN_HOUR = 3600.0
EVERY = 10.0


def soaked(**grown: float) -> Soaked:
    """Return an hour of a server whose figures grow by so much in all; ``p99`` in seconds."""
    samples, answers = [], []
    for number in range(1, int(AN_HOUR / EVERY)):
        at = number * EVERY
        share = at / AN_HOUR
        files, threads = (int(50 + grown.get(name, 0) * share) for name in ("files", "threads"))
        samples.append((at, Figures(900 + number % 3 + grown.get("rss", 0) * share, at, files, threads)))
        answers.append((at, 0.5 + grown.get("p99", 0) * share))
    return Soaked(AN_HOUR, tuple(samples), tuple(answers), {"ask": len(answers)}, {})


@pytest.mark.parametrize("grown", [{}, {"rss": 30}, {"files": 10}, {"rss": -200}])
def test_a_server_that_stays_as_it_is_has_no_faults(grown: dict[str, float]) -> None:
    """What wavers, grows by less than is allowed, or shrinks, is no fault."""
    assert list(faults(soaked(**grown))) == []


@pytest.mark.parametrize(
    ("grown", "told"),
    [
        ({"rss": 90}, "Memory grows by 1.5"),
        ({"rss": 400}, "over 1.1 times"),
        ({"files": 200}, "Open files: "),
        ({"threads": 200}, "Open threads: "),
        ({"p99": 2}, "p99: "),
    ],
)
def test_what_grew_is_told(grown: dict[str, float], told: str) -> None:
    """Memory, open files, threads and waiting times that grow over their limit are each a sentence."""
    assert any(told in fault for fault in faults(soaked(**grown)))


def test_a_request_that_failed_is_told() -> None:
    """A soak in which one request failed is not sound, whatever its figures."""
    one = Soaked(AN_HOUR, soaked().samples, soaked().answers, {}, {"ask: 500": 1})
    assert list(faults(one)) == ["ask: 500: 1 times."]


def test_a_soak_is_drawn_the_same_for_the_same_figures(tmp_path: Path) -> None:
    """The drawing is an SVG that changes only with the figures."""
    for name in ("one.svg", "two.svg"):
        draw(soaked(), tmp_path / name)
    one, two = ((tmp_path / name).read_bytes() for name in ("one.svg", "two.svg"))
    assert b"<svg" in one
    assert one == two


@pytest.mark.slow
def test_a_server_can_be_used_for_half_an_hour_and_nothing_grows(tmp_path: Path) -> None:
    """Ten people ask, others look at pages and judge, nonsense arrives, plans change: no request fails, and nothing grows."""
    seconds = MINUTES * 60
    seen = soak(tmp_path, Plan(seconds, swap=min(180, seconds / 6), sample=min(10, seconds / 60)), {})
    assert {"ask", "stream", "page", "kept answer", "feedback", "refused", "ingest"} <= seen.done.keys()
    assert list(faults(seen)) == []
