"""The web application: the API's routes, what stands around them, and the web pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from ui.admission import Admission
from ui.api import (
    admin_evaluation,
    admin_gaps,
    admin_plans,
    answers,
    ask,
    commitments,
    compare,
    evaluation,
    feedback,
    health,
    plans,
    search,
)
from ui.api.admin_gate import AdminGate
from ui.api.desk import Desk
from ui.api.errors import add_error_handlers
from ui.api.frame import BodyLimit, Frame
from ui.api.own_pages import OwnPages, allowed_hosts
from ui.api.rate_limit import RateLimit, rate_limiter
from ui.api.unknown import UnknownPath
from ui.database import AnswersFile
from ui.evaluations.runner import Runner
from ui.feedback_store import FeedbackStore
from ui.intake.intake import Intake
from ui.open import japan_time
from ui.store import AnswerStore
from ui.sweep import keep_swept

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from ui.settings import Settings


SMALLEST_COMPRESSED = 1024
"""Bytes; below it compression saves nothing."""


def create_app(settings: Settings, *, assistant: Assistant | None = None) -> FastAPI:
    """Return the application; it opens the assistant while it starts when none is given.

    It starts without a usable index too: ``/readyz`` then says what is missing, and it becomes ready without a
    restart once the index is there.
    """
    desk = Desk(settings, assistant)

    kept = AnswersFile(settings.answers_file, days=settings.answer_days, clock=japan_time)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        sweeping = asyncio.create_task(keep_swept(kept))
        await run_in_threadpool(desk.obstacle)
        yield
        sweeping.cancel()
        app.state.runner.cancel()

    # The interactive documentation is off: its pages load scripts from outside. /openapi.json describes the API.
    app = FastAPI(title="machiplan", version="0.1.0", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.desk = desk
    app.state.admission = Admission(settings.at_once, settings.waiting)
    app.state.store = AnswerStore(kept)
    app.state.feedback = FeedbackStore(kept)
    app.state.intake = Intake(settings.uploads_dir, settings.index_dir)
    app.state.runner = Runner(settings.evals_dir, settings.index_dir)
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
    add_error_handlers(app)
    rooms = (ask, answers, feedback, plans, search, commitments, compare, health, evaluation)
    for room in (*rooms, admin_plans, admin_gaps, admin_evaluation):
        app.include_router(room.router)
    unknown = UnknownPath(tuple(app.router.routes))
    for path in ("/api", "/api/{path:path}"):
        app.router.routes.append(Route(path, unknown, include_in_schema=False))
    if settings.web_page:
        from ui.web.page import mount_pages
        from ui.web.site import Site

        mount_pages(app, Site(desk.assistant, settings, app.state.store, app.state.admission))
    return app
