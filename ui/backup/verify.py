"""A backup is read whole, without writing anything: every file in it must be what was written, and fit to be restored here."""

from __future__ import annotations

import hashlib
import json
import tarfile
import zlib
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from index.errors import system_reason
from ui.backup.contents import (
    ANSWERS,
    EVALS,
    FORMAT,
    INDEX,
    MANIFEST,
    MANIFESTS,
    PLANS,
    UPLOADS,
    BackupError,
    BackupUnreadableError,
    Manifest,
)

PARTS = (ANSWERS, UPLOADS, PLANS, EVALS, INDEX)
LONGEST_MANIFEST = 64 * 1024 * 1024
"""Bytes; a hundred thousand files have fifteen million."""


def verify(file: Path) -> Manifest:
    """Return what a backup holds, every member of which is what its manifest says.

    Raises:
        BackupUnreadableError: it is no backup, damaged, or has members that no backup has.
        BackupError: a newer version made it.
    """
    try:
        told, found = _read(file)
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise BackupUnreadableError(file, "壊れているか、バックアップではありません") from error
    except OSError as error:
        # gzip tells of damage by an OSError without a number.
        reason = system_reason(error)[0] if error.errno else "壊れているか、バックアップではありません"
        raise BackupUnreadableError(file, reason) from error
    manifest = _manifest(file, told)
    for name in sorted({*found, *manifest.files}):
        if name not in manifest.files:
            raise BackupUnreadableError(file, f"記録にないファイル {name} が入っています")
        if found.get(name) != manifest.files[name]:
            raise BackupUnreadableError(file, f"{name} がないか、内容が作成時と異なります")
    return manifest


def _read(file: Path) -> tuple[bytes, dict[str, str]]:
    """Return the manifest of an archive as it was written, and the digest of every other member."""
    told, found = b"", {}
    with tarfile.open(file, "r:gz") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isreg() and _is_ours(member.name) else None
            if content is None or member.name in found:
                raise BackupUnreadableError(file, f"受け付けられない名前または種類の {member.name} が入っています")
            if member.name == MANIFEST:
                told = content.read(LONGEST_MANIFEST)
            else:
                digest = hashlib.sha256()
                while piece := content.read(1 << 20):
                    digest.update(piece)
                found[member.name] = digest.hexdigest()
    return told, found


def _is_ours(name: str) -> bool:
    """Return whether a member has a name that a backup may hold: a part's file, and no way out of the part's folder."""
    path = PurePosixPath(name)
    if name != str(path) or path.is_absolute() or ".." in path.parts or "\\" in name:
        return False
    return name in (MANIFEST, ANSWERS) or (len(path.parts) > 1 and path.parts[0] in PARTS[1:])


def _manifest(file: Path, told: bytes) -> Manifest:
    if not told:
        raise BackupUnreadableError(file, f"{MANIFEST} がありません。途中で切れています")
    try:
        written = json.loads(told)
        if isinstance(written, dict) and isinstance(written.get("format"), int) and written["format"] > FORMAT:
            raise BackupError(
                f"このバックアップ({file})は、新しい版の machiplan（{written.get('version')}）で作られています。"
                "machiplan を新しくしてから、もう一度実行してください。何も変えていません。"
            )
        return MANIFESTS.validate_json(told)
    except (ValueError, ValidationError) as error:
        raise BackupUnreadableError(file, f"{MANIFEST} を読み取れません") from error
