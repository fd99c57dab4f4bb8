"""An index -> topics that most of its towns' plans answer, found in their own headings and proved by asking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from assistant.answer import Question
from index.index import Index
from ui.commitments.records import find_commitments
from ui.commitments.themes import shared_words

if TYPE_CHECKING:
    from assistant.assistant import Assistant

SHOWN = 6
_CANDIDATES = 20  # that are put to the assistant at most
_TOWNS = 8  # that each is put to at most, so that a large index is not asked for minutes

# What the plan of any town is asked for; like every other topic it is shown only where most plans answer.
_OF_ANY_PLAN = ("計画の期間", "推進体制")

_finding = Lock()
_found: WeakKeyDictionary[Index, tuple[str, ...]] = WeakKeyDictionary()


def suggested_topics(assistant: Assistant) -> tuple[str, ...]:
    """Return at most ``SHOWN`` topics that more than half of the towns answer; found once for an open index."""
    with _finding:
        if assistant.index not in _found:
            _found[assistant.index] = _find(assistant.extractive())
        return _found[assistant.index]


def _find(assistant: Assistant) -> tuple[str, ...]:
    codes = assistant.index.codes[:_TOWNS]
    good: list[str] = []
    for number, topic in enumerate(_candidates(assistant.index, codes)):
        if number == _CANDIDATES or len(good) == SHOWN:
            break
        if any(topic in other for other in good):
            continue
        answered = sum(not assistant.answer(Question(topic, (code,))).abstained for code in codes)
        if 2 * answered > len(codes):
            good.append(topic)
    return tuple(good)


def _candidates(index: Index, codes: Sequence[str]) -> Iterator[str]:
    yield from _OF_ANY_PLAN
    texts: dict[str, list[str]] = {}
    for record in find_commitments(index, "", codes):
        texts.setdefault(record.plan.municipality, []).append(record.commitment.title.text)
    for plan in (plan for plan in index.plans if plan.municipality_code in codes):
        headings = (heading for chunk in index.chunks(plan.plan_id) for heading in chunk.heading_path)
        texts.setdefault(plan.municipality, []).extend(dict.fromkeys(headings))
    yield from shared_words(texts)
