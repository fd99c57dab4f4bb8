"""Every command that the READMEs show works in a fresh clone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The tests themselves would run this test again; a clone and its folder are what the test makes.
LEFT_OUT = re.compile(r"^(make (test|test-all|check)\b|git clone\b|cd \S+$|#|$)")
EXTRA = re.compile(r"`(\.venv/bin/pip install [^`]+)`")
PORT = "7860"
SERVES = "make run"


def commands(readme: str) -> list[str]:
    """Return the commands of a README's ``sh`` blocks in order, a line continued with a backslash as one command.

    >>> commands("a\\n```sh\\nmake run  # starts\\nls \\\\\\n  -l\\n```\\n```sh no-run\\nreboot\\n```\\n")
    ['make run  # starts', 'ls \\\\\\n  -l']
    """
    lines = [line for block in BLOCK.findall(readme) for line in re.split(r"(?<!\\)\n", block)]
    return [line for line in lines if not LEFT_OUT.match(line)]


def copy_to(folder: Path) -> None:
    """Make the folder what a clone of the present state would be: every file that git has or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def lend_packages(folder: Path) -> None:
    """Give the clone an environment that finds the installed packages here, and the word vectors, to save downloads."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / ".venv")], check=True)
    (there,) = (folder / ".venv").glob("lib/python*/site-packages")
    (there / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    for model in ("word_vectors", "sentence_model"):
        shutil.copytree(ROOT / "index" / model, folder / "index" / model)


@contextmanager
def serving(command: str, folder: Path, environment: dict[str, str], within: int) -> Iterator[None]:
    """Run a command that serves until the block ends; enter the block once it has printed its address."""
    log = folder / "var" / "serving.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            ["bash", "-c", command], cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        end = time.monotonic() + within
        while f"http://127.0.0.1:{environment['PORT']}" not in log.read_text(encoding="utf-8"):
            assert process.poll() is None, f"{command} ended with {process.returncode}:\n{log.read_text()}"
            assert time.monotonic() < end, f"{command} printed no address in {within} seconds:\n{log.read_text()}"
            time.sleep(0.5)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def run_readme(readme: Path, folder: Path, environment: dict[str, str], within: int) -> None:
    """Run every command of a README in its order; what ``make run`` serves stays up for the commands after it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
    environment = {**environment, "PORT": port, "PYTHON": sys.executable}
    found = [command.replace(PORT, port) for command in commands(readme.read_text(encoding="utf-8"))]
    serves = next((i for i, command in enumerate(found) if command.startswith(SERVES)), None)
    assert serves is not None, f"{readme.name} shows no `{SERVES}`"

    def run(command: str) -> None:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=folder, env=environment, capture_output=True, text=True, timeout=within, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    for command in found[:serves]:
        run(command)
    with serving(found[serves], folder, environment, within):
        for command in found[serves + 1 :]:
            run(command)


@pytest.mark.slow
def test_the_commands_of_the_readmes_work_in_a_fresh_clone(tmp_path: Path) -> None:
    """The commands, the same in both, succeed in a fresh clone, with nothing but what git holds and packages installed before."""
    copy_to(tmp_path)
    lend_packages(tmp_path)
    run_readme(ROOT / "README.md", tmp_path, dict(os.environ), within=180)


@pytest.mark.slow
def test_the_commands_of_the_readmes_work_from_nothing(tmp_path: Path) -> None:
    """The same with nothing lent: every package comes from the registry, the one place that setting up reaches.

    An extra, added by the README's command, leaves the installation what it was: with its models and its index.
    """
    copy_to(tmp_path)
    guard = ("NETWORK_GUARD_LOG", "PYTHONPATH", "VIRTUAL_ENV")
    environment = {k: v for k, v in os.environ.items() if k not in guard}
    readme = ROOT / "README.md"
    run_readme(readme, tmp_path, environment, within=1500)
    (extra,) = EXTRA.findall(readme.read_text(encoding="utf-8"))
    asked = ".venv/bin/machiplan ask 計画の期間はいつまでですか？"
    for command in (extra, asked):
        subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment, check=True, timeout=600)


def test_both_readmes_show_the_same_commands() -> None:
    """The English and the Japanese README show the same commands, but for what is asked in them."""
    english, japanese = (commands((ROOT / name).read_text(encoding="utf-8")) for name in ("README.md", "README.ja.md"))
    assert [line.split()[:2] for line in english] == [line.split()[:2] for line in japanese]
