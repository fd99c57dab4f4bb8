"""The question sets that can be run: the shipped one, those that were sent, and the cases made of feedback."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import evals
from evals.case import CASES, Case
from evals.corpus import Corpus
from evals.lint import lint
from evals.problems import Problem
from evals.read_cases import read_case_file
from ui.intake.names import FileRefusedError, safe_name

KINDS = (".jsonl", ".csv")
FOLDER = "questions"
"""Inside the folder of the evaluations."""

FEEDBACK = "feedback"
"""The set that cases made of feedback are added to."""

SHIPPED = Path(evals.__file__).parent / "questions"
OPEN = "dev"
"""The shipped set that may be looked at question by question."""

LARGEST_SET = 5 * 1024 * 1024
"""Bytes; 784 questions with their evidence have 600,000."""


class CaseFaultsError(ValueError):
    """A case cannot be kept. ``messages`` are Japanese, each about one field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        # Faults name the file where it lay while it was checked; whoever sent the case does not know that place.
        self.messages = tuple(problem.message.replace(f"{problem.file.parent}/", "") for problem in problems)
        super().__init__("\n".join(self.messages))


def known_sets(evals_dir: Path) -> dict[str, Path]:
    """Return the sets that can be run, by name: the shipped one first."""
    sent = sorted(path for path in (evals_dir / FOLDER).glob("*") if path.suffix in KINDS)
    return {OPEN: SHIPPED / f"{OPEN}.jsonl"} | {path.stem: path for path in sent}


def keep_set(given_name: str, content: bytes, evals_dir: Path, corpus: Corpus) -> tuple[str, int, list[Problem]]:
    """Keep a question set that was sent; return its name, how many cases it has, and its faults. With a fault nothing is kept.

    Raises:
        FileRefusedError: it is no question set by its name, is too large, or its name is taken.
    """
    name = safe_name(given_name, KINDS)
    stem = Path(name).stem
    if len(content) > LARGEST_SET:
        raise FileRefusedError(f"質問セットが大きすぎます。{LARGEST_SET // 1024**2} MB までに分けてください。")
    folder = evals_dir / FOLDER
    with _alone(folder), TemporaryDirectory(prefix=".incoming-", dir=folder) as aside:
        if stem in {*known_sets(evals_dir), FEEDBACK, *(path.stem for path in SHIPPED.glob("*"))}:
            raise FileRefusedError(
                f"「{stem}」という名前の質問セットはすでにあります。ファイルの名前を変えてください。"
            )
        path = Path(aside) / name
        path.write_bytes(content)
        if problems := _every_fault(path, corpus):
            return stem, 0, problems
        cases = len(read_case_file(path).cases)
        path.replace(folder / name)
    return stem, cases, []


def _every_fault(path: Path, corpus: Corpus) -> list[Problem]:
    """Return the faults of a set. Where lines are no cases at all, the others are checked against the plans nevertheless."""
    problems = lint([path], corpus)
    if not problems or path.suffix != ".jsonl":  # a row of a CSV file may have several lines
        return problems
    faulty = {problem.line for problem in problems}
    lines = path.read_bytes().split(b"\n")
    rest = [b"" if number in faulty else line for number, line in enumerate(lines, 1)]
    if any(line.strip() for line in rest):
        path.write_bytes(b"\n".join(rest))
        problems += lint([path], corpus)
    return sorted(problems, key=lambda problem: problem.line)


def add_case(case: Case, evals_dir: Path, corpus: Corpus) -> Path:
    """Add a case at the end of the set of feedback and return the set's file.

    Raises:
        CaseFaultsError: it does not fit the plans, or its question stands in the set already; nothing is changed.
    """
    path = evals_dir / FOLDER / f"{FEEDBACK}.jsonl"
    with _alone(path.parent), TemporaryDirectory(prefix=".incoming-", dir=path.parent) as aside:
        before = path.read_bytes() if path.exists() else b""
        new = Path(aside) / path.name
        new.write_bytes(before + CASES.dump_json(case, exclude_defaults=True, ensure_ascii=False) + b"\n")
        line = len((before + b"x").splitlines())
        if problems := [problem for problem in lint([new], corpus) if problem.line == line]:
            raise CaseFaultsError(problems)
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(path)
    return path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Make the folder of the sets, and let nobody else, here or in another process, change them meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # falls with the file, however that ends
        yield


def new_id() -> str:
    """Return an id for a case made of feedback."""
    return f"fb-{token_hex(4)}"
