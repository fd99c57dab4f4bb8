"""``GET /api/plans`` and ``GET /api/plans/{plan_id}``: what can be asked about, and the text that offsets refer to."""

from __future__ import annotations

from fastapi import APIRouter

from index.index import Index
from ingest.document import Plan
from ui.api.convert import plan_body, plan_text_body
from ui.api.errors import ApiError
from ui.api.given import PlanId, TheAssistant
from ui.api.models import NO_INDEX, NOT_USED, failures
from ui.api.plan_models import PlansBody, PlanTextBody
from ui.open import japan_time

router = APIRouter(
    prefix="/api/plans",
    tags=["plans"],
    responses=failures(_503=NO_INDEX),
)


@router.get("")
def list_plans(assistant: TheAssistant) -> PlansBody:
    """List the plans that can be asked about."""
    today = japan_time().date()
    return PlansBody(plans=[plan_body(plan, assistant.index, today) for plan in assistant.index.plans])


@router.get("/{plan_id}", responses=failures(_404="There is no such plan.", _422=NOT_USED))
def show_plan(plan_id: PlanId, assistant: TheAssistant) -> PlanTextBody:
    """Show one plan with its text."""
    return plan_text_body(known_plan(assistant.index, plan_id), assistant.index, japan_time().date())


def known_plan(index: Index, plan_id: str) -> Plan:
    """Return a plan's metadata. Raises ``ApiError``: the index does not hold the plan."""
    try:
        return index.plan(plan_id)
    except KeyError as error:
        raise ApiError(
            404, "unknown_plan", "この計画はありません。plan_id の一覧は GET /api/plans で確認できます。"
        ) from error
