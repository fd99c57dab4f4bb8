"""A plan that no municipality has published, to be read from any text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.chunk import chunk
from ingest.document import Chunk, Plan

Read = Callable[[str], tuple[Chunk, ...]]


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The metadata of the fictional plan."""
    return Plan(
        "mihon", "見本町", "みほんちょう", "999999", "見本県", "見本町DX推進計画", None, None, None, None, "", ""
    )


@pytest.fixture(scope="session")
def read(plan: Plan) -> Read:
    """Read a text as the fictional plan's, and give its chunks."""
    return lambda text: chunk(plan, text)
