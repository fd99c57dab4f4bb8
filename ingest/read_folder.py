"""Plan files and folders -> documents, and a reason for each file that was refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.chunk import chunk
from ingest.document import Contact, Document, Plan
from ingest.metadata import StatedFacts, read_facts
from ingest.municipalities import Municipality, municipalities
from ingest.plans_toml import PlansTomlError, read_plans_toml, stated_date

SUFFIXES = (".txt", ".md")
MAX_BYTES = 50_000_000  # a municipal plan is below 1 MB of text; more is a wrong file
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")  # a form feed is a page break, and text


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
    text = read_text(path)
    entry = read_plans_toml(path.parent).get(path.name, {})
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    plan = _plan(path, entry, read_facts(text), digest)
    return Document(plan, text, digest, chunk(plan, text))


def read_text(path: Path) -> str:
    """Return the decoded file with its newlines as they are, without a byte order mark.

    Raises:
        UnreadablePlanError: it is no text file, or an empty one.
    """
    if path.suffix.lower() not in SUFFIXES:
        known = "・".join(SUFFIXES)
        form = path.suffix or "拡張子なし"
        raise UnreadablePlanError(
            f"この形式（{form}）は読めません。{known} のテキストに変換してから取り込んでください。"
        )
    if path.stat().st_size > MAX_BYTES:
        raise UnreadablePlanError(
            f"ファイルが大きすぎます（上限 {MAX_BYTES // 1_000_000} MB）。計画本文だけのファイルにしてください。"
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePlanError(
            "UTF-8 の文字として読めません。文字コードを UTF-8 にして保存し直してください。"
        ) from error
    if not text.strip():
        raise UnreadablePlanError("ファイルが空です。計画の本文が入ったファイルを指定してください。")
    if _CONTROL.search(text):
        raise UnreadablePlanError("文字ではないデータが含まれています。テキストファイルか確かめてください。")
    return text


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
        contact=Contact(*(str(contact.get(key, "")) for key in ("office", "phone", "page"))),
    )


def _municipality(name: str, code: str, facts: StatedFacts) -> Municipality | None:
    """Return the municipality of that name: the one with ``code``, the one that the text states, or the only one."""
    same = [m for m in municipalities() if m.name == name and code in ("", m.code)]
    if facts.municipality in same:
        return facts.municipality
    return same[0] if len(same) == 1 else None


def _ascii_stem(path: Path) -> str:
    """Return a plan id made of the file's name, or "" for a name in other letters."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") if path.stem.isascii() else ""
