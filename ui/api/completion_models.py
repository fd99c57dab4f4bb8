"""The shapes of ``/v1``: a chat completion as OpenAI's clients send and read it, with the citations beside it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ui.api.models import CitationBody, ReasonCode, Text

MODEL = "machiplan"
"""The one model: the assistant over the plans of this server."""


def _no_number(value: object) -> object:
    """Pass a value on; 0 is equal to false, and is not false."""
    if type(value) is int:
        raise ValueError("a number is neither true nor false")
    return value


class TextPartBody(BaseModel):
    """A piece of a message. Only text can be read."""

    type: Literal["text"] = Field(description="Images, sounds and files are refused.")
    text: Text = Field(description="The text; the pieces of a message are put below each other.")


class MessageBody(BaseModel):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant"] = Field(
        description="Those of `system` and `developer` are accepted and not used: they cannot change what is quoted."
    )
    content: Text | list[TextPartBody] = Field(description="The text, or pieces of text.")

    @property
    def text(self) -> str:
        """The message as one text."""
        return self.content if isinstance(self.content, str) else "\n".join(part.text for part in self.content)


class StreamOptionsBody(BaseModel):
    """What a stream holds beside the answer."""

    include_usage: bool | None = Field(
        None, strict=True, description="Whether a chunk with `usage` is wanted at the end."
    )


class ResponseFormatBody(BaseModel):
    """In what form the answer comes."""

    type: Literal["text"] = Field(description="An answer is text with quotes; it cannot be given as JSON.")


class CompletionBody(BaseModel):
    """A conversation whose last question is to be answered.

    What only changes how a model writes or stops (`temperature`, `max_tokens`, `stop`, `seed` and the like) is accepted
    and has no effect: nothing is sampled, and a quote is never cut.
    """

    model: Text = Field(description=f"`{MODEL}`, as `GET /v1/models` lists it.")
    messages: list[MessageBody] = Field(
        min_length=1,
        description="Oldest first. The last one of the user is the question; the newest 20 of the user and the assistant "
        "before it are the conversation that it belongs to.",
    )
    municipalities: list[Text] | None = Field(
        None,
        description="Names or 6-digit codes; empty or null for every municipality. (`extra_body` of OpenAI's client.)",
    )
    stream: bool | None = Field(None, strict=True, description="Whether the answer is wanted as server-sent events.")
    stream_options: StreamOptionsBody | None = Field(None, description="What a stream holds beside the answer.")
    n: int | None = Field(None, strict=True, ge=1, le=1, description="There is one answer to a question.")
    response_format: ResponseFormatBody | None = Field(None, description="Text alone.")
    modalities: list[Literal["text"]] | None = Field(None, description="Text alone.")
    audio: None = Field(None, description="No sound is made.")
    logprobs: Annotated[Literal[False], BeforeValidator(_no_number)] | None = Field(
        None, description="No probabilities are given."
    )
    tools: Annotated[list[object], Field(max_length=0)] | None = Field(None, description="No tools are called.")
    tool_choice: Literal["none", "auto"] | None = Field(None, description="No tools are called.")
    functions: Annotated[list[object], Field(max_length=0)] | None = Field(None, description="No functions are called.")
    function_call: Literal["none", "auto"] | None = Field(None, description="No functions are called.")
    web_search_options: None = Field(None, description="Nothing but the plans is searched.")


class CompletionMessageBody(BaseModel):
    """The answer as a message."""

    role: Literal["assistant"] = Field("assistant", description="Always `assistant`.")
    content: str = Field(description="The answer, Japanese, with [1] markers; the reason where there is none.")
    refusal: None = Field(None, description="Always null; `abstained` says whether there is an answer.")


class ChoiceBody(BaseModel):
    """The one answer."""

    index: Literal[0] = Field(0, description="Always 0.")
    message: CompletionMessageBody = Field(description="The answer.")
    logprobs: None = Field(None, description="Always null.")
    finish_reason: Literal["stop"] = Field("stop", description="Always `stop`: an answer is never cut.")


class UsageBody(BaseModel):
    """Tokens used. They are not counted: always 0."""

    prompt_tokens: Literal[0] = Field(0, description="Always 0.")
    completion_tokens: Literal[0] = Field(0, description="Always 0.")
    total_tokens: Literal[0] = Field(0, description="Always 0.")


class ProofBody(BaseModel):
    """What an answer has beyond OpenAI's fields, as in the response of `/api/ask`."""

    model_config = ConfigDict(from_attributes=True)

    citations: list[CitationBody] = Field(description="The word-for-word quotes that prove the answer.")
    abstained: bool = Field(description="Whether the plans give no answer.")
    reason: ReasonCode | None = Field(description="Why there is no answer; null where there is one.")
    notices: list[str] = Field(
        description="What else a reader should know, for example that a plan's period has ended."
    )
    suggestions: list[str] = Field(description="Questions that the plans do answer.")
    mode: Literal["extractive", "chat_model"] = Field(description="Whether a chat model worded the answer.")
    corpus: str = Field(description="Digest of the index generation that the answer was drawn from.")


class CompletionAnswerBody(ProofBody):
    """A chat completion with its citations."""

    id: str = Field(description="The answer's id, by which `GET /api/answers/{answer_id}` gives it again.")
    object: Literal["chat.completion"] = Field("chat.completion", description="Always `chat.completion`.")
    created: int = Field(description="When it was made, in seconds since 1970.")
    model: str = Field(MODEL, description=f"Always `{MODEL}`.")
    choices: list[ChoiceBody] = Field(min_length=1, max_length=1, description="One answer.")
    usage: UsageBody = Field(UsageBody(), description="Not counted: zeros.")


class ModelBody(BaseModel):
    """A model that can be asked."""

    id: str = Field(MODEL, description="Its name.")
    object: Literal["model"] = Field("model", description="Always `model`.")
    created: int = Field(0, description="Always 0: what it answers from is the index, see `corpus` of an answer.")
    owned_by: str = Field(MODEL, description=f"Always `{MODEL}`.")


class ModelsBody(BaseModel):
    """The models that can be asked."""

    object: Literal["list"] = Field("list", description="Always `list`.")
    data: list[ModelBody] = Field(description="The one model.")
