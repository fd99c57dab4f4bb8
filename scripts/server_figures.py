"""What a server's process takes of the machine, as Linux tells it in ``/proc``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

MB = 1_000_000


class Figures(NamedTuple):
    """One look at a process: resident memory in MB, processor time since its start in seconds, open files, threads."""

    rss: float
    cpu: float
    files: int
    threads: int


def look(pid: int) -> Figures:
    """Return what a process takes now.

    Raises:
        FileNotFoundError: there is no such process, or no ``/proc`` on this system.
    """
    folder = Path("/proc") / str(pid)
    # The name stands in brackets and may hold spaces; what follows it are numbers from the third field on (proc(5)).
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    user, system, threads, pages = (int(fields[number - 3]) for number in (14, 15, 20, 24))
    return Figures(
        rss=pages * os.sysconf("SC_PAGE_SIZE") / MB,
        cpu=(user + system) / os.sysconf("SC_CLK_TCK"),
        files=len(list((folder / "fd").iterdir())),
        threads=threads,
    )
