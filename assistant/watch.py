"""What may look on while a question is answered: how long each stage takes, and what becomes of a chat model's words."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """A stage of answering. ``WHOLE`` holds the others, ``LOOK_UP`` holds ``RETRIEVE``; the rest follow one another."""

    WHOLE = "whole"
    UNDERSTAND = "understand"
    LOOK_UP = "look_up"  # searching, weighing what was found, and deciding whether it answers
    RETRIEVE = "retrieve"  # one search of the index
    SAY = "say"  # composing, citing, suggesting
    CHAT_MODEL = "chat_model"  # waiting for its reply
    GUARD = "guard"  # holding the reply against the quotes


class Rephrased(StrEnum):
    """What became of a chat model's words."""

    USED = "used"
    UNPROVEN = "unproven"  # no sentence of it was proven by the quotes
    FAILED = "failed"  # it gave no reply, or none in time


class Watch(Protocol):
    """Is told of every question. It must be safe for threads and must not raise."""

    def stage(self, stage: Stage) -> AbstractContextManager[object]:
        """Return a context that is entered when a stage begins and left when it ends, also by an exception."""
        ...

    def rephrased(self, outcome: Rephrased) -> None:
        """Take in what became of a chat model's words."""
        ...


class Unwatched:
    """Looks away."""

    def stage(self, stage: Stage) -> AbstractContextManager[object]:
        """Return a context in which nothing happens."""
        return nullcontext()

    def rephrased(self, outcome: Rephrased) -> None:
        """Do nothing."""


UNWATCHED = Unwatched()
