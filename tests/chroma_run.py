"""A Chroma server of the tests' own: ``chroma run``, started, stopped and killed."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx


@dataclass
class ChromaRun:
    """A ``chroma run`` of the tests' own, over a folder."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(self.folder)]
        command += ["--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                if httpx.get(f"{self.url}/api/v2/heartbeat", timeout=1).is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise TimeoutError("chroma run does not answer")

    def stop(self, *, kill: bool = False) -> None:
        """Stop it, politely or not."""
        if self.process:
            (self.process.kill if kill else self.process.terminate)()
            self.process.wait(30)
            self.process = None

    def collections(self) -> dict[str, str]:
        """Return the ids of all collections by their names."""
        return {found["name"]: found["id"] for found in httpx.get(self._collections).json()}

    def add(self, collection: str, ids: list[str], vectors: list[list[float]]) -> None:
        """Add vectors to a collection, as anybody can who reaches the server."""
        body = {"ids": ids, "embeddings": vectors}
        httpx.post(f"{self._collections}/{collection}/add", json=body).raise_for_status()

    @property
    def _collections(self) -> str:
        return f"{self.url}/api/v2/tenants/default_tenant/databases/default_database/collections"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
