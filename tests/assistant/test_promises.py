"""What holds for every answer, over all development questions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.answer import Citation
from ingest.document import Kind
from tests.assistant.asking import Asked, marks, numbers, quoted, towns, without_marks

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.index import Index

LONG_TYPES = {"list", "table", "compare"}  # the contract gives these 1,500 characters, others 800


def names(found: Iterable[Asked]) -> list[str]:
    """Return the development questions that break a promise, to be read in a failure."""
    return [f"{a.case.case_id} {a.case.question.text} -> {a.answer.answer}" for a in found]


def is_whole_list(citation: Citation, index: Index) -> bool:
    """Return whether a quote is a list from its first item to its last."""
    return any(
        chunk.kind is Kind.LIST and (chunk.span.start, chunk.span.end) == (citation.start, citation.end)
        for chunk in index.chunks(citation.plan_id)
    )


def headings(index: Index, municipalities: frozenset[str]) -> str:
    """Return all headings of some municipalities' plans (of all for none)."""
    plans = [p for p in index.plans if not municipalities or p.municipality in municipalities]
    return "\n".join(heading for p in plans for chunk in index.chunks(p.plan_id) for heading in chunk.heading_path)


def test_every_quote_stands_in_its_plan(asked: tuple[Asked, ...], assistant: Assistant) -> None:
    """A citation's quote is what its plan's text holds from start to end, character for character."""
    broken = [
        a
        for a in asked
        if any(assistant.index.text(c.plan_id)[c.start : c.end] != c.quote or not c.quote for c in a.answer.citations)
    ]
    assert names(broken) == []


def test_a_citation_names_its_own_plan(asked: tuple[Asked, ...], assistant: Assistant) -> None:
    """A citation's municipality, code and title are those of the plan that it quotes."""
    plans = {p.plan_id: (p.municipality, p.municipality_code, p.title) for p in assistant.index.plans}
    broken = [
        a
        for a in asked
        if any((c.municipality, c.municipality_code, c.title) != plans[c.plan_id] for c in a.answer.citations)
    ]
    assert names(broken) == []


def test_quotes_are_small(asked: tuple[Asked, ...], assistant: Assistant) -> None:
    """A quote has at most 300 characters, a whole list at most 1,000."""
    broken = [
        a
        for a in asked
        if any(len(c.quote) > (1000 if is_whole_list(c, assistant.index) else 300) for c in a.answer.citations)
    ]
    assert names(broken) == []


def test_no_other_town_is_cited(asked: tuple[Asked, ...]) -> None:
    """A question that is about some municipalities gets citations from those alone, from none if none is covered."""
    broken = [a for a in asked if a.case.towns and not towns(a.answer) <= a.case.towns]
    assert names(broken) == []


def test_no_other_town_is_spoken_of(asked: tuple[Asked, ...], assistant: Assistant) -> None:
    """The answer on some municipalities names no other covered one that its quotes or the question do not name."""
    covered = {p.municipality for p in assistant.index.plans}
    broken = [
        a
        for a in asked
        if a.case.towns and not a.answer.abstained
        for other in covered - a.case.towns
        if other in a.answer.answer and other not in quoted(a.answer) + a.case.question.text
    ]
    assert names(broken) == []


def test_answers_are_short(asked: tuple[Asked, ...]) -> None:
    """An answer has at most 800 characters, or 1,500 for a list, a table or several municipalities."""
    broken = [
        a
        for a in asked
        if len(a.answer.answer) > (1500 if a.case.type in LONG_TYPES or len(towns(a.answer)) > 1 else 800)
    ]
    assert names(broken) == []


def test_an_answer_is_cited_or_abstained_with_a_reason(asked: tuple[Asked, ...]) -> None:
    """An answer has citations and no reason; an abstention has a reason, a text and no citation."""
    broken = [
        a
        for a in asked
        if not a.answer.answer.strip()
        or bool(a.answer.citations) == a.answer.abstained
        or (a.answer.reason is not None) != a.answer.abstained
    ]
    assert names(broken) == []


def test_marks_and_citations_belong_together(asked: tuple[Asked, ...]) -> None:
    """Citations are numbered from 1, each has its [n] mark in the answer, and no mark lacks its citation."""
    broken = [
        a
        for a in asked
        if [c.n for c in a.answer.citations] != list(range(1, len(a.answer.citations) + 1))
        or marks(a.answer) != {c.n for c in a.answer.citations}
    ]
    assert names(broken) == []


def test_every_number_is_proven(asked: tuple[Asked, ...]) -> None:
    """Every number in an answer stands in one of its citations or in the question."""
    broken = [
        a
        for a in asked
        if not a.answer.abstained
        and not numbers(without_marks(a.answer.answer)) <= numbers(quoted(a.answer)) | numbers(a.case.question.text)
    ]
    assert names(broken) == []


def test_an_abstention_states_no_figure(asked: tuple[Asked, ...], assistant: Assistant) -> None:
    """An abstention holds no number but those of the headings it points to, all of the municipalities asked about."""
    covered = frozenset(p.municipality for p in assistant.index.plans)
    broken = [
        a
        for a in asked
        if a.answer.abstained
        and not numbers(a.answer.answer)
        <= numbers(headings(assistant.index, a.case.towns & covered)) | numbers(a.case.question.text)
    ]
    assert names(broken) == []


def test_ids_are_random(asked: tuple[Asked, ...], assistant: Assistant) -> None:
    """An answer's id has 128 bits in hexadecimal; no two answers share one, not even to the same question."""
    ids = [a.answer.id for a in asked] + [assistant.answer(asked[0].case.question).id]
    assert all(re.fullmatch(r"[0-9a-f]{32}", answer_id) for answer_id in ids)
    assert len(set(ids)) == len(ids)


def test_answers_are_japanese_text_without_markup(asked: tuple[Asked, ...]) -> None:
    """An answer shows no markup of the plan (tags, footnote marks, table tabs) and no invisible character."""
    markup = re.compile(r"</?[a-z]+>|\^\{|\t|\*\*")
    broken = [
        a
        for a in asked
        if markup.search(a.answer.answer)
        or any(unicodedata.category(c) in {"Cc", "Cf"} and c != "\n" for c in a.answer.answer)
    ]
    assert names(broken) == []


def test_the_question_is_kept_as_typed(asked: tuple[Asked, ...]) -> None:
    """An answer carries the question character for character, and says that it quotes."""
    broken = [a for a in asked if a.answer.question != a.case.question.text or a.answer.mode != "extractive"]
    assert names(broken) == []
