"""A topic and towns -> a row for each town with what its plan says, every statement cited, and what differs, said first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Question, Reason
from assistant.comparison_table import BLANK
from assistant.phrases import Phrases
from ui.commitments.records import Record
from ui.comparison.ask import Asked
from ui.comparison.related import related_commitments

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from ingest.document import Plan

_MARKS = re.compile(r"(?:\[[0-9]{1,3}\])+$")
_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement without its marks, and the numbers of the citations that prove it."""

    text: str
    numbers: tuple[int, ...]

    @property
    def marked(self) -> str:
        """The statement with its marks."""
        return self.text + "".join(f"[{n}]" for n in self.numbers)


@dataclass(frozen=True, slots=True)
class Row:
    """What one town's plan says, nothing where nothing was found, and its measures on the topic."""

    code: str
    municipality: str
    said: tuple[Said, ...]
    citations: tuple[Citation, ...]
    commitments: tuple[Record, ...]
    reason: Reason | None = None

    @property
    def blank(self) -> bool:
        """Whether all that the plan has is a cell that it leaves empty (記載なし), which is not the same as nothing found."""
        return bool(self.said) and all(BLANK in said.text for said in self.said)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows in the order of the towns chosen. ``difference`` is empty where the plans' facts cannot be held against each other."""

    asked: Asked
    rows: tuple[Row, ...]
    difference: tuple[Said, ...]
    notices: tuple[str, ...]

    @property
    def refusal(self) -> Reason | None:
        """Why no town was asked at all: no plan answers such a question."""
        reasons = {row.reason for row in self.rows}
        refused = reasons <= {Reason.OUT_OF_SCOPE, Reason.MUNICIPALITY_NOT_COVERED}
        return self.rows[0].reason if refused else None


def compare(assistant: Assistant, asked: Asked) -> Comparison:
    """Return the comparison: each town is asked by itself, so that it gets all that it says, and then those that answer together.

    A chat model is asked once for each town's row, and for nothing that is not shown.
    """
    rows: list[Row] = []
    notices = [asked.notice] if asked.notice else []
    cited = 0
    for code in asked.codes:
        answer = _ask(assistant, asked.topic, code)
        row = _row(assistant, asked, code, answer, cited)
        notices += answer.notices if row.said else ()
        cited += len(row.citations)
        rows.append(row)
    difference = _difference(assistant.extractive(), asked, rows)
    return Comparison(asked, tuple(rows), difference, tuple(dict.fromkeys(notices)))


def _ask(assistant: Assistant, topic: str, code: str) -> Answer:
    """Return one town's answer. A topic that speaks of all towns (「各町の」) is put to this one by name."""
    plain, question = assistant.extractive(), Question(topic, (code,))
    answer = plain.answer(question)
    if _of_others(answer, (code,)):
        question = Question(f"{_plan(assistant, code).municipality}の{topic}", (code,))
        answer = plain.answer(question)
    if _of_others(answer, (code,)):
        return replace(answer, answer="", abstained=True, reason=Reason.NOT_IN_PLANS, citations=(), notices=())
    return answer if plain is assistant or answer.abstained else assistant.answer(question)


def _of_others(answer: Answer, codes: Sequence[str]) -> bool:
    return any(citation.municipality_code not in codes for citation in answer.citations)


def _row(assistant: Assistant, asked: Asked, code: str, answer: Answer, cited: int) -> Row:
    """Return a town's row, its citations numbered on from ``cited``."""
    plan = _plan(assistant, code)
    citations = tuple(replace(citation, n=citation.n + cited) for citation in answer.citations)
    intro = Phrases(assistant.index.plans).group(plan, (), several=False)[0]
    said = () if answer.abstained else read_statements(answer.answer.replace(intro, ""), cited)
    related = related_commitments(assistant.index, asked.topic, code, citations)
    return Row(code, plan.municipality, said, citations, related, answer.reason)


def read_statements(text: str, cited: int = 0) -> tuple[Said, ...]:
    """Return the statements of an answer's text, their marks read as numbers, ``cited`` added to each.

    >>> read_statements("・甲\\n・乙\\n[1][2]\\n\\n「丙」[3]", 4)
    (Said(text='・甲\\n・乙', numbers=(5, 6)), Said(text='「丙」', numbers=(7,)))
    """
    said: list[Said] = []
    open_lines: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        marks = _MARKS.search(line)
        open_lines += [line[: marks.start()] if marks else line]
        if marks:
            numbers = tuple(int(n) + cited for n in _NUMBER.findall(marks[0]))
            said.append(Said("\n".join(filter(None, open_lines)), numbers))
            open_lines = []
    rest = "\n".join(filter(None, open_lines))
    return (*said, Said(rest, ())) if rest else tuple(said)


def _difference(assistant: Assistant, asked: Asked, rows: Sequence[Row]) -> tuple[Said, ...]:
    """Return what the assistant says first when the towns that answer are asked together, if the rows' quotes prove it."""
    codes = tuple(row.code for row in rows if row.said)
    if len(codes) < 2:
        return ()
    answer = assistant.answer(Question(asked.topic, codes))
    first = answer.answer.split("\n", 1)[0]
    marks = _MARKS.search(first)
    if marks is None or first.startswith(("【", "|")) or _of_others(answer, codes):
        return ()
    numbers = {_place(citation): citation.n for row in rows for citation in row.citations}
    marked = [_place(answer.citations[int(n) - 1]) for n in _NUMBER.findall(marks[0])]
    if not numbers.keys() >= set(marked):
        return ()
    return (Said(first[: marks.start()], tuple(numbers[place] for place in marked)),)


def _place(citation: Citation) -> tuple[str, int, int]:
    return (citation.plan_id, citation.start, citation.end)


def _plan(assistant: Assistant, code: str) -> Plan:
    return next(plan for plan in assistant.index.plans if plan.municipality_code == code)
