"""The shapes of the HTTP API: what a client sends and gets. Pydantic lives at this edge only."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from ui.feedback_store import LONGEST_COMMENT
from ui.question import LONGEST_QUESTION, clean

LONGEST_HISTORY = 20
"""Turns."""

# What the fields that come again and again mean.
PLAN_ID = "The plan's id, as `GET /api/plans` lists it."
MUNICIPALITY = "The municipality's name."
CODE = "The municipality's code, 6 digits."
HEADINGS = "The headings above it, from the outermost to the innermost."
START = "Unicode code points from the start of the text."
END = "Unicode code points from the start of the text, exclusive."


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


# What the description says of a text that is trimmed before it is measured; ``ui.question`` does the refusing.
ASKED: dict[str, JsonValue] = {"minLength": 1, "maxLength": LONGEST_QUESTION, "pattern": r"\S"}

Text = Annotated[str, BeforeValidator(_cleaned)]


ReasonCode = Literal["not_in_plans", "municipality_not_covered", "ambiguous_municipality", "out_of_scope"]
"""Why there is no answer."""


class TurnBody(BaseModel):
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"] = Field(description="Who said it.")
    content: Text = Field(description="What was said.")


class AskBody(BaseModel):
    """A question, an optional choice of municipalities and the conversation before it."""

    question: Text = Field(description=f"1 to {LONGEST_QUESTION} characters after trimming.", json_schema_extra=ASKED)
    municipalities: list[Text] | None = Field(
        None, description="Names or 6-digit codes; empty or null for every municipality."
    )
    history: list[TurnBody] | None = Field(
        None, max_length=LONGEST_HISTORY, description="The conversation before the question, oldest first."
    )
    easy: bool | None = Field(None, strict=True, description="Whether the answer is wanted in やさしい日本語 too.")


class _FromDataclass(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CellBody(_FromDataclass):
    """Where in a table a quoted cell stands."""

    table: str = Field(description="The table's name.")
    row: str = Field(description="The label of the row.")
    column: str = Field(description="The name of the column.")


class CitationBody(_FromDataclass):
    """A word-for-word quote: ``text[start:end] == quote`` for the ``text`` of ``GET /api/plans/{plan_id}``."""

    n: int = Field(description="The number of its [n] marker in the answer.")
    plan_id: str = Field(description=PLAN_ID)
    municipality: str = Field(description=MUNICIPALITY)
    municipality_code: str = Field(description=CODE)
    title: str = Field(description="The plan's title.")
    heading_path: list[str] = Field(description=HEADINGS)
    page: int | None = Field(description="Page of a PDF, counted from 1; null for other files.")
    quote: str = Field(description="The plan's own words.")
    start: int = Field(description=START)
    end: int = Field(description=END)
    expired: bool = Field(description="Whether the plan's period has ended.")
    cell: CellBody | None = Field(description="The cell of a table that is quoted; null where it is none.")


class EasyPieceBody(_FromDataclass):
    """A stretch of a sentence and its reading."""

    text: str = Field(description="The stretch as it is written.")
    ruby: str = Field(description="Hiragana; empty where the text has no kanji, or none whose reading is certain.")


class AnswerBody(_FromDataclass):
    """An answer as it is shown. One that is not abstained has at least one citation."""

    id: str = Field(description="Random, 128 bits.")
    question: str = Field(description="The question as it was asked, trimmed.")
    answer: str = Field(description="Japanese, with [1] markers.")
    abstained: bool = Field(description="Whether the plans give no answer; `answer` then says why.")
    reason: ReasonCode | None = Field(description="Why there is no answer; null where there is one.")
    citations: list[CitationBody] = Field(description="The word-for-word quotes that prove the answer.")
    notices: list[str] = Field(
        description="What else a reader should know, for example that a plan's period has ended."
    )
    suggestions: list[str] = Field(description="Questions that the plans do answer.")
    mode: Literal["extractive", "chat_model"] = Field(description="Whether a chat model worded the answer.")
    seconds: float = Field(description="How long it took.")
    corpus: str = Field("", description="Digest of the index generation that the answer was drawn from.")
    easy: list[list[EasyPieceBody]] | None = Field(
        None,
        description="The answer in やさしい日本語, sentence by sentence; null where it was not asked for. It rewords: "
        "what the plan says is in the citations. It is not kept with the answer.",
    )


class KeptAnswerBody(AnswerBody):
    """An answer as it is kept, with what it was asked with."""

    municipalities: list[str] = Field([], description="The choice of municipalities in the request: names or codes.")


class StoredAnswerBody(KeptAnswerBody):
    """An answer that was given earlier."""

    current: bool = Field(description="Whether its quotes are still exact in today's index.")
    corpus_now: str = Field(
        description="Digest of today's index generation: equal to `corpus` where nothing has changed."
    )


class FeedbackBody(BaseModel):
    """Whether an answer helped."""

    answer_id: Text = Field(description="The id of an answer that is still kept.")
    helpful: bool = Field(strict=True, description="Whether it helped.")
    comment: Text | None = Field(None, description=f"At most {LONGEST_COMMENT} characters after trimming.")


class StatusBody(BaseModel):
    """How the process is."""

    status: Literal["ok"] = Field(description="Always `ok`; anything else has another status code.")


class ErrorDetail(BaseModel):
    """What went wrong, for a program (``code``) and for a person (``message``, Japanese).

    Under ``/v1/`` it has OpenAI's ``type`` as well (``invalid_request_error``, ``rate_limit_error`` or
    ``server_error``), and ``param``, which is null.
    """

    code: str = Field(description="The kind of failure, for programs.")
    message: str = Field(description="What to do, in Japanese.")


class ErrorBody(BaseModel):
    """The body of every response that is not a success."""

    error: ErrorDetail = Field(description="What went wrong.")


NO_INDEX = "There is no index that can be used (see /readyz), or too many ask at once (`busy`; `Retry-After` says when to come again)."
NO_JSON = "The body is not JSON."
TOO_LARGE = "The body is too large."
NOT_AS_JSON = "The body was not sent as application/json."
TOO_MANY = "This client has asked too often; `Retry-After` says when it may ask again."


NOT_USED = "Not used."
"""Stands for a status that FastAPI would add by itself; ``ui.api.description`` takes it out."""


def failures(**meanings: str) -> dict[int | str, dict[str, Any]]:
    """Return the description of a route's failures: ``_404="There is no such plan."`` and so on."""
    return {int(name[1:]): {"model": ErrorBody, "description": meaning} for name, meaning in meanings.items()}
