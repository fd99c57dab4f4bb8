"""``GET /healthz`` and ``GET /readyz``: what a load balancer asks."""

from __future__ import annotations

from fastapi import APIRouter

from ui.api.errors import ApiError
from ui.api.given import TheDesk
from ui.api.models import StatusBody, failures

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> StatusBody:
    """Say that the process is up. Never waits for a thread."""
    return StatusBody(status="ok")


@router.get("/readyz", responses=failures(_503="The message says why not."))
def readyz(desk: TheDesk) -> StatusBody:
    """Say that a question can be answered, or why it cannot."""
    obstacle = desk.obstacle()
    if obstacle:
        raise ApiError(503, "not_ready", obstacle)
    return StatusBody(status="ok")
