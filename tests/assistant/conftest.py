"""What the tests of the assistant share: a short way to ask, and every development question asked once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, Question, Turn
from ingest.search_text import readable
from tests.assistant.asking import Ask, Asked, development_cases

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from ingest.document import Document


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Ask:
    """Ask the assistant over the five plans."""

    def asked(text: str, *towns: str, history: Sequence[Turn] = ()) -> Answer:
        return assistant.answer(Question(text, towns, tuple(history)))

    return asked


@pytest.fixture(scope="session")
def asked(assistant: Assistant) -> tuple[Asked, ...]:
    """Every development question with its answer."""
    return tuple(Asked(case, assistant.answer(case.question)) for case in development_cases())


@pytest.fixture(scope="session")
def plan_units(documents: tuple[Document, ...]) -> tuple[str, ...]:
    """Everything that an answer may quote from the five plans, as it reads in an answer; texts with 〈 〉 left out."""
    units = {readable(u.span.of(d.text)) for d in documents for chunk in d.chunks for u in chunk.units}
    return tuple(sorted(unit for unit in units if "〈" not in unit))
