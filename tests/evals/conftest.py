"""What the tests of the evaluation share: the shipped development questions, and the assistant as a subject."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evals.case import Case
from evals.in_process import InProcess
from evals.mutants import Remembered
from evals.read_cases import read_cases

if TYPE_CHECKING:
    from assistant.assistant import Assistant

QUESTIONS = Path(__file__).resolve().parents[2] / "evals" / "questions"


@pytest.fixture(scope="session")
def dev_cases() -> tuple[Case, ...]:
    """The development questions."""
    return read_cases([QUESTIONS / "dev.jsonl"])


@pytest.fixture(scope="session")
def subject(assistant: Assistant, now: datetime) -> InProcess:
    """The assistant over the five plans, as the evaluation asks it."""
    return InProcess(assistant, clock=now.isoformat(), settings={})


@pytest.fixture(scope="session")
def remembered(subject: InProcess) -> Remembered:
    """The same, asked each question once."""
    return Remembered(subject)
