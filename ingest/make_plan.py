"""A plan's metadata: what ``plans.toml`` says, and for the rest what the text states."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ingest.document import Contact, Plan
from ingest.metadata import StatedFacts
from ingest.municipalities import Municipality, municipalities
from ingest.plans_toml import stated_date


class UnreadablePlanError(ValueError):
    """A plan file cannot be used. The message is Japanese and says what to do."""


def make_plan(path: Path, entry: dict[str, Any], facts: StatedFacts, digest: str) -> Plan:
    """Return the plan's metadata: the values of its ``plans.toml`` entry, and for the rest the stated facts.

    Raises:
        UnreadablePlanError: neither says whose plan it is.
    """
    name = str(entry.get("municipality", facts.municipality.name if facts.municipality else ""))
    if not name:
        raise UnreadablePlanError(
            "どの自治体の計画か、本文から読み取れません。plans.toml に municipality と code を書いてください。"
        )
    found = _municipality(name, str(entry.get("code", "")), facts)
    code = str(entry.get("code", found.code if found else ""))
    if not re.fullmatch(r"\d{6}", code):
        raise UnreadablePlanError(f"{name} の自治体コード（6桁）が分かりません。plans.toml に code を書いてください。")
    contact = entry.get("contact", {})
    return Plan(
        plan_id=str(entry.get("plan_id") or _ascii_stem(path) or f"{code}-{digest[:8]}"),
        municipality=name,
        reading=str(entry.get("reading", found.reading if found else "")),
        municipality_code=code,
        prefecture=str(entry.get("prefecture", found.prefecture if found else "")),
        title=str(entry.get("title", facts.title)),
        established=stated_date(entry["established"]) if "established" in entry else facts.established,
        revised=stated_date(entry["revised"]) if "revised" in entry else facts.revised,
        valid_from=stated_date(entry["valid_from"]) if "valid_from" in entry else facts.valid_from,
        valid_to=stated_date(entry["valid_to"]) if "valid_to" in entry else facts.valid_to,
        source=str(entry.get("source", path.name)),
        rights=str(entry.get("rights", "")),
        supersedes=_ids(entry.get("supersedes", ())),
        contact=Contact(*(str(contact.get(key, "")) for key in ("office", "phone", "page"))),
    )


def _ids(value: object) -> tuple[str, ...]:
    """Return the plan ids of a ``plans.toml`` value: one, or a list of them."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def _municipality(name: str, code: str, facts: StatedFacts) -> Municipality | None:
    """Return the municipality of that name: the one with ``code``, the one that the text states, or the only one."""
    same = [m for m in municipalities() if m.name == name and code in ("", m.code)]
    if facts.municipality in same:
        return facts.municipality
    return same[0] if len(same) == 1 else None


def _ascii_stem(path: Path) -> str:
    """Return a plan id made of the file's name, or "" for a name in other letters."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") if path.stem.isascii() else ""
