"""Example and follow-up questions; each is shown only if the index answers it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.answer import Citation
from index.index import Index
from ingest.document import Chunk, Kind, Plan
from ingest.search_text import readable

EXAMPLES = 4
TRIED = 12  # questions that are put to a plan at most to find those
FOLLOW_UPS = 3
_TITLE_LIMIT = 30  # characters of a heading that still reads well inside a question

_NUMBERING = re.compile(
    r"^(?:第\s?[0-9０-９]+\s?[章節編]|[(（]?[0-9０-９]+[)）]?\s?[.．、]?(?:[-－][0-9０-９]+)?(?![0-9０-９年])|[①-⑳])\s*"
)
_SUBTITLE = re.compile(r"\s*[—―–].*$")

Answers = Callable[[str, str], bool]


def examples_for(index: Index, municipality: str, answers: Answers) -> tuple[str, ...]:
    """Return example questions for one municipality, or one for each of several; ``answers`` tells what gets an answer."""
    plans = [p for p in index.plans if municipality in ("", p.municipality)]
    if not plans:
        return ()
    each = EXAMPLES if municipality else 1
    found: list[str] = []
    for number, plan in enumerate(plans):
        candidates = list(dict.fromkeys(_about(plan, index)))
        if not municipality:  # not the same question for every municipality
            candidates = candidates[number % 3 :] + candidates[: number % 3]
        good = (q for q in candidates[:TRIED] if answers(q, plan.municipality))
        found += [q for q, _ in zip(good, range(each), strict=False)]
        if len(found) >= EXAMPLES:
            break
    return tuple(found[:EXAMPLES])


def follow_ups(index: Index, citations: Sequence[Citation], question: str, answers: Answers) -> tuple[str, ...]:
    """Return questions on what stands near the first citation."""
    if not citations:
        return ()
    first = citations[0]
    plan = index.plan(first.plan_id)
    chunks = index.chunks(plan.plan_id)
    at = next((i for i, c in enumerate(chunks) if c.span.start <= first.start < c.span.end), 0)
    nearby = [
        c
        for c in (*chunks[at + 1 : at + 12], *reversed(chunks[max(at - 8, 0) : at]))
        if c.heading_path != first.heading_path
    ]
    found: list[str] = []
    for candidate in _on_headings(_called(plan, index), nearby):
        if candidate not in found and candidate != question and answers(candidate, plan.municipality):
            found.append(candidate)
        if len(found) == FOLLOW_UPS:
            break
    return tuple(found)


def _about(plan: Plan, index: Index) -> Iterator[str]:
    name, chunks = _called(plan, index), index.chunks(plan.plan_id)
    if plan.valid_to is not None:
        yield f"{name}の期間はいつからいつまでですか？"
    entries = [c for c in chunks if c.kind is Kind.ENTRY]
    if entries:
        yield f"{name}にある「{entries[len(entries) // 2].term}」とは何ですか？"
    if any(chunk.kind is Kind.PARAGRAPH and "推進体制" in "".join(chunk.heading_path[-1:]) for chunk in chunks):
        yield f"{name}の推進体制は、どのようになっていますか？"
    yield from _on_headings(name, chunks[len(chunks) // 2 :])


def _called(plan: Plan, index: Index) -> str:
    """Return what to call a plan in a question: a municipality's only one is its plan, one of several has its title."""
    if len(index.plans_of(plan.municipality_code)) == 1:
        return f"{plan.municipality}の計画"
    return plan.title if plan.municipality in plan.title else f"{plan.municipality}の{plan.title}"


def _on_headings(name: str, chunks: Sequence[Chunk]) -> Iterator[str]:
    for chunk in chunks:
        title = chunk.term or (chunk.heading_path[-1] if chunk.heading_path else "")
        title = _spoken(readable(title))
        if not 3 < len(title) <= _TITLE_LIMIT or chunk.kind is Kind.OUTLINE:
            continue
        if chunk.kind is Kind.ENTRY:
            yield f"{name}にある「{title}」とは何ですか？"
        elif chunk.kind is Kind.PARAGRAPH:
            yield f"{name}では、「{title}」について何が書かれていますか？"


def _spoken(title: str) -> str:
    """Return a heading as one would say it: without number, brackets and subtitle.

    >>> _spoken("2. 計画の背景 — 社会変化に対応していくために—"), _spoken("②【情報発信の充実】")
    ('計画の背景', '情報発信の充実')
    """
    return _SUBTITLE.sub("", _NUMBERING.sub("", title)).strip("【】〔〕《》〈〉『』「」 ")
