"""Ingestion and evaluation by other processes: what comes out is what one process makes, whichever of them die."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from index.generation import read_pointer
from ingest.municipalities import municipalities
from tests.ui.small import write_plan

if TYPE_CHECKING:
    from index.embedder import Embedder
    from tests.ui.cli.conftest import Run, Whole

ROOT = Path(__file__).resolve().parents[3]
GUARD = ROOT / "tests" / "guard"
RAY = "local:2"
TOWNS = 24
MACHIPLAN = (sys.executable, "-c", "from ui.cli.main import main; main()", "ingest", "--ray", RAY)
MANY = 1_000_000

# Kills a process of the cluster that opens a file of certain names: so many times for each name.
DIES = """
import os, signal, sys
from pathlib import Path
import network_guard

if log := os.environ.get(network_guard.LOG_VARIABLE):
    network_guard.install(Path(log))
MARKS, NAMES, TIMES = Path(os.environ["MARKS"]), os.environ["NAMES"].split(), int(os.environ["TIMES"])

def watch(event, arguments):
    if event != "open" or "default_worker" not in " ".join(sys.argv[:1]) or not isinstance(arguments[0], (str, os.PathLike)):
        return
    path = os.fspath(arguments[0])
    for number, name in enumerate(NAMES):
        if isinstance(path, str) and name in path:
            mark = MARKS / str(number)
            dead = mark.stat().st_size if mark.exists() else 0
            if dead < TIMES:
                with mark.open("ab", buffering=0) as file:
                    file.write(b".")
                os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
"""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Losing:
    """Works in this process, and loses every item that says one of ``words``, as a cluster does whose processes die over it."""

    words: tuple[str, ...]
    at_once: int = 3
    lost: list[str] = field(default_factory=list)

    def map(
        self, function: Callable[[_Item], _Result], items: Iterable[_Item], *, lost: Callable[[_Item], _Result]
    ) -> Iterator[_Result]:
        """Yield the results."""
        for item in items:
            yield lost(item) if any(word in str(item) for word in self.words) else function(item)


def towns_of(folder: Path, count: int) -> Path:
    """Write a small plan for each of so many municipalities."""
    names = [town.name for town in municipalities()]
    alone = [town for town in municipalities() if names.count(town.name) == 1 and len(town.name) > 2]
    for number, town in enumerate(alone[:count]):
        write_plan(folder / f"town{number:02}.txt", town.name, number + 2)
    return folder


def set_aside_as(plan_id: str) -> str:
    """The name under which a document waits to be written."""
    return hashlib.sha256(plan_id.encode()).hexdigest()


@pytest.fixture
def dying(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """The environment in which processes of the cluster die when they open files of these names."""

    def environment(*names: str, times: int = 1) -> dict[str, str]:
        hooks, marks = tmp_path / "hooks", tmp_path / "marks"
        for made in (hooks, marks):
            made.mkdir(exist_ok=True)
        (hooks / "sitecustomize.py").write_text(DIES)
        path = os.pathsep.join([str(hooks), str(GUARD), os.environ.get("PYTHONPATH", "")])
        return {"PYTHONPATH": path, "MARKS": str(marks), "NAMES": " ".join(names), "TIMES": str(times)}

    return environment


def deaths(tmp_path: Path) -> int:
    """How many processes were killed."""
    return sum(mark.stat().st_size for mark in (tmp_path / "marks").iterdir())


def test_a_file_that_nobody_survives_is_refused_and_the_others_go_in(
    tmp_path: Path, embedder: Embedder, whole: Whole
) -> None:
    """By name: whether they die reading it, or writing its municipality, whose earlier plan then stays."""
    from index.index import Index
    from ui.refresh import refresh_index

    plans, index = towns_of(tmp_path / "plans", 3), tmp_path / "index"
    first = refresh_index([plans], index, embedder=embedder, workers=Losing(("town00",)))
    assert [(refusal.path.name, refusal.reason[:6]) for refusal in first.refused] == [("town00.txt", "読み取りの処")]
    assert first.built is not None
    assert first.built.added == ("town01", "town02")
    for name in ("town01", "town02"):
        path = plans / f"{name}.txt"
        path.write_text(path.read_text("utf-8").replace("12", "20").replace("回開催", "回は開催"), "utf-8")
    (plans / "town00.txt").unlink()
    again = refresh_index([plans], index, embedder=embedder, workers=Losing((set_aside_as("town02"),)))
    assert [(refusal.path.name, refusal.reason[:6]) for refusal in again.refused] == [("town02.txt", "この市町村の")]
    assert again.built is not None
    assert (again.built.changed, again.built.unwritten) == (("town01",), ("town02",))
    assert [read.plan.plan_id for read in again.read] == ["town01"]
    with Index.open(index, embedder=embedder) as opened:
        assert "回は開催" in opened.text("town01")
        assert "回は開催" not in opened.text("town02")
    last = refresh_index([plans], index, embedder=embedder)  # what was refused is read again
    assert [read.plan.plan_id for read in last.read] == ["town02"]
    assert whole(index) == (last.built.generation if last.built else "")


def test_an_index_of_which_nothing_could_be_written_stands(tmp_path: Path, embedder: Embedder) -> None:
    """Nothing is published."""
    from index.errors import IndexWriteError
    from ui.refresh import refresh_index

    plans, index = towns_of(tmp_path / "plans", 1), tmp_path / "index"
    with pytest.raises(IndexWriteError, match="やり直しても途中で止まります"):
        refresh_index([plans], index, embedder=embedder, workers=Losing((set_aside_as("town00"),)))
    assert not (index / "current").exists()


def test_without_the_extra_the_command_says_which(run: Run, tmp_path: Path) -> None:
    """In one sentence; nothing was begun."""
    (tmp_path / "ray.py").write_text("raise ImportError('ray')")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = run("ingest", "--ray", "local", ROOT / "plans", PYTHONPATH=path)
    assert done.returncode == 1
    assert "追加の bulk が必要です" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_processes_that_die_lose_nothing_and_do_nothing_twice(
    run: Run, tmp_path: Path, dying: Callable[..., dict[str, str]]
) -> None:
    """While a third of the files is read, before some towns are written and within two: the same index, digest for digest."""
    plans = towns_of(tmp_path / "plans", TOWNS)
    alone = run("ingest", "--json", "--index", "alone", plans, MACHIPLAN_EMBEDDING_MODEL="words")
    taken = [f"{set_aside_as(f'town{n:02}')}.document" for n in range(1, TOWNS, 6)]
    names = [f"plans/town{n:02}" for n in range(0, TOWNS, 3)] + taken + ["/lexical/", "/meanings/"]
    environment = dying(*names)
    done = run(
        "ingest", "--json", "--index", "many", "--ray", RAY, plans, MACHIPLAN_EMBEDDING_MODEL="words", **environment
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(alone.stdout)
    assert deaths(tmp_path) == len(names)
    assert done.stderr.count("やり直します") == len(names)
    assert read_pointer(tmp_path / "many") == read_pointer(tmp_path / "alone")
    for folder in ("generations", "shards"):
        one, other = (sorted(p.name for p in (tmp_path / of / folder).iterdir()) for of in ("alone", "many"))
        assert one == other
    assert not list((tmp_path / "many").glob("building-*"))
    sys.stderr.write(f"{TOWNS} files, {len(names)} processes killed, generation {read_pointer(tmp_path / 'many')}\n")


@pytest.mark.slow
def test_what_kills_every_process_is_refused_by_name(
    run: Run, tmp_path: Path, dying: Callable[..., dict[str, str]]
) -> None:
    """One file while it is read, one while its municipality is written; the other towns are in."""
    plans = towns_of(tmp_path / "plans", 6)
    names = ("plans/town02", set_aside_as("town04"))
    done = run(
        "ingest", "--index", "many", "--ray", RAY, plans, MACHIPLAN_EMBEDDING_MODEL="words", **dying(*names, times=MANY)
    )
    assert done.returncode == 1
    assert "town02.txt: 読み取りの処理が" in done.stderr
    assert "town04.txt: この市町村の索引を作る処理が" in done.stderr
    assert "追加: 4件（town00、town01、town03、town05）" in done.stdout


@pytest.mark.slow
def test_vectors_do_not_depend_on_who_computed_them(run: Run, tmp_path: Path) -> None:
    """With the default embedder: words and vectors are the same bytes, whoever wrote them on however many threads."""
    plans = towns_of(tmp_path / "plans", 4)
    seals = []
    for name, more in (("alone", ()), ("many", ("--ray", RAY))):
        assert run("ingest", "--index", name, *more, plans).returncode == 0
        shards = sorted((tmp_path / name / "shards").iterdir())
        files = [json.loads((shard / "shard.json").read_text("utf-8"))["files"] for shard in shards]
        # Chroma writes times and random ids into its own.
        seals.append([{n: d for n, d in of.items() if not n.startswith("chroma")} for of in files])
    assert seals[0] == seals[1]


@pytest.mark.slow
def test_an_evaluation_has_the_same_results(run: Run, tmp_path: Path, dying: Callable[..., dict[str, str]]) -> None:
    """Answers, verdicts and their order are those of one process, though one of the others dies at its first question."""
    lines = (ROOT / "evals" / "questions" / "dev.jsonl").read_text("utf-8").splitlines()[:60:3]
    (tmp_path / "few.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    given = ("eval", "run", "--set", "few.jsonl", "--clock", "2026-06-01T09:00")
    assert run(*given, "--record", "alone").returncode == 0
    done = run(*given, "--record", "many", "--ray", RAY, **dying("chunks.jsonl"))
    assert done.returncode == 0, done.stderr
    assert deaths(tmp_path) == 1
    infos, cases = [], []
    for name in ("alone", "many"):
        info = json.loads((tmp_path / name / "run.json").read_text("utf-8"))
        infos.append({key: info[key] for key in ("results", "sets", "subject", "revision", "seed")})
        outcomes = (tmp_path / name / "outcomes.jsonl").read_text("utf-8").splitlines()
        cases.append([json.loads(line)["case"]["id"] for line in outcomes])
    assert infos[0] == infos[1]
    assert cases[0] == cases[1] == [json.loads(line)["id"] for line in lines]


@contextmanager
def ingesting(plans: Path, index: Path) -> Iterator[subprocess.Popen[str]]:
    """Start to ingest a folder, in a process group of its own, and go on once municipalities are written."""
    command = [*MACHIPLAN, "--index", str(index), str(plans)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=ROOT) as process:
        try:
            end = time.monotonic() + 120
            while not any(index.glob("building-*/shard-*")):
                assert process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.1)
            yield process
        finally:
            process.kill()


def of_cluster(process: subprocess.Popen[str], name: str) -> list[int]:
    """The ids of the processes of this name that a command started."""
    command = ["ps", "-ww", "-o", "pid=", "-o", "args=", "--ppid", str(process.pid)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [int(line.split()[0]) for line in listed if line.split()[1].endswith(name)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["/gcs_server", "/raylet"])
def test_a_cluster_that_is_gone_ends_the_run_with_one_sentence(
    tmp_path: Path, embedder: Embedder, whole: Whole, name: str
) -> None:
    """The index is as it was."""
    from ui.refresh import refresh_index

    plans, index = towns_of(tmp_path / "plans", TOWNS), tmp_path / "index"
    refresh_index([plans / "town00.txt"], index, embedder=embedder)
    before = whole(index)
    with ingesting(plans, index) as process:
        (found,) = of_cluster(process, name)
        os.kill(found, signal.SIGKILL)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Ray のクラスターとの接続が切れました" in said
    assert "Traceback" not in said
    assert whole(index) == before


@pytest.mark.slow
@pytest.mark.usefixtures("heeds_interrupts")
@pytest.mark.parametrize("after", [0, 2, 4])
def test_ctrl_c_ends_it_all(tmp_path: Path, after: int) -> None:
    """At once, with the processes of the cluster, also seconds later when others are done; nothing was published."""
    index = tmp_path / "index"
    with ingesting(towns_of(tmp_path / "plans", TOWNS), index) as process:
        children = of_cluster(process, "")
        assert children
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, "中断しました" in said) == (130, True), said
    assert not (index / "current").exists()
    time.sleep(1)
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


@pytest.mark.slow
def test_a_cluster_works_where_no_network_exists(tmp_path: Path) -> None:
    """In a network namespace with nothing but loopback, where native code finds no way out either."""
    alone = ["unshare", "--map-root-user", "--net"]
    if sys.platform != "linux" or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("network namespaces are not allowed here; in a container: --cap-add SYS_ADMIN")
    plans = towns_of(tmp_path / "plans", 2)
    command = [*MACHIPLAN, "--index", str(tmp_path / "index"), str(plans)]
    done = subprocess.run(
        [*alone, sys.executable, str(GUARD / "without_network.py"), *command],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
