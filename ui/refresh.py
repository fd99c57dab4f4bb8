"""Plan files in, a fresh index out: what was given is taken in, what is gone is dropped, everything else stays."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexBusyError, IndexMissingError, IndexUnusableError
from ingest.document import Document
from ingest.read_folder import Refusal, plan_files, read_plans

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.embedder import Embedder

SOURCES = "sources.json"
"""In the index folder: the absolute path of the file that each plan was read from."""


class NothingToReadError(ValueError):
    """The given paths hold no plan file. The message is Japanese and names the path."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of the index. ``built`` is ``None`` when no file could be read, and the index is as it was.

    ``read`` holds the documents of the files that were read, in the order of their plan ids.
    """

    built: BuildReport | None
    refused: tuple[Refusal, ...]
    read: tuple[Document, ...]


def preview(paths: Sequence[Path], *, on_file: Callable[[Path], None] = lambda _: None) -> Refreshed:
    """Return what ``refresh_index`` would read of the files and folders; no index is touched.

    Raises:
        NothingToReadError: a path does not exist, or a folder holds no file.
    """
    read, refused = _read(files_of(paths), on_file)
    return Refreshed(None, refused, _in_order(read.values()))


def refresh_index(
    paths: Sequence[Path],
    directory: Path,
    *,
    embedder: Embedder,
    on_file: Callable[[Path], None] = lambda _: None,
) -> Refreshed:
    """Take the plans of files and folders into the index in ``directory``, and return what changed.

    ``on_file`` is called before each file is read.

    A plan whose file lay in a given folder and is gone leaves the index; so does a plan whose file now has another
    plan id. A plan whose file is there but cannot be read any more stays as it was, and so do plans from elsewhere.

    Raises:
        NothingToReadError: a path does not exist, or a folder holds no file.
        IndexBusyError: another process is building this index.
    """
    files = files_of(paths)
    with _alone(directory):
        read, refused = _read(files, on_file)
        sources = _read_sources(directory)
        staying = {plan_id: file for plan_id, file in sources.items() if not _left(plan_id, file, paths, read)}
        kept = _kept(directory, sources, staying, embedder=embedder, besides={d.plan.plan_id for d in read.values()})
        documents = sorted((*read.values(), *kept), key=lambda document: document.plan.plan_id)
        if not documents:
            return Refreshed(None, refused, ())
        from index.build import build_index

        built = build_index(documents, directory, embedder=embedder)
        _write_sources(directory, staying | {document.plan.plan_id: file for file, document in read.items()})
    return Refreshed(built, refused, _in_order(read.values()))


def _in_order(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple(sorted(documents, key=lambda document: document.plan.plan_id))


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Return the absolute paths of the files that the given paths stand for.

    Raises:
        NothingToReadError: one does not exist, or a folder holds no file.
    """
    return [file for path in paths for file in _files(path)]


def _files(path: Path) -> list[Path]:
    """Return the absolute paths of the files that ``path`` stands for: itself, or the files of a folder.

    Raises:
        NothingToReadError: it does not exist, or the folder holds no file.
    """
    try:
        files = plan_files(path.resolve())
    except FileNotFoundError as error:
        raise NothingToReadError(f"{path} がありません。計画のファイルかフォルダーを指定してください。") from error
    if not files:
        raise NothingToReadError(f"フォルダー {path} に計画のファイルがありません。計画のファイルを置いてください。")
    return files


def _read(
    files: Sequence[Path], on_file: Callable[[Path], None] = lambda _: None
) -> tuple[dict[Path, Document], tuple[Refusal, ...]]:
    read: dict[Path, Document] = {}
    refused: list[Refusal] = []
    taken: dict[str, Path] = {}
    for file in dict.fromkeys(files):
        on_file(file)
        reading = read_plans([file])
        refused += reading.refused
        for document in reading.documents:
            earlier = taken.setdefault(document.plan.plan_id, file)
            if earlier == file:
                read[file] = document
            else:
                reason = f"plan_id「{document.plan.plan_id}」が {earlier.name} と重なっています。"
                refused.append(Refusal(file, f"{reason}plans.toml で別の plan_id を付けてください。"))
    return read, tuple(refused)


def _left(plan_id: str, file: Path, paths: Sequence[Path], read: Mapping[Path, Document]) -> bool:
    """Return whether the plan that was once read from ``file`` has left it."""
    if file in read:
        return read[file].plan.plan_id != plan_id
    return not file.exists() and any(path.is_dir() and file.is_relative_to(path.resolve()) for path in paths)


def _kept(
    directory: Path,
    sources: Mapping[str, Path],
    staying: Mapping[str, Path],
    *,
    embedder: Embedder,
    besides: set[str],
) -> list[Document]:
    """Return the documents that stay: from the index, or from their files when the index cannot be read."""
    from index.index import Index

    try:
        index = Index.open(directory, embedder=embedder)
    except IndexMissingError:
        return []
    except IndexUnusableError:
        files = [file for plan_id, file in staying.items() if plan_id not in besides and file.exists()]
        return list(_read(files)[0].values())
    left = sources.keys() - staying.keys()
    return [
        Document(
            plan,
            text,
            hashlib.sha256(text.encode("utf-8")).hexdigest(),
            index.chunks(plan.plan_id),
            index.pages(plan.plan_id),
        )
        for plan in index.plans
        if plan.plan_id not in besides and plan.plan_id not in left
        for text in [index.text(plan.plan_id)]
    ]


def _read_sources(directory: Path) -> dict[str, Path]:
    try:
        recorded = json.loads((directory / SOURCES).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {str(plan_id): Path(file) for plan_id, file in recorded.items()}


def _write_sources(directory: Path, sources: Mapping[str, Path]) -> None:
    aside = directory / f"{SOURCES}.new"
    text = json.dumps({plan_id: str(file) for plan_id, file in sorted(sources.items())}, ensure_ascii=False, indent=1)
    aside.write_text(text, "utf-8")
    aside.replace(directory / SOURCES)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two runs cannot each keep what the other one changes."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "refresh.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusyError(directory) from error
        yield
