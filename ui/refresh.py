"""Plan files in, a fresh index out: what was given is taken in, what is gone is dropped, everything else stays.

A file that is as it was when its plan was indexed is not read again, and only the municipalities of other files are written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.commitments.find import commitments
from ingest.document import Document, Plan
from ingest.findings import Findings, count
from ingest.make_plan import UnreadablePlanError
from ingest.read_folder import PlanReader, Refusal, fingerprint, plan_files
from ingest.workers import ONE_PROCESS, Workers
from ui.sources import (
    Source,
    digests_of,
    keep_previous_sources,
    read_put_aside,
    read_sources,
    write_put_aside,
    write_sources,
)

if TYPE_CHECKING:
    from index.build_report import BuildReport
    from index.embedder import Embedder


class NothingToReadError(ValueError):
    """The given paths hold no plan file. The message is Japanese and names the path."""


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What reading one file found: the plan, how much of what, and what a person should check."""

    plan: Plan
    characters: int
    pages: int
    found: Findings
    commitments: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of the index. ``built`` is ``None`` when there was no plan to index, and the index is as it was.

    ``read`` tells of the files that were read, in the order of their plan ids; files that had not changed were not.
    ``left_out`` are the files of a folder whose plans somebody removed or replaced before.
    """

    built: BuildReport | None
    refused: tuple[Refusal, ...]
    read: tuple[ReadPlan, ...]
    left_out: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Who is told how far a refresh is: how many files are read of how many, and how many municipalities are written."""

    on_file: Callable[[int, int], None] = lambda done, total: None
    on_town: Callable[[int, int], None] = lambda done, total: None


SILENT = Progress()

UNWRITTEN = (
    "この市町村の索引を作る処理が、やり直しても途中で止まります（メモリーの不足が考えられます）。"
    "メモリーを増やすか、ファイルを分けてください。これまでに取り込んだ計画は、そのまま残しました。"
)


def preview(paths: Sequence[Path], *, progress: Progress = SILENT, workers: Workers = ONE_PROCESS) -> Refreshed:
    """Return what ``refresh_index`` would read of the files and folders for a new index; no index is touched.

    Raises:
        NothingToReadError: a path does not exist, or a folder holds no file.
    """
    reader = PlanReader()
    files = files_of(paths)
    read = [found for _, found in reader.seen(files, _found, workers=workers, on_file=progress.on_file)]
    return Refreshed(None, tuple(reader.refused), _in_order(read))


def refresh_index(
    paths: Sequence[Path],
    directory: Path,
    *,
    embedder: Embedder,
    progress: Progress = SILENT,
    drop: Collection[str] = (),
    chroma_url: str | None = None,
    workers: Workers = ONE_PROCESS,
) -> Refreshed:
    """Take the plans of files and folders into the index in ``directory``, and return what changed.

    A plan whose file lay in a given folder and is gone leaves the index; so does a plan whose file now has another
    plan id. A plan whose file is there but cannot be read any more stays as it was, and so do plans from elsewhere and
    plans without a file (``ui.corpus.load``).
    The plans that ``drop`` names leave the index wherever their files are; no file is touched.

    What was dropped, or replaced by a file named itself, stays so: a folder that still holds the old file, byte for byte, does
    not bring it back. Naming the file itself does.

    Files are read and municipalities written by ``workers``; a file over which they die again and again is refused.

    Raises:
        NothingToReadError: a path does not exist, or a folder holds no file.
        WorkersError: the workers are gone.
        IndexBusyError: another process is building this index.
        IndexWriteError: the folder does not take the new index; the old one still stands.
        ChromaServerError: the Chroma server at ``chroma_url`` does not take the vectors; the old index still stands.
    """
    from index.build import building
    from index.generation import published

    files = files_of(paths)
    named = {path.resolve() for path in paths if path.is_file()}
    with building(directory, embedder=embedder, chroma_url=chroma_url) as build:
        before, sources, put_aside = published(directory), read_sources(directory), read_put_aside(directory)
        left_out = _left_out(files, named, sources, put_aside)
        files = [file for file in files if file not in left_out]
        # A plan from elsewhere that the index can no longer give is read again, where its file is still there.
        held = {*build.keepable, *drop}
        files += [s.path for plan_id, s in sources.items() if plan_id not in held and _may_exist(s.path)]
        now = {path: _fingerprint(path) for path in files}
        unchanged = {p: s.path for p, s in sources.items() if p in build.keepable and _is_as_it_was(s, now)}
        reader = PlanReader(files=dict(unchanged))
        to_read = [path for path in now if path not in set(unchanged.values())]
        read: list[ReadPlan] = []
        for document, found in reader.seen(to_read, _found, workers=workers, on_file=progress.on_file):
            build.add(document)
            read.append(found)
        # A plan without a file (it was loaded) is read from the index itself where another model or other rules stored it.
        alone = build.intact.keys() - build.keepable.keys() - sources.keys() - reader.files.keys() - set(drop)
        for plan_id in sorted(alone):
            build.add(build.stored(plan_id))
        left = _left(sources, paths, reader.files) | set(drop)
        keep = {plan_id for plan_id in build.keepable if plan_id not in left}
        if not (read or keep or alone):
            return Refreshed(None, tuple(reader.refused), (), left_out)
        built = build.publish(keep, on_town=progress.on_town, workers=workers)
        if before not in ("", built.generation):
            keep_previous_sources(directory, before, sources)
        for plan_id in built.unwritten:
            if plan_id in reader.files:
                reader.refused.append(Refusal(reader.files.pop(plan_id), UNWRITTEN))
        read = [found for found in read if found.plan.plan_id in reader.files]
        brought = {p: Source(path, now[path]) for p, path in reader.files.items()}
        write_sources(directory, {p: s for p, s in sources.items() if p in keep} | brought)
        taken = named & set(reader.files.values())
        replaced = [s.path for p, s in sources.items() if p in drop or reader.files.get(p, s.path) in taken - {s.path}]
        write_put_aside(directory, (put_aside | digests_of(replaced)) - digests_of(taken))
    return Refreshed(built, tuple(reader.refused), _in_order(read), left_out)


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
    except OSError as error:
        raise NothingToReadError(_unreadable(path, error)) from error
    if not files:
        raise NothingToReadError(f"フォルダー {path} に計画のファイルがありません。計画のファイルを置いてください。")
    return files


def _unreadable(path: Path, error: OSError) -> str:
    from index.errors import system_reason

    reason, _ = system_reason(error)
    return f"{path} を開けません（{reason}）。読み取る権限があるかを確かめてください。"


def _fingerprint(path: Path) -> str:
    """Return a file's fingerprint, or "" for one that cannot be read: reading it will say why."""
    try:
        return fingerprint(path)
    except UnreadablePlanError:
        return ""


def _found(document: Document) -> ReadPlan:
    measures = commitments(document.plan, document.chunks, document.text)
    return ReadPlan(
        document.plan, len(document.text), len(document.pages), count(document), len(measures), document.doubts
    )


def _in_order(read: Iterable[ReadPlan]) -> tuple[ReadPlan, ...]:
    return tuple(sorted(read, key=lambda plan: plan.plan.plan_id))


def _left_out(
    files: Sequence[Path], named: Collection[Path], sources: Mapping[str, Source], put_aside: frozenset[str]
) -> tuple[Path, ...]:
    """Return the files of folders that were put aside; what a plan of the index was read from never is."""
    present = {source.path for source in sources.values()}
    others = (file for file in files if file not in named and file not in present)
    return tuple(file for file in others if digests_of([file]) & put_aside)


def _left(sources: Mapping[str, Source], paths: Sequence[Path], brought: Mapping[str, Path]) -> set[str]:
    """Return the plans that have left the file they were read from: it is gone from a given folder, or holds another plan."""
    folders = [path.resolve() for path in paths if path.is_dir()]
    holds = {file: plan_id for plan_id, file in brought.items()}
    return {
        plan_id
        for plan_id, (file, _) in sources.items()
        if holds.get(file, plan_id) != plan_id
        or (file not in holds and not _may_exist(file) and any(file.is_relative_to(folder) for folder in folders))
    }


def _is_as_it_was(source: Source, now: Mapping[Path, str]) -> bool:
    """Return whether the file of a source has the fingerprint that was recorded; one that was not readable never has."""
    return bool(source.fingerprint) and now.get(source.path) == source.fingerprint


def _may_exist(path: Path) -> bool:
    """Return whether a file is there, or lies where this process may not look."""
    try:
        return path.exists()
    except OSError:
        return True
