"""Plan files and folders -> documents, and a reason for each file that was refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.chunk import chunk
from ingest.document import Contact, Document, Plan
from ingest.extract.extracted import ExtractionError
from ingest.extract.read_file import read_file
from ingest.findings import count, doubts
from ingest.metadata import StatedFacts, read_facts
from ingest.municipalities import Municipality, municipalities
from ingest.plans_toml import PlansTomlError, read_plans_toml, stated_date


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not read and why, in Japanese."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading files: the documents, and the refused files."""

    documents: tuple[Document, ...]
    refused: tuple[Refusal, ...]


def read_plans(paths: Sequence[Path], *, progress: Callable[[Path], None] = lambda path: None) -> Reading:
    """Return the documents of the given files and folders (not searched deeper), in the order of their plan ids.

    A file that cannot be used, or whose ``plans.toml`` cannot, is among the refused.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    documents: dict[str, Document] = {}
    refused: list[Refusal] = []
    for path in dict.fromkeys(file for given in paths for file in plan_files(given)):
        progress(path)
        try:
            document = read_plan(path)
        except (UnreadablePlanError, PlansTomlError) as error:
            refused.append(Refusal(path, str(error)))
            continue
        if document.plan.plan_id in documents:
            reason = f"plan_id「{document.plan.plan_id}」の計画がすでにあります。"
            refused.append(Refusal(path, f"{reason}plans.toml で別の plan_id を付けてください。"))
            continue
        documents[document.plan.plan_id] = document
    return Reading(tuple(documents[plan_id] for plan_id in sorted(documents)), tuple(refused))


class UnreadablePlanError(ValueError):
    """A plan file cannot be used. The message is Japanese and says what to do."""


def read_plan(path: Path) -> Document:
    """Return the document in one plan file; metadata from ``plans.toml`` beside it overrides what the text states."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise UnreadablePlanError("フォルダーの外へのリンクです。ファイルそのものをフォルダーに置いてください。")
    try:
        extracted = read_file(path)
    except ExtractionError as error:
        raise UnreadablePlanError(str(error)) from error
    except OSError as error:
        raise UnreadablePlanError(f"ファイルを開けません（{error.strerror}）。") from error
    entry = read_plans_toml(path.parent).get(path.name, {})
    digest = hashlib.sha256(extracted.text.encode("utf-8")).hexdigest()
    stated = read_facts(extracted.text)
    plan = replace(_plan(path, entry, stated, digest), extractor=extracted.extractor)
    document = Document(plan, extracted.text, digest, chunk(plan, extracted.text), extracted.pages)
    return replace(document, doubts=doubts(plan, entry, stated, count(document).sections))


def plan_files(path: Path) -> list[Path]:
    """Return the files that ``path`` stands for: itself, or those of a folder but ``plans.toml`` and hidden ones.

    Raises:
        FileNotFoundError: it does not exist.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise FileNotFoundError(f"{path} がありません。計画のファイルまたはフォルダーを指定してください。")
    return sorted(p for p in path.iterdir() if p.is_file() and p.name != "plans.toml" and not p.name.startswith("."))


def _plan(path: Path, entry: dict[str, Any], facts: StatedFacts, digest: str) -> Plan:
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
