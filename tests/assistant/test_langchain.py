"""The two seams to LangChain."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer, Question
from assistant.chain import answer_chain
from index.retriever import PlanRetriever
from tests.assistant.asking import PERIOD, ROOT, places

if TYPE_CHECKING:
    from assistant.assistant import Assistant

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = ROOT / "docs" / "langchain.md"
QUESTION = Question(f"平生町の{PERIOD}")


def test_the_chain_answers(assistant: Assistant) -> None:
    """The chain is a Runnable whose answer is the assistant's."""
    chain = answer_chain(assistant)
    assert isinstance(chain, Runnable)
    answer, plain = chain.invoke(QUESTION), assistant.answer(QUESTION)
    assert (answer.answer, answer.citations) == (plain.answer, plain.citations)


def test_the_chain_answers_many(assistant: Assistant) -> None:
    """A batch is answered in its order."""
    answers = answer_chain(assistant).batch([QUESTION, Question(f"上毛町の{PERIOD}"), Question("明日の天気は？")])
    assert [a.citations[0].municipality if a.citations else a.reason for a in answers] == [
        "平生町",
        "上毛町",
        "out_of_scope",
    ]


def test_the_chain_can_be_awaited(assistant: Assistant) -> None:
    """``ainvoke`` gives the same citations."""
    answer = asyncio.run(answer_chain(assistant).ainvoke(QUESTION))
    assert places(answer) == places(assistant.answer(QUESTION))


def test_the_chain_can_be_continued(assistant: Assistant) -> None:
    """What follows in a chain gets the whole answer, citations included."""

    def first_quote(answer: Answer) -> str:
        return answer.citations[0].quote

    quote = (answer_chain(assistant) | RunnableLambda(first_quote)).invoke(QUESTION)
    assert "令和5(2023)年度から令和9(2027)年度まで" in quote


def test_the_retriever_works_in_a_chain(assistant: Assistant) -> None:
    """The retriever gives exact passages of the towns asked for to the next step of any chain."""

    def as_context(documents: list[Document]) -> str:
        index = assistant.index
        for document in documents:
            place = document.metadata
            assert index.text(place["plan_id"])[place["start"] : place["end"]] == document.page_content
        return "\n".join(f"{d.metadata['municipality']}: {d.page_content}" for d in documents)

    retriever = PlanRetriever(index=assistant.index, municipalities=("353442",), k=5)
    assert isinstance(retriever, BaseRetriever)
    context = (retriever | RunnableLambda(as_context)).invoke("計画の期間")
    assert "令和9(2027)年度" in context
    assert {line.split(":")[0] for line in context.splitlines() if line.startswith("平生町:")} == {"平生町"}
    assert "上毛町:" not in context


class Heard(BaseCallbackHandler):
    """Notes how many passages a retriever hands on."""

    def __init__(self) -> None:
        self.passages: list[int] = []

    def on_retriever_end(self, documents: Sequence[Document], **more: object) -> None:
        """Count them."""
        self.passages.append(len(documents))


def test_the_examples_of_the_page_run(index_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/langchain.md: the retriever finds exact passages, also awaited, callbacks hear of it, and the chain answers."""
    names: dict[str, object] = {}
    examples = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) == 2
    for example in examples:
        exec(compile(example.replace('"var/index"', repr(str(index_dir))), PAGE.name, "exec"), names)
    printed = capsys.readouterr().out
    assert "令和9(2027)年度" in printed
    assert printed.endswith("令和5年度から令和9年度までです。\n")
    retriever, heard = names["retriever"], Heard()
    assert isinstance(retriever, PlanRetriever)
    awaited = asyncio.run(retriever.ainvoke("計画の期間", config={"callbacks": [heard]}))
    assert [found.id for found in awaited] == [found.id for found in retriever.invoke("計画の期間")]
    assert heard.passages == [3]
    retriever.index.close()
