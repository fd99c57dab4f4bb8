"""A server that is watched closely: everything it says is kept, and everything it is told bears a mark."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

MARK = "ZQMARK"
"""Stands in everything that a person, an administrator or a setting tells the server in confidence."""

TOKEN = f"{MARK}-token"


@dataclass(frozen=True, slots=True)
class Watched:
    """A running server: a client of it, and where its standard output and error go."""

    client: httpx.Client
    out: Path
    err: Path

    def said(self) -> str:
        """Return all that it has said so far."""
        return self.out.read_text("utf-8") + self.err.read_text("utf-8")


StartWatched = Callable[[Mapping[str, str]], AbstractContextManager[Watched]]


@pytest.fixture(scope="session")
def start_watched(machiplan: Path, index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> StartWatched:
    """Run ``machiplan serve`` with settings, at log level debug, until the block ends."""

    @contextmanager
    def start(settings: Mapping[str, str]) -> Iterator[Watched]:
        folder = tmp_path_factory.mktemp("watched")
        own = {
            "MACHIPLAN_ANSWERS_FILE": str(folder / "answers.sqlite3"),
            "MACHIPLAN_UPLOADS_DIR": str(folder / "uploads"),
            "MACHIPLAN_LOG_LEVEL": "debug",
            "MACHIPLAN_LOG_FORMAT": "json",
            "MACHIPLAN_ADMIN_TOKEN": TOKEN,
            "MACHIPLAN_CHAT_API_KEY": f"{MARK}-key",
        }
        command = [str(machiplan), "serve", "--port", "0", "--index", str(index_dir)]
        out, err = folder / "out", folder / "err"
        with out.open("w") as out_file, err.open("w") as err_file:
            process = subprocess.Popen(
                command,
                env={**os.environ, **own, **settings},
                stdout=subprocess.PIPE,
                stderr=err_file,
                cwd=folder,
                text=True,
            )
            assert process.stdout is not None
            first = process.stdout.readline()  # the address, printed when it is ready
            assert first, err.read_text("utf-8")
            out_file.write(first)
            try:
                with httpx.Client(base_url=first.split()[0], timeout=60) as client:
                    yield Watched(client, out, err)
            finally:
                process.terminate()
                rest, _ = process.communicate(timeout=30)
                out_file.write(rest)

    return start
