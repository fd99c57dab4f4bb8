"""``GET /api/search``: passages of the plans, best first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from ui.api.convert import hit_body
from ui.api.given import TheAssistant, TheTurn
from ui.api.models import ASKED, NO_INDEX, TOO_MANY, failures
from ui.api.plan_models import HitsBody
from ui.search import MOST_HITS, search_plans

router = APIRouter(
    prefix="/api",
    tags=["search"],
    responses=failures(_422="A parameter cannot be accepted.", _429=TOO_MANY, _503=NO_INDEX),
)


@router.get("/search")
async def search(
    assistant: TheAssistant,
    in_turn: TheTurn,
    q: Annotated[
        str, Query(description="Words to look for, 1 to 2,000 characters after trimming.", json_schema_extra=ASKED)
    ],
    municipality: Annotated[list[str], Query(description="Names or 6-digit codes; may be repeated.")] = [],  # noqa: B006
    k: Annotated[int, Query(ge=1, le=MOST_HITS, description="The most passages wanted.")] = 10,
) -> HitsBody:
    """Find passages without answering."""

    def found() -> HitsBody:
        hits = search_plans(assistant, q, municipalities=municipality, k=k)
        return HitsBody(hits=[hit_body(hit, assistant.index) for hit in hits])

    return await in_turn(found)
