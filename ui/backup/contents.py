"""What a backup holds: a compressed tar archive whose last member is a manifest with the digest of every file.

::

    answers.sqlite3    questions, answers and feedback, as far as their days are not over
    uploads/           plan files that were sent to the server
    plans/             the folder of plan files
    evals/             evaluation records and question sets
    index/             the current generation: what answers, also from plans whose files are elsewhere or gone
    manifest.json      format, version, time, where each part lay, the digests

The settings (``.env``) are not in it: they hold secrets, and belong to a machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter

from ui.settings import Settings

FORMAT = 1
"""Change it whenever an older version could not restore a backup."""

MANIFEST = "manifest.json"
ANSWERS, UPLOADS, PLANS, EVALS, INDEX = "answers.sqlite3", "uploads", "plans", "evals", "index"


class BackupError(RuntimeError):
    """A backup cannot be made or restored. The message is Japanese and says what to do."""


class BackupUnreadableError(BackupError):
    """A file is no backup, or not what was written."""

    def __init__(self, file: Path, reason: str) -> None:
        """Say why ``file`` cannot be restored from (Japanese, a clause)."""
        super().__init__(
            f"バックアップのファイルを使えません({file}: {reason})。何も変えていません。別のバックアップを指定してください。"
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds. ``places`` says where each part lay, ``files`` the sha256 of each member."""

    format: int
    version: str
    made: datetime
    places: dict[str, str]
    files: dict[str, str]

    def of(self, part: str) -> list[str]:
        """Return the names of the members of a part."""
        return [name for name in self.files if PurePosixPath(name).parts[0] == part]


MANIFESTS = TypeAdapter(Manifest)


def places(settings: Settings) -> dict[str, Path]:
    """Return where each part lies on this machine."""
    found = {
        ANSWERS: settings.answers_file,
        UPLOADS: settings.uploads_dir,
        PLANS: settings.plans_dir,
        EVALS: settings.evals_dir,
        INDEX: settings.index_dir,
    }
    return {part: path.resolve() for part, path in found.items()}


def files_below(folder: Path) -> list[Path]:
    """Return the files of a folder in their order; hidden ones, which nobody put there to keep, are none of them."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
