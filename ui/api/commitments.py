"""``GET /api/commitments``: the measures of the plans as records, or as a file for spreadsheets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from ui.api.commitment_bodies import commitment_body, commitments_csv
from ui.api.commitment_models import CommitmentsBody
from ui.api.csv_response import CSV, csv_response
from ui.api.given import Form, TheAssistant
from ui.api.models import NO_INDEX, TOO_MANY, failures
from ui.commitments.choose import Choice, choose
from ui.open import japan_time

FILE_NAME = "取組一覧.csv"

router = APIRouter(
    prefix="/api",
    tags=["commitments"],
    responses=failures(_422="A parameter cannot be accepted.", _429=TOO_MANY, _503=NO_INDEX),
)


def _choice(
    q: Annotated[str, Query(description="Words that a measure holds, at most 2,000 characters.")] = "",
    municipality: Annotated[list[str], Query(description="Names or 6-digit codes; may be repeated.")] = [],  # noqa: B006
    theme: Annotated[str, Query(description="Words of the title or of a heading above the measure.")] = "",
    year: Annotated[
        str, Query(description="A fiscal year of the schedule: `2025`, `令和7年度`; `記載なし` for none.")
    ] = "",
    unit: Annotated[str, Query(description="Words of the responsible unit; `記載なし` where none is stated.")] = "",
    sort: Annotated[
        str, Query(description="`title`, `summary`, `schedule`, `unit` or `town`; `-` before it turns the order round.")
    ] = "",
) -> Choice:
    return Choice(tuple(municipality), q, theme, year, unit, sort)


@router.get(
    "/commitments",
    response_model=CommitmentsBody,
    responses=CSV,
)
def list_commitments(
    assistant: TheAssistant,
    choice: Annotated[Choice, Depends(_choice)],
    form: Form = "json",
) -> CommitmentsBody | Response:
    """List what the plans commit to."""
    today = japan_time().date()
    found = choose(assistant.index, choice)
    bodies = [commitment_body(record, assistant.index, today) for record in found.records]
    if form == "json":
        return CommitmentsBody(commitments=bodies)
    return csv_response(commitments_csv(bodies), name="commitments.csv", japanese_name=FILE_NAME)
