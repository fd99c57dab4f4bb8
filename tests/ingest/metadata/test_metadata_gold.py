"""What is read of a plan against what a person read: the five real plans, and invented ones in twelve other styles."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from ingest.document import Document
from ingest.metadata.read_facts import read_facts
from ingest.search_text import normalise

HERE = Path(__file__).parent
STYLES = tomllib.loads((HERE / "metadata_styles.toml").read_text("utf-8"))["plans"]
PLANS = ["hirao", "kagamino", "kamigori", "kamisato", "koge"]
DAYS = {"established": ("date",), "revised": ("date",), "valid_from": ("begins_date",), "valid_to": ("ends_date",)}


def gold(plan_id: str) -> dict[str, dict[str, Any]]:
    """Return a person's entries by field; the period's stand for both of its days."""
    data = tomllib.loads((HERE.parent / "inventory" / f"{plan_id}.toml").read_text("utf-8"))
    entries = {entry["key"]: entry for entry in data["metadata"]}
    return entries | {"valid_from": entries["period"], "valid_to": entries["period"]}


@pytest.mark.parametrize("plan_id", PLANS)
def test_the_facts_of_the_five_plans_and_their_places(plan_id: str, documents: tuple[Document, ...]) -> None:
    """Every fact that a person found is read with its value, at the words that the person quotes; none is made up."""
    text = next(document.text for document in documents if document.plan.plan_id == plan_id)
    entries, facts = gold(plan_id), read_facts(text)
    lines = text.split("\n")
    for field in ("title", "municipality", "prefecture", *DAYS):
        entry, stated = entries.get(field, {"stated": False}), getattr(facts, field)
        if entry.get("stated", True) is False or entry.get("none"):
            assert stated is None, field
            continue
        assert stated is not None, field
        quote = stated.span.of(text)
        assert quote in entry["quote"] or entry["quote"] in quote
        assert quote in lines[entry["line"] - 1]
        assert text.count("\n", 0, stated.span.start) + 1 == entry["line"]
        if field in DAYS:
            assert stated.value == entry[DAYS[field][0]]
        else:
            value = stated.value.name if field == "municipality" else stated.value
            assert normalise(value) == normalise(entry["value"])
    assert facts.conflicts == ()


@pytest.mark.parametrize("plan", STYLES, ids=[plan["title"] for plan in STYLES])
def test_plans_in_other_styles(plan: dict[str, str]) -> None:
    """Covers, tables, colophons and headings as other towns write them."""
    facts = read_facts(plan["text"])
    read = {
        "municipality": facts.municipality.value.code if facts.municipality else "",
        "title": normalize("NFKC", facts.title.value) if facts.title else "",
    } | {field: stated.value.isoformat() if (stated := getattr(facts, field)) else "" for field in DAYS}
    assert {field: read[field] for field in plan if field != "text"} == {
        field: value for field, value in plan.items() if field != "text"
    }
    assert facts.conflicts == ()


@pytest.mark.parametrize("plan_id", PLANS)
def test_evidence_is_kept_for_what_the_text_states(plan_id: str, documents: tuple[Document, ...]) -> None:
    """Also where plans.toml says the same; what only plans.toml knows has no place in the text."""
    plan = next(document.plan for document in documents if document.plan.plan_id == plan_id)
    stated = {
        field
        for field in ("title", "municipality", "prefecture", *DAYS)
        if (entry := gold(plan_id).get(field)) and entry.get("stated", True) and not entry.get("none")
    }
    assert {evidence.field for evidence in plan.evidence} == stated
