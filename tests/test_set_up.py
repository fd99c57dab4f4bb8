"""Setting up does what is due and nothing twice, and completes exactly what torch lacks."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

from complete_torch import installed_versions, missing
from set_up import Step, digest, take, version_of

CUDA = [
    "filelock",
    "sympy>=1.13.3",
    'nvidia-cublas==13.1.0.3; platform_system == "Linux"',
    'triton==3.7.0; platform_system == "Nowhere"',
    'optree>=0.13; extra == "optree"',
]


def test_a_step_runs_once_for_a_digest(tmp_path: Path) -> None:
    """A step whose stamp agrees is skipped; a new digest, or a product that is gone, makes it due again."""
    product = tmp_path / "product"
    done: list[str] = []

    def step(key: str) -> Step:
        def make() -> None:
            done.append(key)
            product.touch()

        return Step("made", "Making it", key, make, product)

    for key in ("a", "a", "b", "b"):
        take(step(key), tmp_path / "stamps")
    assert done == ["a", "b"]
    product.unlink()
    take(step("b"), tmp_path / "stamps")
    assert done == ["a", "b", "b"]


def test_a_step_that_fails_leaves_no_stamp(tmp_path: Path) -> None:
    """A step that stopped half way is due again the next time, even where an earlier run had finished it."""

    def fail() -> None:
        raise subprocess.CalledProcessError(1, "pip")

    take(Step("made", "Making it", "a", lambda: None, tmp_path), tmp_path)
    for _ in range(2):
        try:
            take(Step("made", "Making it", "b", fail, tmp_path), tmp_path)
        except subprocess.CalledProcessError:
            continue
    assert not (tmp_path / "made").exists()


def test_a_digest_tells_every_part_apart(tmp_path: Path) -> None:
    """A changed file, a changed text and a moved border between two parts all change the digest."""
    lock = tmp_path / "lock"
    absent = digest("3.11", lock)
    lock.write_text("a==1\n")
    written = digest("3.11", lock)
    lock.write_text("a==2\n")
    assert len({absent, written, digest("3.11", lock), digest("3.12", lock), digest("3.1", "1")}) == 5


def test_a_python_that_does_not_run_has_no_version(tmp_path: Path) -> None:
    """A broken or missing interpreter counts as none, so that its environment is made again."""
    assert version_of(tmp_path / "python") == ()
    assert version_of(Path(sys.executable)) == sys.version_info[:2]


def test_what_a_cuda_torch_requires_is_completed() -> None:
    """Only requirements that apply here and that nothing installed satisfies are installed, without their markers."""
    assert missing(CUDA, {"filelock": "4.2.11", "sympy": "1.12"}) == ["sympy>=1.13.3", "nvidia-cublas==13.1.0.3"]


def test_the_installed_torch_lacks_nothing() -> None:
    """After setting up, the installed torch has all that its own metadata asks for."""
    requirements = requires("torch") or []
    assert missing(requirements, installed_versions(requirements)) == []
