"""The recorded runs that the page shows: found by name, read once, their figures kept as long as their files stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import evals
from evals.compare import Comparison, compare
from evals.metrics import BY_NAME
from evals.report.summary import Report, summarise
from evals.run import Run, RunInfo
from evals.score import Score, score
from evals.store import INFO, RunUnreadableError, load_run, stored_runs

BASELINE = "baseline"
"""The name of the run that comes with the program."""

MOST_RUNS = 50
"""Shown in the table and the plot; older ones can still be opened by their address."""

HEADLINE = ("right", "wrong_answers", "false_refusals")


# The intervals of a report take two seconds of a core, the tests of a comparison up to ten (ten thousand draws for each metric), and
# every visitor may ask for any: one is made at a time.
_resampling = Lock()


@dataclass(frozen=True, slots=True)
class Entry:
    """A run's name (its folder's, or ``BASELINE``), where it is, and when its record was written."""

    name: str
    folder: Path
    stamp: int


@dataclass(frozen=True, slots=True)
class Headline:
    """What the table tells of a run. ``problem`` is Japanese, "" for a run that can be read; the rest is empty with one."""

    entry: Entry
    info: RunInfo | None
    scores: tuple[Score, ...]
    errors: int
    problem: str


def entries(evals_dir: Path) -> dict[str, Entry]:
    """Return the recorded runs by name, the newest first, the shipped one last."""
    found = {folder.name: folder for folder in stored_runs(evals_dir)}
    shipped = Path(evals.__file__).parent / BASELINE
    if (shipped / INFO).exists():
        found[BASELINE] = shipped
    return {name: Entry(name, folder, (folder / INFO).stat().st_mtime_ns) for name, folder in found.items()}


@lru_cache(maxsize=256)
def headline(entry: Entry) -> Headline:
    """Return what the table tells of a run."""
    try:
        run = _open(entry)
    except RunUnreadableError:
        return Headline(entry, None, (), 0, "この記録は読めません。別の版で作られたか、途中で切れています。")
    scores = tuple(score(BY_NAME[name], run.outcomes) for name in HEADLINE)
    return Headline(entry, run.info, scores, len(run.failures), "")


# A run of a thousand questions takes some megabytes: few whole ones are kept.
@lru_cache(maxsize=3)
def _open(entry: Entry) -> Run:
    return load_run(entry.folder)


@lru_cache(maxsize=3)
def report_of(entry: Entry) -> Report:
    """Return a run's report. Raises ``RunUnreadableError``."""
    with _resampling:
        return summarise(_open(entry))


@lru_cache(maxsize=16)
def comparison_of(first: Entry, second: Entry) -> Comparison:
    """Return what changed from one run to another. Raises ``RunUnreadableError`` and ``NothingSharedError``.

    What was made is kept.
    """
    with _resampling:
        return _compared(first, second)


@lru_cache(maxsize=1)
def _compared(first: Entry, second: Entry) -> Comparison:
    """Return the comparison; those who waited for the same one find it here."""
    return compare(_open(first), _open(second))
