"""What every route is given: the open assistant, the kept answers, and the certainty that a body was sent as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request
from starlette.exceptions import HTTPException

from assistant.assistant import Assistant
from ui.api.desk import Desk
from ui.evaluations.runner import Runner
from ui.feedback_store import FeedbackStore
from ui.intake.intake import Intake
from ui.store import AnswerStore


def _desk(request: Request) -> Desk:
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def _store(request: Request) -> AnswerStore:
    store = request.app.state.store
    assert isinstance(store, AnswerStore)
    return store


def _feedback(request: Request) -> FeedbackStore:
    feedback = request.app.state.feedback
    assert isinstance(feedback, FeedbackStore)
    return feedback


def _intake(request: Request) -> Intake:
    intake = request.app.state.intake
    assert isinstance(intake, Intake)
    return intake


def _runner(request: Request) -> Runner:
    runner = request.app.state.runner
    assert isinstance(runner, Runner)
    return runner


def _assistant(request: Request) -> Assistant:
    return _desk(request).assistant()


def require_json(content_type: Annotated[str, Header(include_in_schema=False)] = "") -> None:
    """Refuse a body that was not sent as JSON.

    Raises:
        HTTPException: with status 415.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415)


TheDesk = Annotated[Desk, Depends(_desk)]
TheStore = Annotated[AnswerStore, Depends(_store)]
TheFeedback = Annotated[FeedbackStore, Depends(_feedback)]
TheIntake = Annotated[Intake, Depends(_intake)]
TheRunner = Annotated[Runner, Depends(_runner)]
TheAssistant = Annotated[Assistant, Depends(_assistant)]
