"""``GET /api/compare``: what several towns' plans say of one topic, as records or as a file for spreadsheets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from ui.api.commitment_models import ComparisonBody
from ui.api.compare_bodies import comparison_body, comparison_csv
from ui.api.csv_response import CSV, csv_response
from ui.api.given import Form, TheAssistant, TheTurn
from ui.api.models import ASKED, NO_INDEX, TOO_MANY, failures
from ui.comparison.ask import read_asked
from ui.comparison.compare import compare
from ui.open import japan_time

FILE_NAME = "市町村の比較.csv"

router = APIRouter(
    prefix="/api",
    tags=["compare"],
    responses=failures(_422="A parameter cannot be accepted.", _429=TOO_MANY, _503=NO_INDEX),
)


@router.get(
    "/compare",
    response_model=ComparisonBody,
    responses=CSV,
)
async def compare_towns(
    assistant: TheAssistant,
    in_turn: TheTurn,
    q: Annotated[
        str, Query(description="A topic or a question, 1 to 2,000 characters after trimming.", json_schema_extra=ASKED)
    ] = "",
    municipality: Annotated[list[str], Query(description="Two to five names or 6-digit codes.")] = [],  # noqa: B006
    form: Form = "json",
) -> ComparisonBody | Response:
    """Compare what towns' plans say."""
    asked = read_asked(q, municipality, assistant.index.plans)

    def compared() -> ComparisonBody:
        return comparison_body(compare(assistant, asked), assistant.index, japan_time().date())

    body = await in_turn(compared)
    if form == "json":
        return body
    return csv_response(comparison_csv(body), name="comparison.csv", japanese_name=FILE_NAME)
