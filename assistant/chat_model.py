"""The optional chat model, behind LangChain's ``BaseChatModel``: it may rephrase verified quotes, and is never trusted."""

from __future__ import annotations

from typing import Protocol

from assistant.answer import Answer


class ChatModel(Protocol):
    pass


def rephrase(model: ChatModel, answer: Answer) -> Answer:
    return answer
