"""Plans that nobody published, in eight styles, are read as the people who wrote them read them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest
from inventory import load
from inventory_scores import score

from ingest.document import Document
from ingest.read_folder import read_plans

PLANS = Path(__file__).parent / "inventory" / "invented"

# What falls short, at most: missed and wrongly found. Every other kind of every plan is right.
SHORT: dict[str, dict[str, tuple[int, int]]] = {
    "a1": {
        "notes": (1, 1),
    },
    "a2": {
        "headings": (0, 1),
        "headings with path": (1, 4),
        "notes": (2, 0),
    },
    "b1": {
        "headings": (0, 1),
        "headings with path": (0, 1),
        "row labels": (1, 1),
        "figures": (1, 0),
    },
    "b2": {
        "measures": (0, 2),
    },
    "c1": {
        "metadata": (1, 1),
    },
    "c2": {
        "headings": (1, 2),
        "headings with path": (1, 3),
        "lists with item count": (1, 1),
    },
    "d1": {
        "headings with path": (1, 1),
        "total rows": (1, 0),
        "row labels": (3, 3),
        "measures": (0, 2),
    },
    "d2": {
        "headings": (0, 1),
        "headings with path": (0, 3),
        "total rows": (1, 0),
        "notes": (1, 0),
        "measures": (0, 2),
    },
}


@cache
def invented() -> dict[str, Document]:
    """Return the invented plans by their ids."""
    return {document.plan.plan_id: document for document in read_plans(sorted(PLANS.glob("*.txt"))).documents}


@pytest.mark.parametrize("name", sorted(path.stem for path in PLANS.glob("*.toml")))
def test_an_invented_plan_is_read_as_its_inventory_says(name: str) -> None:
    """Metadata, headings, tables, cells, cards, notes, lists, cut sentences, figures and measures, but for what is named above."""
    short = SHORT.get(name, {})
    for kind, one in score(load(name, PLANS), invented()[name]).items():
        missed, wrong = one.expected - one.right, one.answered - one.right
        assert (missed, wrong) <= short.get(kind, (0, 0)), (kind, one.missed, one.wrong)
        assert wrong <= short.get(kind, (0, 0))[1], (kind, one.wrong)


def test_every_quote_of_an_invented_plan_is_exact() -> None:
    """Whatever the style, each unit is a stretch of the text of at most 300 characters."""
    for document in invented().values():
        for chunk in document.chunks:
            assert all(0 < len(span.of(document.text)) <= 300 for unit in chunk.units for span in unit.spans)


def test_the_inventories_name_the_plans_beside_them() -> None:
    """A file and its inventory belong together."""
    for path in PLANS.glob("*.toml"):
        assert tomllib.loads(path.read_text("utf-8"))["plan"] == path.stem
        assert path.with_suffix(".txt").is_file()
