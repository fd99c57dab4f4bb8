"""``GET /metrics``: what Prometheus reads."""

from __future__ import annotations

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import Response

from ui.watch.metrics import CONTENT_TYPE, Metrics

AT_ONCE = 1
"""Threads of its own, so that it answers also while all others are busy with questions."""

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Prometheus text."}},
)
async def metrics(request: Request) -> Response:
    """Give the numbers of the running server in Prometheus's text format. They name no person, no question and no town."""
    counted, limiter = request.app.state.metrics, request.app.state.metrics_threads
    assert isinstance(counted, Metrics)
    assert isinstance(limiter, CapacityLimiter)
    return Response(await run_sync(counted.text, limiter=limiter), media_type=CONTENT_TYPE)
