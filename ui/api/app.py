"""The web application: the API's routes, what stands around them, and the web pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from ui.admission import admission
from ui.api import (
    admin_evaluation,
    admin_gaps,
    admin_plans,
    answers,
    ask,
    commitments,
    compare,
    completions,
    evaluation,
    feedback,
    health,
    metrics,
    plans,
    search,
)
from ui.api.admin_gate import AdminGate
from ui.api.description import ABOUT, ANYWHERE, TAGS, describe
from ui.api.desk import Desk
from ui.api.errors import add_error_handlers
from ui.api.frame import BodyLimit, Frame
from ui.api.own_pages import OwnPages, allowed_hosts
from ui.api.rate_limit import RateLimit, rate_limiter
from ui.api.state import state_reader
from ui.api.unknown import UnknownPath
from ui.api.watched import Watched
from ui.database import AnswersFile
from ui.evaluations.runner import Runner
from ui.feedback_store import FeedbackStore
from ui.intake.intake import Intake
from ui.open import japan_time, open_traces
from ui.store import AnswerStore
from ui.sweep import keep_swept
from ui.watch.metrics import Metrics
from ui.watch.questions import PageQuestions
from ui.watch.several import Several

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from ui.settings import Settings


ROOMS = (
    ask,
    answers,
    feedback,
    plans,
    search,
    commitments,
    compare,
    health,
    metrics,
    evaluation,
    completions,
    admin_plans,
    admin_gaps,
    admin_evaluation,
)

SMALLEST_COMPRESSED = 1024
"""Bytes; below it compression saves nothing."""


def create_app(
    settings: Settings, *, assistant: Assistant | None = None, clock: Callable[[], datetime] = japan_time
) -> FastAPI:
    """Return the application; it opens the assistant while it starts when none is given. ``clock`` says how old answers are.

    It starts without a usable index too: ``/readyz`` then says what is missing, and it becomes ready without a
    restart once the index is there.
    """
    numbers = Metrics()
    traces = open_traces(settings)
    desk = Desk(settings, assistant, watch=Several([numbers, traces]) if traces else numbers)

    kept = AnswersFile(settings.answers_file, days=settings.answer_days, clock=clock)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        sweeping = asyncio.create_task(keep_swept(kept))
        await run_in_threadpool(desk.obstacle)
        yield
        sweeping.cancel()
        app.state.runner.cancel()
        app.state.intake.cancel()
        if traces:
            await run_in_threadpool(traces.close)

    # The interactive documentation is off: its pages load scripts from outside. /openapi.json describes the API.
    app = FastAPI(
        title="machiplan",
        version="0.1.0",
        description=ABOUT,
        openapi_tags=TAGS,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    describe(app)
    app.state.desk = desk
    app.state.admission = admission(settings)
    app.state.store = AnswerStore(kept, timed=numbers.storing)
    app.state.feedback = FeedbackStore(kept)
    app.state.intake = Intake(settings.uploads_dir, settings.index_dir)
    app.state.runner = Runner(settings.evals_dir, settings.index_dir)
    app.state.metrics = numbers
    app.state.metrics_threads = CapacityLimiter(metrics.AT_ONCE)
    numbers.add_state(state_reader(desk, app.state.admission, kept, app.state.intake, app.state.runner))
    _surround(app, settings, numbers)
    _add_routes(app)
    if settings.web_page:
        from ui.web.page import mount_pages
        from ui.web.site import Site

        mount_pages(app, Site(desk.assistant, settings, app.state.store, app.state.admission, PageQuestions(numbers)))
    return app


def _surround(app: FastAPI, settings: Settings, numbers: Metrics) -> None:
    """Put what every request passes through around ``app``, from the inside out."""
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=6)  # streams pass through
    app.add_middleware(BodyLimit)
    app.add_middleware(AdminGate, prefix="/api/admin", token=settings.admin_token)
    limiter, behind_proxy = rate_limiter(settings), settings.trusted_proxies is not None
    if limiter is not None:
        spare_own = settings.rate_limit == "auto" and not behind_proxy
        app.add_middleware(RateLimit, limiter=limiter, spare_own=spare_own)
    hosts = allowed_hosts(settings.allowed_hosts, listens_on=settings.host, behind_proxy=behind_proxy)
    app.add_middleware(OwnPages, hosts=hosts)
    app.add_middleware(Frame)
    app.add_middleware(Watched, metrics=numbers)  # the outermost, so that what the others refuse is told too
    add_error_handlers(app)


def _add_routes(app: FastAPI) -> None:
    """Add the rooms of the API, and below its addresses an answer to whatever is none of them."""
    routes = list(app.router.routes)
    for room in ROOMS:
        app.include_router(room.router, responses=ANYWHERE)
        routes += room.router.routes
    unknown = UnknownPath(routes)
    for prefix in ("/api", "/v1"):
        app.router.routes.append(Route(prefix, unknown, include_in_schema=False))
        app.router.routes.append(Route(f"{prefix}/{{path:path}}", unknown, include_in_schema=False))
    for path in ("/healthz", "/readyz", "/metrics", "/openapi.json"):
        app.router.routes.append(Route(path, unknown, include_in_schema=False))
