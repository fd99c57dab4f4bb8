"""A pytest plugin: a test fails when it, or any Python process it starts, asks for a connection outside loopback."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import network_guard
import pytest

LOG = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Guard this process, and through the environment every Python process that it starts."""
    log = Path(tempfile.mkdtemp(prefix="network-guard-")) / "outside.log"
    log.touch()
    config.stash[LOG] = log
    network_guard.install(log)
    os.environ[network_guard.LOG_VARIABLE] = str(log)
    paths = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)


def _check(item: pytest.Item) -> None:
    log = item.config.stash[LOG]
    if lines := log.read_text(encoding="utf-8"):
        log.write_text("", encoding="utf-8")
        pytest.fail(f"Connections outside loopback were asked for:\n{lines}", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Check what fixtures did."""
    yield
    _check(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Check what the test did, whether or not it swallowed the error."""
    try:
        yield
    finally:
        _check(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Check what came after the test: a server that a fixture stops, for one."""
    yield
    _check(item)
