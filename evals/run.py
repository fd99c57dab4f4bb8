"""A run: every question of the sets put to a subject, each answer judged, and all that is needed to do it again."""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial

from evals.case import Case
from evals.outcome import Failure, Outcome
from evals.ranking import DEPTH, rank
from evals.score import SEED
from evals.subject import AskingFailedError, Identity, Subject
from evals.verdict import judge
from ingest.workers import ONE_PROCESS, Workers


@dataclass(frozen=True, slots=True)
class SetInfo:
    """A question set of a run: its name, the digest of its cases and how many they are."""

    name: str
    digest: str
    cases: int

    @property
    def sealed(self) -> bool:
        """Whether the set is blind: its totals may be shown, never a single question. Its name says so: ``test``."""
        return is_sealed(self.name)


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What was run, when, on what. ``results`` is a digest of every answer and verdict, times and random ids apart.

    Two runs of the same questions over the same subject have the same ``results``. ``revision`` is the git revision of the
    code, with "+" behind it when files had been changed, or "".
    """

    run_id: str
    started: str
    seconds: float
    sets: tuple[SetInfo, ...]
    subject: Identity
    revision: str
    python: str
    machine: str
    seed: int
    results: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run and its outcomes in the order of the questions; failures apart."""

    info: RunInfo
    outcomes: tuple[Outcome, ...]
    failures: tuple[Failure, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Named cases."""

    name: str
    cases: tuple[Case, ...]


def run_sets(
    sets: Sequence[QuestionSet],
    subject: Subject,
    *,
    started: str,
    revision: str,
    workers: Workers = ONE_PROCESS,
    on_done: Callable[[], None] = lambda: None,
) -> Run:
    """Put every question to ``subject`` and return the run.

    ``started`` is the ISO time that the run's id is made of; ``workers`` ask the questions (latencies are those of a loaded
    subject where it is more than one at once); ``on_done`` is called for each question in their order.

    Raises:
        WorkersError: the workers are gone, or answer from something else than ``subject``.
    """
    began = time.perf_counter()
    cases = [(case, question_set.name) for question_set in sets for case in question_set.cases]
    subject.corpus  # noqa: B018  # read before the clock of the first question starts
    results: list[Outcome | Failure] = []
    for result in workers.map(partial(_ask, subject), cases, lost=_unanswered):
        results.append(result)
        on_done()
    outcomes = tuple(result for result in results if isinstance(result, Outcome))
    info = RunInfo(
        run_id=_run_id(started, sets),
        started=started,
        seconds=round(time.perf_counter() - began, 3),
        sets=tuple(SetInfo(s.name, _digest(case.digest for case in s.cases), len(s.cases)) for s in sets),
        subject=subject.identity,
        revision=revision,
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}",
        seed=SEED,
        results=_results(results),
    )
    return Run(info, outcomes, tuple(result for result in results if isinstance(result, Failure)))


def is_sealed(name: str) -> bool:
    """Return whether a question set of this name is blind.

    >>> is_sealed("test"), is_sealed("test-2027"), is_sealed("dev")
    (True, True, False)
    """
    return name.split("-", maxsplit=1)[0] == "test"


def _ask(subject: Subject, asked: tuple[Case, str]) -> Outcome | Failure:
    case, set_name = asked
    began = time.perf_counter()
    try:
        answer = subject.answer(case.asked)
        seconds = time.perf_counter() - began
        found = subject.search(case.asked, DEPTH) if case.evidence else []
    except AskingFailedError as error:
        return Failure(case, str(error), round(time.perf_counter() - began, 4), set_name)
    ranking = rank(case, found, subject.corpus) if case.evidence else None
    return Outcome(case, answer, judge(case, answer, subject.corpus), ranking, round(seconds, 4), set_name)


def _unanswered(asked: tuple[Case, str]) -> Outcome | Failure:
    case, set_name = asked
    return Failure(case, "回答する処理が、やり直しても途中で止まりました。", 0.0, set_name)


def _results(results: Iterable[Outcome | Failure]) -> str:
    lines = []
    for result in results:
        record = asdict(result)
        record.pop("seconds")
        record.pop("set_name")
        if isinstance(result, Outcome):
            record["answer"] = {k: v for k, v in record["answer"].items() if k not in ("id", "seconds")}
        lines.append(json.dumps(record, ensure_ascii=False, sort_keys=True, default=str))
    return _digest(lines)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _run_id(started: str, sets: Sequence[QuestionSet]) -> str:
    """Return a run's name: when it began and what it asked, such as ``20260601-090000-dev``."""
    moment = "".join(c for c in started[:19] if c.isdigit())
    name = "+".join(question_set.name for question_set in sets)[:60]
    return f"{moment[:8]}-{moment[8:]}-{name}"
