"""The one door to Ray: processes of this machine, or of several, do the work that one process would do alone.

A process that dies is replaced, and what it was at is begun again. Nothing is reported to Ray's makers, and a cluster that is
started here listens to this machine alone, asks for a key that nobody else has, and leaves no file behind.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from ingest.read_folder import READ_WITH
from ingest.workers import WorkersError

if TYPE_CHECKING:
    from ray import ObjectRef

_LOCAL = re.compile(r"local(?::([1-9]\d{0,3}))?")  # and so many processes
_PLACE = re.compile(r"(?:ray://)?\[?(.+?)\]?:(\d+)")

TRIES = 4  # processes that may die over one item
AHEAD = 8  # items begun for each process before the first one's result is taken: a long one holds nobody up
OBJECTS = 100 << 20  # bytes of results that wait; Ray would reserve a third of the memory

# How long Ray's own processes may be out of reach. Without its head, Ray ends this process after 60 seconds.
CHECK_EVERY = 5.0  # seconds
CHECKS = 4

# A socket's path may have 107 bytes, and Ray's own part of it has some 70.
_SHORT_FOLDER = "/tmp"

_ROOMS = ("ingest", "index", "assistant", "evals", "ui")

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@contextmanager
def ray_workers(address: str, *, on_death: Callable[[], None] = lambda: None) -> Iterator[RayWorkers]:
    """Give the processes of a Ray cluster, one for each of its processors, and let go of them at the end.

    ``address`` is ``"local"`` for a cluster that lives as long as the block (``"local:4"`` has four processes),
    ``"auto"`` for the one that runs on this machine, else where one is (``host:6379``, ``ray://host:10001``).
    ``on_death`` is called whenever a process died and what it was at is begun again.

    Raises:
        WorkersError: Ray is not installed, or there is no cluster.
    """
    _require_possible(address)
    # Ray tells on the standard output which process died; that is the place of results.
    with redirect_stdout(io.StringIO()), TemporaryDirectory(prefix="machiplan-ray-", dir=_SHORT_FOLDER) as folder:
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        own: dict[str, Any] = {}
        if local := _LOCAL.fullmatch(address):
            own = _own_cluster(int(local[1] or os.cpu_count() or 1), folder)
        ray = _imported()
        if own:
            _without_dashboard()
        try:
            ray.init("local" if own else address, log_to_driver=False, logging_level="critical", **own)
        except (ray.exceptions.RayError, OSError, RuntimeError, ValueError) as error:
            raise WorkersError(_NO_CLUSTER.format(address, error)) from error
        try:
            yield RayWorkers(int(ray.cluster_resources().get("CPU", 1)), on_death, _essential(address))
        finally:
            ray.shutdown()


@dataclass(frozen=True)
class RayWorkers:
    """The processes of the cluster that this process is connected to. ``essential`` is where Ray's own processes listen."""

    at_once: int
    on_death: Callable[[], None]
    essential: tuple[tuple[str, int], ...]

    def map(
        self, function: Callable[[_Item], _Result], items: Iterable[_Item], *, lost: Callable[[_Item], _Result]
    ) -> Iterator[_Result]:
        """Yield the results (see ``ingest.workers``)."""
        ray = _imported()
        self._require_cluster()
        # Begun again here and not by Ray, which does so without end where memory was the reason.
        run = ray.remote(num_cpus=1, max_retries=0)(_run)
        code, left = _code(), iter(items)
        begun: deque[tuple[_Item, ObjectRef[Any]]] = deque()

        def begin(item: _Item) -> ObjectRef[Any]:
            reference: ObjectRef[Any] = run.remote(code, function, item)
            return reference

        # What was begun is not cancelled when the work is broken off: an answer that comes just then ends this process from
        # within Ray ("Tried to complete task that was not pending", Ray 2.60). The cluster drops it when this process lets go.
        while True:
            begun.extend((item, begin(item)) for item in islice(left, AHEAD * self.at_once - len(begun)))
            if not begun:
                return
            result = self._result(*begun[0], begin, lost)
            begun.popleft()
            yield result

    def _result(
        self,
        item: _Item,
        reference: ObjectRef[Any],
        begin: Callable[[_Item], ObjectRef[Any]],
        lost: Callable[[_Item], _Result],
    ) -> _Result:
        from ray import exceptions as told

        died = (told.WorkerCrashedError, told.OutOfMemoryError, told.NodeDiedError, told.ObjectLostError)
        for left in reversed(range(TRIES)):
            try:
                result: _Result = self._awaited(reference)
                return result
            except told.RayTaskError as error:
                raise error.cause from error
            except died:
                self._require_cluster()
                self.on_death()
                if left:
                    reference = begin(item)
            except (told.RayError, ConnectionError) as error:
                raise WorkersError(_GONE.format(error)) from error
        return lost(item)

    def _awaited(self, reference: ObjectRef[Any]) -> Any:
        ray = _imported()
        while not ray.wait([reference], timeout=CHECK_EVERY)[0]:
            self._require_cluster()
        return ray.get(reference)

    def _require_cluster(self) -> None:
        """Raise ``WorkersError`` where Ray's own processes are gone: it would end this one without a word of ours."""
        for _ in range(CHECKS):
            if all(map(_listens, self.essential)):
                return
            time.sleep(CHECK_EVERY)
        raise WorkersError(_GONE.format("Ray の処理が応答しません"))


_NO_CLUSTER = (
    "Ray のクラスター（{}）に接続できません（{}）。アドレスと、クラスターが動いているかを確かめてください。"
    "local なら、この計算機だけで実行します。"
)
_GONE = (
    "Ray のクラスターとの接続が切れました（{}）。クラスターが動いているかを確かめてから、もう一度実行してください。"
    "これまでの索引は、そのまま検索と回答に使えます。"
)


def _imported() -> Any:
    try:
        import ray
    except ImportError as error:
        raise WorkersError(
            "--ray を使うには、追加の bulk が必要です（.venv/bin/pip install -c requirements.lock -e '.[bulk]'）。"
            "付けなければ、1つの処理で実行します。"
        ) from error
    return ray


def _require_possible(address: str) -> None:
    """Raise ``WorkersError`` where nobody listens: Ray would try for minutes, and then end this process."""
    if _LOCAL.fullmatch(address) or address == "auto":
        return
    place = _PLACE.fullmatch(address)
    if place is None or address.startswith("local:"):
        raise WorkersError(
            f"--ray の値「{address}」を読めません。local・local:4・auto・host:6379 のように指定してください。"
        )
    if not _listens((place[1], int(place[2]))):
        raise WorkersError(_NO_CLUSTER.format(address, "応答がありません"))


def _own_cluster(processes: int, folder: str) -> dict[str, Any]:
    """Return how a cluster of this machine alone is started, and set what Ray reads from the environment."""
    # Off, the network is neither asked which address this machine has nor listened to, whatever the system.
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    return {"num_cpus": processes, "include_dashboard": False, "object_store_memory": OBJECTS, "_temp_dir": folder}


def _without_dashboard() -> None:
    """Keep Ray from starting its dashboard's process, which asks cloud providers where it runs, whatever is switched off."""
    from ray._private import services

    services.start_api_server = lambda *_, **__: (None, None)


def _essential(address: str) -> tuple[tuple[str, int], ...]:
    """Return where the cluster's control process and this machine's own listen; Ray's client looks after itself."""
    if "://" in address:
        return ()
    ray = _imported()
    here = ray.get_runtime_context()
    host, _, port = here.gcs_address.rpartition(":")
    nodes = (node for node in ray.nodes() if node["NodeID"] == here.get_node_id())
    return (host.strip("[]"), int(port)), *((node["NodeManagerAddress"], node["NodeManagerPort"]) for node in nodes)


def _listens(address: tuple[str, int]) -> bool:
    try:
        socket.create_connection(address, timeout=CHECK_EVERY).close()
    except OSError:
        return False
    return True


def _run(code: str, function: Callable[[_Item], _Result], item: _Item) -> _Result:
    """Return what a function gives, in a process of the cluster."""
    if code != _code():
        raise WorkersError(
            f"計算機 {socket.gethostname()} の machiplan が、こちらと同じ版ではありません。"
            "すべての計算機に同じ版をインストールしてください。"
        )
    return function(item)


@cache
def _code() -> str:
    """Return a digest of what has to be the same on every machine: this program's code, and the libraries that read files."""
    digest = hashlib.sha256("".join(version(name) for name in READ_WITH).encode())
    root = Path(__file__).resolve().parent.parent
    for path in sorted(path for room in _ROOMS for path in (root / room).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
