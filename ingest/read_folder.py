"""Plan files and folders -> documents, and a reason for each file that was refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from ingest.chunk import chunk
from ingest.document import Document
from ingest.extract.extracted import ExtractionError
from ingest.extract.read_file import read_file
from ingest.findings import count, doubts
from ingest.make_plan import UnreadablePlanError, make_plan
from ingest.metadata.read_facts import read_facts
from ingest.plans_toml import PlansTomlError, read_plans_toml
from ingest.workers import ONE_PROCESS, Workers

READ_WITH = ("lxml", "pdfplumber")  # libraries of which another version may give another text

_Seen = TypeVar("_Seen")


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


def read_plans(paths: Sequence[Path]) -> Reading:
    """Return the documents of the given files and folders (not searched deeper), in the order of their plan ids.

    A file that cannot be used, or whose ``plans.toml`` cannot, is among the refused.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    reader = PlanReader()
    files = [file for path in paths for file in plan_files(path)]
    documents = [document for document, _ in reader.seen(files, _nothing)]
    return Reading(tuple(sorted(documents, key=lambda document: document.plan.plan_id)), tuple(reader.refused))


@dataclass(frozen=True)
class PlanReader:
    """Reads files, and remembers which were refused and which file brought which plan id."""

    refused: list[Refusal] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)

    def seen(
        self,
        files: Sequence[Path],
        look: Callable[[Document], _Seen],
        *,
        workers: Workers = ONE_PROCESS,
        on_file: Callable[[int, int], None] = lambda done, total: None,
    ) -> Iterator[tuple[Document, _Seen]]:
        """Yield the documents of those files that can be used, each with what ``look`` sees in it; the rest is refused.

        Each file and each plan id comes once. Reading and looking are the work of ``workers``; ``on_file`` is told how many
        files are read, of how many.
        """
        paths = list(dict.fromkeys(files))
        on_file(0, len(paths))
        results = workers.map(partial(_read, look=look), paths, lost=_lost)
        for done, (path, result) in enumerate(zip(paths, results, strict=True), 1):
            on_file(done, len(paths))
            if isinstance(result, Refusal):
                self.refused.append(result)
                continue
            document, seen = result
            plan_id = document.plan.plan_id
            if (earlier := self.files.setdefault(plan_id, path)) != path:
                reason = f"plan_id「{plan_id}」が {earlier.name} と重なっています。"
                self.refused.append(Refusal(path, f"{reason}plans.toml で別の plan_id を付けてください。"))
                continue
            yield document, seen


def _nothing(document: Document) -> None:
    """See nothing in a document."""


def _read(path: Path, look: Callable[[Document], _Seen]) -> tuple[Document, _Seen] | Refusal:
    try:
        document = read_plan(path)
    except UnreadablePlanError as error:
        return Refusal(path, str(error))
    return document, look(document)


def _lost(path: Path) -> Refusal:
    return Refusal(
        path,
        "読み取りの処理が、やり直しても途中で止まります（メモリーの不足か、ファイルの異常が考えられます）。"
        "メモリーを増やすか、ファイルを作り直してください。",
    )


def read_plan(path: Path) -> Document:
    """Return the document in one plan file; metadata from ``plans.toml`` beside it overrides what the text states.

    Raises:
        UnreadablePlanError: the file, or the ``plans.toml`` beside it, cannot be used.
    """
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise UnreadablePlanError("フォルダーの外へのリンクです。ファイルそのものをフォルダーに置いてください。")
    try:
        extracted = read_file(path)
        entry = read_plans_toml(path.parent).get(path.name, {})
        digest = hashlib.sha256(extracted.text.encode("utf-8")).hexdigest()
        stated = read_facts(extracted.text)
        plan = replace(make_plan(path, entry, stated, digest), extractor=extracted.extractor)
    except (ExtractionError, PlansTomlError) as error:
        raise UnreadablePlanError(str(error)) from error
    except OSError as error:
        raise UnreadablePlanError(f"ファイルを開けません（{error.strerror}）。") from error
    document = Document(plan, extracted.text, digest, chunk(plan, extracted.text), extracted.pages)
    return replace(document, doubts=doubts(plan, entry, stated, count(document).sections))


def fingerprint(path: Path) -> str:
    """Return a digest of all that decides what is read from a file: its bytes, its ``plans.toml`` entry, the code that reads it.

    Raises:
        UnreadablePlanError: the file, or the ``plans.toml`` beside it, cannot be used.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        entry = read_plans_toml(path.parent).get(path.name, {})
    except PlansTomlError as error:
        raise UnreadablePlanError(str(error)) from error
    except OSError as error:
        raise UnreadablePlanError(f"ファイルを開けません（{error.strerror}）。") from error
    versions = [version(name) for name in READ_WITH]
    digest.update(json.dumps([path.name, entry, _code_digest(), versions], sort_keys=True, default=str).encode())
    return digest.hexdigest()


@cache
def _code_digest() -> str:
    """Return the digest of this package's code and tables: whatever changes there, files are read again."""
    digest = hashlib.sha256()
    for path in sorted(path for ending in ("*.py", "*.tsv") for path in Path(__file__).parent.rglob(ending)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


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
