"""What every route is given: the open assistant, the kept answers, and the certainty that a body was sent as JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal, Protocol, TypeVar

from fastapi import Depends, Header, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from assistant.assistant import Assistant
from ui.admission import Admission
from ui.api.desk import Desk
from ui.api.errors import ApiError
from ui.evaluations.runner import Runner
from ui.feedback_store import FeedbackStore
from ui.intake.intake import Intake
from ui.store import AnswerStore
from ui.watch.metrics import Metrics

T = TypeVar("T")


def _of(name: str, kind: type[T]) -> Callable[[Request], T]:
    """Return what gives a route the ``kind`` that the application holds under ``name``."""

    def given(request: Request) -> T:
        found = getattr(request.app.state, name)
        assert isinstance(found, kind)
        return found

    return given


_desk = _of("desk", Desk)


class InTurn(Protocol):
    """Does work in a thread when it is this request's turn, unless whoever asked has gone by then; raises ``BusyError``."""

    def __call__(self, work: Callable[..., T], *given: object) -> Awaitable[T]:
        """Return ``work(*given)``."""


_admission = _of("admission", Admission)


async def _in_turn(request: Request) -> InTurn:
    async def run(work: Callable[..., T], *given: object) -> T:
        async with _admission(request).turn():
            if await request.is_disconnected():
                raise ApiError(499, "client_gone", "接続が切れました。もう一度お試しください。")
            return await run_in_threadpool(work, *given)

    return run


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


TheTurn = Annotated[InTurn, Depends(_in_turn)]
TheDesk = Annotated[Desk, Depends(_desk)]
TheStore = Annotated[AnswerStore, Depends(_of("store", AnswerStore))]
TheFeedback = Annotated[FeedbackStore, Depends(_of("feedback", FeedbackStore))]
TheIntake = Annotated[Intake, Depends(_of("intake", Intake))]
TheRunner = Annotated[Runner, Depends(_of("runner", Runner))]
TheMetrics = Annotated[Metrics, Depends(_of("metrics", Metrics))]
PlanId = Annotated[str, Path(description="The plan's id, as `GET /api/plans` lists it.")]
Form = Annotated[Literal["json", "csv"], Query(alias="format", description="`csv` gives a file for spreadsheets.")]
TheAssistant = Annotated[Assistant, Depends(_assistant)]
