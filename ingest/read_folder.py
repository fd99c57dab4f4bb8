"""Plan files and folders -> documents, and a reason for each file that was refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.chunk import chunk
from ingest.document import Contact, Document, Plan
from ingest.metadata import StatedFacts, read_facts
from ingest.plans_toml import PLAN_ID, PlansTomlError, read_plans_toml, stated_date

SUFFIXES = (".txt", ".md")
MAX_BYTES = 50_000_000  # a municipal plan is below 1 MB of text; more is a wrong file
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


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

    Raises ``FileNotFoundError`` for a path that does not exist and ``PlansTomlError`` for a broken ``plans.toml``.
    """
    documents: dict[str, Document] = {}
    refused: list[Refusal] = []
    for path in _files(paths):
        progress(path)
        try:
            document = read_plan(path)
        except (UnreadablePlanError, PlansTomlError) as error:
            refused.append(Refusal(path, str(error)))
            continue
        if document.plan.plan_id in documents:
            refused.append(Refusal(path, f"plan_id「{document.plan.plan_id}」の計画がすでにあります。plans.toml で別の plan_id を付けてください。"))
            continue
        documents[document.plan.plan_id] = document
    return Reading(tuple(documents[plan_id] for plan_id in sorted(documents)), tuple(refused))


class UnreadablePlanError(ValueError):
    """A plan file cannot be used. The message is Japanese and says what to do."""


def read_plan(path: Path) -> Document:
    """Return the document in one plan file; metadata from ``plans.toml`` beside it overrides what the text states."""
    text = read_text(path)
    entry = read_plans_toml(path.parent).get(path.name, {})
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    plan = _plan(path, entry, read_facts(text), digest)
    return Document(plan, text, digest, chunk(plan, text))


def read_text(path: Path) -> str:
    """Return the decoded file with its newlines as they are."""
    if path.suffix.lower() not in SUFFIXES:
        known = "・".join(SUFFIXES)
        raise UnreadablePlanError(f"この形式（{path.suffix or '拡張子なし'}）は読めません。{known} のテキストに変換してから取り込んでください。")
    if path.stat().st_size > MAX_BYTES:
        raise UnreadablePlanError(f"ファイルが大きすぎます（上限 {MAX_BYTES // 1_000_000} MB）。計画本文だけのファイルにしてください。")
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadablePlanError("UTF-8 の文字として読めません。文字コードを UTF-8 にして保存し直してください。") from error
    if not text.strip():
        raise UnreadablePlanError("ファイルが空です。計画の本文が入ったファイルを指定してください。")
    if _CONTROL.search(text):
        raise UnreadablePlanError("文字ではないデータが含まれています。テキストファイルか確かめてください。")
    return text


def _files(paths: Iterable[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(p for p in path.iterdir() if p.is_file() and p.name != "plans.toml" and not p.name.startswith("."))
        elif path.is_file():
            files.append(path)
        else:
            raise FileNotFoundError(f"{path} がありません。計画のファイルまたはフォルダーを指定してください。")
    return list(dict.fromkeys(files))


def _plan(path: Path, entry: dict[str, Any], facts: StatedFacts, digest: str) -> Plan:
    found = facts.municipality
    name = str(entry.get("municipality", found.name if found else ""))
    if not name:
        raise UnreadablePlanError("どの自治体の計画か、本文から読み取れません。plans.toml に municipality と code を書いてください。")
    if found is not None and found.name != name:
        found = None
    code = str(entry.get("code", found.code if found else ""))
    if not re.fullmatch(r"\d{6}", code):
        raise UnreadablePlanError(f"{name} の自治体コード（6桁）が分かりません。plans.toml に code を書いてください。")
    stem = path.stem.lower()
    contact = entry.get("contact", {})
    return Plan(
        plan_id=str(entry.get("plan_id") or (stem if PLAN_ID.fullmatch(stem) else f"{code}-{digest[:8]}")),
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
        contact=Contact(*(str(contact.get(key, "")) for key in ("office", "phone", "page"))),
    )
