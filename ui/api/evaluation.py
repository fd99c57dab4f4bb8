"""``GET /api/evaluation``: whether a question set is being run, and how far; open to everybody who evaluates."""

from __future__ import annotations

from fastapi import APIRouter

from ui.api.admin_models import EvaluationStateBody
from ui.api.given import TheRunner

router = APIRouter(prefix="/api/evaluation", tags=["evaluation"])


@router.get("")
def show_evaluation(runner: TheRunner) -> EvaluationStateBody:
    """Tell how far the present run is, or what became of the last one."""
    return EvaluationStateBody.model_validate(runner.state)
