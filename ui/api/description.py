"""The API's description of itself, ``/openapi.json``: what FastAPI reads from the routes, made exact."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from ui.api.admin_examples import ADMIN_EXAMPLES
from ui.api.examples import EXAMPLES
from ui.api.models import NOT_USED, failures

ABOUT = """Answers Japanese questions over municipal plans and proves every answer by quoting the plan word for word.

Every failure has the body of `ErrorBody`; its message is Japanese and says what to do."""

TAGS = [
    {"name": "ask", "description": "Questions, answered with quotes."},
    {"name": "answers", "description": "Answers that were given earlier."},
    {"name": "feedback", "description": "Whether an answer helped."},
    {"name": "plans", "description": "The plans that can be asked about, and their texts."},
    {"name": "search", "description": "Passages of the plans, without an answer."},
    {"name": "commitments", "description": "The measures of the plans, as records."},
    {"name": "compare", "description": "What several towns' plans say of one topic."},
    {"name": "health", "description": "What a load balancer asks."},
    {"name": "evaluation", "description": "Runs of question sets."},
    {"name": "v1", "description": "The assistant as clients of OpenAI's API know a model."},
    {"name": "admin", "description": "Plans, question sets and reports; with the administrators' token."},
]

ANYWHERE = failures(_500="A failure of ours; the message holds the number under which the log has it.")
"""What may happen to every request. A status that every route can answer with is described here and nowhere else."""


def describe(app: FastAPI) -> None:
    """Make ``/openapi.json`` of ``app`` say what its routes really do."""
    read = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _exact(read())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to change the description


def _exact(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the description with its examples, and without the status 422 that FastAPI adds where nothing can be refused."""
    for name, example in (
        EXAMPLES | ADMIN_EXAMPLES
    ).items():  # in the bodies themselves FastAPI would leave their nulls out
        schema["components"]["schemas"][name]["examples"] = [example]
    for operations in schema["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            for status in [status for status, told in responses.items() if told["description"] == NOT_USED]:
                del responses[status]
    return schema
