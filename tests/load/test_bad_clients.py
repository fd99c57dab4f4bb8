"""Clients that behave badly beside clients that ask."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from bad_clients import misbehave
from load_clients import QUESTIONS, Level, body_of, measure

from evals.read_cases import read_cases

if TYPE_CHECKING:
    from tests.conftest import Serve

BODIES = [body_of(case) for case in read_cases([QUESTIONS])]
CLIENTS, SECONDS = 4, 4.0
SLOW, FLOOD = 50, 40.0  # slow clients; bad requests a second
FACTOR = 3
NOISE = 2_000.0  # ms that the p99 of so few answers may differ by on busy processors


async def _disturbed(url: str) -> tuple[Level, dict[str, dict[str, int]]]:
    bad = asyncio.create_task(misbehave(url, SLOW, FLOOD, SECONDS))
    level = await measure(url, BODIES, CLIENTS, SECONDS, 0, seed=1)
    return level, await bad


def test_slow_clients_and_a_flood_of_bad_requests_hold_nobody_up(serve: Serve, index_dir: Path) -> None:
    """Beside 50 clients of a byte a second and a flood of bad requests, people who ask get every answer, about as soon as without."""
    with serve(index_dir, {**os.environ, "MACHIPLAN_WEB_PAGE": "false"}) as url:
        asyncio.run(measure(url, BODIES, CLIENTS, 1, 0))  # opens every municipality
        alone = asyncio.run(measure(url, BODIES, CLIENTS, SECONDS, 0, seed=1))
        beside, became = asyncio.run(_disturbed(url))
    assert alone.answered
    assert beside.answered
    assert alone.errors == beside.errors == {}
    assert beside.p99 <= FACTOR * alone.p99 + NOISE
    assert sum(became["flood"].values()) > SECONDS
    assert "500" not in became["flood"]
