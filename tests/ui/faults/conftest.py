"""A machine with a small index, copied for every test that wants one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.faults.machine import TOWN, Machine
from tests.ui.small import build_small_index
from ui.sources import Source, read_sources, write_sources

if TYPE_CHECKING:
    from index.embedder import Embedder

NewMachine = Callable[..., Machine]


@pytest.fixture(scope="session")
def small_town(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A folder with two small plans in ``plans`` and their index in ``index``. Tests copy it."""
    folder = tmp_path_factory.mktemp("town")
    build_small_index(folder, embedder, ("mori.txt", TOWN), ("ogawa.txt", "埼玉県小川町"))
    return folder


@pytest.fixture
def new_machine(small_town: Path, machiplan: Path, tmp_path: Path) -> NewMachine:
    """Make a machine, by its name and settings; with the small town's plans and index, or ``empty``."""

    def make(name: str = "machine", *, empty: bool = False, **settings: str) -> Machine:
        if not empty:
            shutil.copytree(small_town, tmp_path / name)
            index, plans = tmp_path / name / "index", tmp_path / name / "plans"
            sources = read_sources(index)
            write_sources(index, {key: Source(plans / it.path.name, it.fingerprint) for key, it in sources.items()})
        return Machine(tmp_path / name, machiplan, **settings)

    return make


@pytest.fixture
def machine(new_machine: NewMachine) -> Machine:
    """A machine with the small town's plans and index."""
    return new_machine()
