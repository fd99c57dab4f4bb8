"""A machine of a town's: all its data in one folder, ``machiplan`` run over it, its server started, killed and stopped."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.ui.small import TOKEN, write_plan

TOWN = "北海道森町"
QUESTION = {"question": "森町のスマートフォン教室は年に何回開催しますか"}
NOT_THERE = {"question": "森町の火星への移住の補助金はいくらですか"}


class Machine:
    """``folder`` holds index, answers, uploads, evaluations, plans and the temporary folder."""

    def __init__(self, folder: Path, machiplan: Path, **settings: str) -> None:
        """Lay the folder out; ``settings`` are environment variables beyond it."""
        self.folder, self.machiplan = folder, machiplan
        self.index, self.answers = folder / "index", folder / "answers.sqlite3"
        self.uploads, self.plans, self.evals = folder / "uploads", folder / "plans", folder / "evals"
        self.temporary = folder / "tmp"
        self.temporary.mkdir(parents=True, exist_ok=True)
        self.environment = {
            **os.environ,
            "TMPDIR": str(self.temporary),
            "MACHIPLAN_WEB_PAGE": "false",
            "MACHIPLAN_ADMIN_TOKEN": TOKEN,
            "MACHIPLAN_PORT": "0",
            "MACHIPLAN_INDEX_DIR": str(self.index),
            "MACHIPLAN_ANSWERS_FILE": str(self.answers),
            "MACHIPLAN_UPLOADS_DIR": str(self.uploads),
            "MACHIPLAN_PLANS_DIR": str(self.plans),
            "MACHIPLAN_EVALS_DIR": str(self.evals),
            **settings,
        }

    def write(self, times: int) -> str:
        """Write the town's plan, which says how many classes there are, and return its text."""
        return write_plan(self.plans / "mori.txt", TOWN, times).read_text("utf-8")

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        command = [str(self.machiplan), *map(str, arguments)]
        return subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=300, check=False
        )

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command."""
        command = [str(self.machiplan), *arguments]
        return subprocess.Popen(
            command, env=self.environment, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    @property
    def log(self) -> str:
        """What servers said on stderr."""
        return (self.folder / "log").read_text("utf-8")

    @contextmanager
    def serving(self) -> Iterator[Server]:
        """Give a server that is ready; it is killed at the end if it still runs."""
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                [str(self.machiplan), "serve"],
                env=self.environment,
                cwd=self.folder,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert process.stdout is not None
        with process.stdout:
            try:
                told = process.stdout.readline()  # printed once a question can be answered
                assert told, self.log
                headers = {"Authorization": f"Bearer {TOKEN}"}
                with httpx.Client(base_url=told.split()[0], headers=headers, timeout=60) as client:
                    yield Server(process, client)
            finally:
                process.kill()
                process.wait()


class Server:
    """A server's process, and a client of it. Several threads may use the client."""

    def __init__(self, process: subprocess.Popen[str], client: httpx.Client) -> None:
        """Take both."""
        self.process, self.client = process, client

    def open_files(self) -> int:
        """Return how many files the process has open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def memory(self) -> int:
        """Return the memory of the process's own (MiB): what is mapped of files is not counted."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("RssAnon"))
