"""The assistant as a LangChain ``Runnable``: the seam for applications that are built of LangChain's parts.

``chain = answer_chain(assistant)`` then ``chain.invoke(Question("…"))``, ``batch``, ``ainvoke`` or ``chain | next_step``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.answer import Answer, Question
    from assistant.assistant import Assistant


def answer_chain(assistant: Assistant) -> Runnable[Question, Answer]:
    """Return the assistant as a runnable from ``Question`` to ``Answer``.

    Retrieval, the decision to abstain, the citations and, where one is set, the chat model are all inside: a step that
    followed them outside could break a quote unseen.
    """
    from langchain_core.runnables import RunnableLambda

    return RunnableLambda(assistant.answer, name="machiplan")
