"""Many sentences held against their quotes: what a good model writes is kept, what no plan says is dropped.

``guard_sentences.jsonl`` was written by hand, ``guard_mutations.jsonl`` made by ``mutate_sentences.py``. A third of each is
sealed: it was scored, not read, while the guard was made; the figures of both parts are in docs/chat-model.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Citation
from assistant.guard import proven_sentences
from tests.assistant.asking import ROOT

FOLDER = Path(__file__).parent
DOC = ROOT / "docs" / "chat-model.md"
TRUE = ("faithful", "unchanged")
TOWNS = {"hirao": "平生町", "koge": "上毛町", "kamisato": "上里町", "kamigori": "上郡町", "kagamino": "鏡野町"}
_ROW = re.compile(r"^\| (by hand|from the plans), (open|sealed) \| (\d+) of (\d+) \| (\d+) of (\d+) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the answer whose quotes it cites, the kind of untruth in it, and whether it was sealed."""

    source: str
    kind: str
    sealed: bool
    answer: Answer
    said: str

    def shown(self) -> bool:
        """Return whether the sentence is shown as it was said."""
        return "".join(proven_sentences(self.said, self.answer)) == self.said


def cases() -> Iterator[Case]:
    """Yield the sentences of both files."""
    quotes = json.loads((FOLDER / "guard_quotes.json").read_text("utf-8"))
    for record in _records("guard_sentences.jsonl"):
        yield _case("by hand", record, [quotes[name] for name in record["quotes"]])
    for record in _records("guard_mutations.jsonl"):
        yield _case("from the plans", record | {"question": "計画には何が書かれていますか"}, [record])


def _records(name: str) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, (FOLDER / name).read_text("utf-8").splitlines())


def _case(source: str, record: dict[str, Any], quoted: list[dict[str, Any]]) -> Case:
    citations = tuple(
        Citation(
            n, q["plan"], TOWNS[q["plan"]], "", "計画", tuple(q["heading"]), None, q["quote"], 0, len(q["quote"]), False
        )
        for n, q in enumerate(quoted, 1)
    )
    stated = "\n".join(f"{q['statement']}[{n}]" for n, q in enumerate(quoted, 1) if "statement" in q)
    answer = Answer("", record["question"], stated, False, None, citations, (), (), "extractive", 0.0)
    return Case(source, record["kind"], record["sealed"], answer, record["said"])


CASES = tuple(cases())
OPEN = [case for case in CASES if not case.sealed]


def test_every_quote_stands_in_its_plan() -> None:
    """The quotes are the plans' own words."""
    texts = {plan: (ROOT / "plans" / f"{plan}.txt").read_text("utf-8") for plan in TOWNS}
    assert all(c.quote in texts[c.plan_id] for case in CASES for c in case.answer.citations)


@pytest.mark.parametrize("case", [case for case in OPEN if case.kind not in TRUE], ids=lambda case: case.said)
def test_an_untrue_sentence_is_dropped(case: Case) -> None:
    """No sentence with another digit, era, unit, town, row, order, bound or modality than its quote is shown."""
    assert not case.shown()


@pytest.mark.parametrize("case", [case for case in OPEN if case.kind == "unchanged"], ids=lambda case: case.said)
def test_a_plans_own_sentence_is_kept(case: Case) -> None:
    """A plan's sentence, cited as it stands, is shown."""
    assert case.shown()


@pytest.mark.parametrize("source", ["by hand", "from the plans"])
@pytest.mark.parametrize("part", ["open", "sealed"])
def test_the_document_tells_how_many(source: str, part: str) -> None:
    """docs/chat-model.md says how many true sentences are kept and how many untrue ones dropped, as they are now."""
    told = {(m[1], m[2]): tuple(map(int, m.groups()[2:])) for m in _ROW.finditer(DOC.read_text("utf-8"))}
    chosen = [case for case in CASES if (case.source, case.sealed) == (source, part == "sealed")]
    true = [case.shown() for case in chosen if case.kind in TRUE]
    untrue = [not case.shown() for case in chosen if case.kind not in TRUE]
    assert told[source, part] == (sum(true), len(true), sum(untrue), len(untrue))
