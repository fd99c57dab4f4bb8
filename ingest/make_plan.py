"""A plan's metadata: what ``plans.toml`` says, and for the rest what the text states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ingest.document import Contact, Evidence, Plan
from ingest.metadata.read_facts import StatedFacts
from ingest.metadata.stated import Stated
from ingest.metadata.title import same_title
from ingest.municipalities import Municipality, municipalities
from ingest.plans_toml import stated_date


class UnreadablePlanError(ValueError):
    """A plan file cannot be used. The message is Japanese and says what to do."""


# The fields of a plan that its text may state.
FIELDS = ("municipality", "prefecture", "title", "established", "revised", "valid_from", "valid_to")


def make_plan(path: Path, entry: dict[str, Any], facts: StatedFacts, digest: str) -> Plan:
    """Return the plan's metadata: the values of its ``plans.toml`` entry, and for the rest the stated facts.

    Raises:
        UnreadablePlanError: neither says whose plan it is.
        PlansTomlError: a date of the entry is none.
    """
    name = str(entry.get("municipality", facts.municipality.value.name if facts.municipality else ""))
    if not name:
        raise UnreadablePlanError(
            "どの自治体の計画か、本文から読み取れません。plans.toml に municipality と code を書いてください。"
        )
    found = _municipality(name, str(entry.get("code", "")), facts)
    code = str(entry.get("code", found.code if found else ""))
    if not re.fullmatch(r"\d{6}", code):
        raise UnreadablePlanError(f"{name} の自治体コード（6桁）が分かりません。plans.toml に code を書いてください。")
    contact = entry.get("contact", {})
    plan = Plan(
        plan_id=str(entry.get("plan_id") or id_from_name(path) or f"{code}-{digest[:8]}"),
        municipality=name,
        reading=str(entry.get("reading", found.reading if found else "")),
        municipality_code=code,
        prefecture=str(entry.get("prefecture", found.prefecture if found else "")),
        title=str(entry.get("title", facts.title.value if facts.title else f"{name}の計画")),
        established=_day("established", entry, facts.established),
        revised=_day("revised", entry, facts.revised),
        valid_from=_day("valid_from", entry, facts.valid_from),
        valid_to=_day("valid_to", entry, facts.valid_to),
        source=str(entry.get("source", path.name)),
        rights=str(entry.get("rights", "")),
        supersedes=_ids(entry.get("supersedes", ())),
        contact=Contact(*(str(contact.get(key, "")) for key in ("office", "phone", "page"))),
    )
    return replace(plan, evidence=tuple(_evidence(plan, facts)))


def agrees(field: str, used: object, stated: object) -> bool:
    """Return whether the text states the value that is used; of titles the words of one may stand inside the other.

    >>> agrees("title", "見本町ＤＸ推進計画 基本方針", "見本町DX推進計画"), agrees("municipality", "見本町", "見本市")
    (True, False)
    """
    if field == "title":
        return same_title(str(used), str(stated))
    return used == (stated.name if isinstance(stated, Municipality) else stated)


def _day(field: str, entry: dict[str, Any], stated: Stated[date] | None) -> date | None:
    """Return the day of the entry; where it has none, the stated one."""
    return stated_date(entry[field]) if field in entry else stated.value if stated else None


def _evidence(plan: Plan, facts: StatedFacts) -> Iterator[Evidence]:
    for field in FIELDS:
        stated: Stated[object] | None = getattr(facts, field)
        if stated is not None and agrees(field, getattr(plan, field), stated.value):
            yield Evidence(field, stated.span)


def _ids(value: object) -> tuple[str, ...]:
    """Return the plan ids of a ``plans.toml`` value: one, or a list of them."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def _municipality(name: str, code: str, facts: StatedFacts) -> Municipality | None:
    """Return the municipality of that name: the one with ``code``, the one that the text states, or the only one."""
    same = [m for m in municipalities() if m.name == name and code in ("", m.code)]
    if facts.municipality is not None and facts.municipality.value in same:
        return facts.municipality.value
    return same[0] if len(same) == 1 else None


def id_from_name(path: Path) -> str:
    """Return a plan id made of the file's name, or "" for a name in other letters."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") if path.stem.isascii() else ""
