"""The name under which a file that was sent is kept: never a path, never hidden, never of a kind that is not read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

PLAN_KINDS = (".txt", ".md", ".html", ".docx", ".pdf")
"""Endings of files that plans are read from."""

LONGEST_STEM = 150
"""Bytes; with its ending a name stays far below the 255 that file systems take."""

_SEPARATORS = re.compile(r"[/\\]")
_RESERVED = re.compile(r'[<>:"|?*]')  # not allowed, or with a meaning, where the folder is shared with other systems
_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # controls, bidirectional marks, no characters
_BLANKS = re.compile(r"\s+")


class FileRefusedError(ValueError):
    """A file that was sent cannot be kept. The message is Japanese and says what to do."""


def safe_name(given: str, kinds: Collection[str] = PLAN_KINDS) -> str:
    """Return the name to keep a file under: the last part of ``given``, of visible letters, with its ending in small ones.

    Raises:
        FileRefusedError: the ending is not one of ``kinds``.

    >>> safe_name("../../etc/平生町　計画.PDF"), safe_name("C:\\\\plans\\\\.hidden.txt"), safe_name("/etc/passwd\\0.txt")
    ('平生町 計画.pdf', 'hidden.txt', 'passwd.txt')
    """
    last = _SEPARATORS.split(given)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if c.isspace() or _visible(c))
    name = _RESERVED.sub("_", _BLANKS.sub(" ", shown)).strip(" .")
    ending = PurePosixPath(name).suffix.lower()
    if ending not in kinds:
        raise FileRefusedError(f"この形式は読めません。{'・'.join(kinds)} のファイルを選んでください。")
    stem = name[: -len(ending)].rstrip(" .")
    return (_cut(stem) or "plan") + ending


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in _NOT_SHOWN


def _cut(stem: str) -> str:
    """Return as much of a name as fits, cut between characters."""
    return stem.encode()[:LONGEST_STEM].decode(errors="ignore")
