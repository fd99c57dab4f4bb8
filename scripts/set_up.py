"""Sets up ``.venv``: the pinned packages, the project itself and the models; does only what has changed.

Runs on a bare Python, so it uses the standard library alone. Every step leaves a stamp in ``.venv/stamps`` that holds
the digest of what it depends on; a step whose stamp still agrees is skipped.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMPS = VENV / "stamps"
WORD_VECTORS = ROOT / "index" / "word_vectors"
SENTENCE_MODEL = ROOT / "index" / "sentence_model"
OLDEST = (3, 11)


class Step(NamedTuple):
    """One step of the set-up: what it says while it runs, the digest that decides whether it is due, and the work.

    ``product`` is a path that must exist for the step to count as done.
    """

    name: str
    says: str
    digest: str
    work: Callable[[], None]
    product: Path = VENV


def main() -> int:
    """Run the steps that are due; return the exit code."""
    parser = argparse.ArgumentParser(description="Set up .venv for machiplan; seconds when nothing has changed.")
    parser.add_argument("--dev", action="store_true", help="install what the checks and the tests need as well")
    dev: bool = parser.parse_args().dev
    if not has_venv() and not make_venv():
        return 1
    try:
        for step in steps(dev):
            take(step, STAMPS)
    except subprocess.CalledProcessError as error:
        print(f"The set-up stopped: this command failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    return 0


def steps(dev: bool) -> list[Step]:
    """Return the steps in order. A later step's digest holds what the earlier ones installed."""
    runtime = digest(f"python {version_of(PYTHON)}", ROOT / "requirements.lock")
    torch = digest(runtime, ROOT / "scripts" / "complete_torch.py")
    development = digest(runtime, ROOT / "requirements-dev.lock")
    rooms = " ".join(sorted(path.parent.name for path in ROOT.glob("*/__init__.py")))
    project = digest(torch, str(ROOT), rooms, ROOT / "pyproject.toml")
    vectors = digest(runtime, ROOT / "index" / "make_word_vectors.py")
    index = ROOT / "index"
    model = digest(
        runtime, *(index / name for name in ("make_sentence_model.py", "sentence_tuning.py", "sentence_tuning.npz"))
    )
    found = [
        Step("runtime", "Installing requirements.lock", runtime, lambda: install_lock("requirements.lock")),
        Step("torch", "Completing what torch requires", torch, lambda: run("scripts/complete_torch.py")),
    ]
    if dev:
        lock = "requirements-dev.lock"
        found.append(Step("development", f"Installing {lock}", development, lambda: install_lock(lock)))
    return [
        *found,
        Step("project", "Installing machiplan itself and checking the packages", project, install_project),
        Step("vectors", "Making the word vectors", vectors, lambda: run("-m", "index.make_word_vectors"), WORD_VECTORS),
        Step(
            "model", "Making the sentence model", model, lambda: run("-m", "index.make_sentence_model"), SENTENCE_MODEL
        ),
    ]


def take(step: Step, stamps: Path) -> None:
    """Do the step unless its stamp says that it is done."""
    stamp = stamps / step.name
    if stamp.is_file() and stamp.read_text() == step.digest and step.product.exists():
        return
    print(f"{step.says} ...", flush=True)
    stamp.unlink(missing_ok=True)
    step.work()
    stamps.mkdir(exist_ok=True)
    stamp.write_text(step.digest)


def has_venv() -> bool:
    """Return whether ``.venv`` is there and its Python runs and is new enough."""
    return version_of(PYTHON) >= OLDEST


def make_venv() -> bool:
    """Make ``.venv``, over a broken one if need be; return False, and say why, where this Python is too old for it."""
    running = sys.version.split()[0]
    if sys.version_info < OLDEST:
        print(
            f"machiplan needs Python 3.11 or newer, and {sys.executable} is {running}. "
            "Name a newer one, for example: make setup PYTHON=python3.12",
            file=sys.stderr,
        )
        return False
    print(f"Making .venv with Python {running} ...", flush=True)
    venv.create(VENV, clear=True, with_pip=True)
    return True


def version_of(python: Path) -> tuple[int, ...]:
    """Return a Python's version, such as ``(3, 11)``, or ``()`` where it does not run."""
    code = "import sys; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(map(int, done.stdout.split()))


def digest(*parts: str | Path) -> str:
    """Return one SHA-256 over texts and the bytes of files; a file that is not there counts as empty."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part.read_bytes() if part.is_file() else b""
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def install_lock(lock: str) -> None:
    """Install a lock as it stands. ``--no-deps``: the lock is whole, and resolving it again takes many minutes."""
    pip("install", "-qq", "--no-deps", "-r", lock)


def install_project() -> None:
    """Install the project editable, then check that every installed package has what it requires."""
    pip("install", "-qq", "--no-deps", "--no-build-isolation", "-e", ".")
    pip("check")


def pip(*arguments: str) -> None:
    """Run the environment's pip."""
    run("-m", "pip", "--disable-pip-version-check", *arguments)


def run(*arguments: str) -> None:
    """Run the environment's Python in the project's folder."""
    subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
