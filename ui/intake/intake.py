"""Plans added, replaced and removed while the server runs. One change at a time; the index always stays whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any, BinaryIO

from index.errors import system_reason
from ingest.make_plan import id_from_name
from ui.background.worker import Stage, Worker, WorkerBusyError, WorkFailedError
from ui.intake.names import FileRefusedError, safe_name
from ui.sources import Source, read_sources

if TYPE_CHECKING:
    from ingest.document import Plan

    Report = dict[str, Any]

LARGEST_FILE = 30 * 1024 * 1024
"""Bytes. A scanned plan of two hundred pages has about twenty million; text and drawings alone far fewer."""

TOO_LARGE = f"ファイルが大きすぎます。{LARGEST_FILE // 1024**2} MB までのファイルにしてください。"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: the name its sender gave it, and its content, to be read once."""

    name: str
    content: BinaryIO


class NoSuchPlanError(KeyError):
    """The index holds no plan of that id."""


class LastPlanError(ValueError):
    """The index would be left without any plan."""


class Intake:
    """Keeps what was sent in ``folder`` and takes it into the index in ``index_dir``, in a process of its own.

    A file is in ``folder`` only when a plan of the index was read from it, or while it is being taken in.
    """

    def __init__(self, folder: Path, index_dir: Path) -> None:
        self._folder = folder
        self._index_dir = index_dir
        self._worker = Worker("ui.intake.work")
        self._alone = Lock()

    @property
    def stage(self) -> Stage | None:
        """How far the present change is; ``None`` when there is none."""
        return self._worker.stage

    def cancel(self) -> None:
        """End the present change, and begin none any more; the index and the folder are as they were before it."""
        self._worker.cancel()

    def files(self) -> dict[str, Path]:
        """Return the file that each plan was read from, by plan id, as far as that is recorded."""
        return {plan_id: source.path for plan_id, source in self._sources().items()}

    def is_own(self, path: Path) -> bool:
        """Return whether a file lies in the folder of what was sent."""
        return path.parent == self._folder.resolve()

    def add(self, uploads: Sequence[Upload], plans: Sequence[Plan]) -> Report:
        """Take new plans in beside the present ``plans`` and return the ingestion report; what cannot be is refused in it.

        Raises:
            WorkerBusyError: another change is being made.
            WorkFailedError: the index does not take them; it is as it was.
        """
        with self._change() as aside:
            staged, refused = self._staged(uploads, aside, {plan.plan_id for plan in plans})
            finals = [self._folder.resolve() / path.name for path in staged]
            for path, final in zip(staged, finals, strict=True):
                path.replace(final)
            try:
                report = self._taken_in(finals, ()) if finals else _nothing()
            except BaseException:
                _unlink(finals)
                raise
            turned_down = {refusal["path"] for refusal in report["refused"]}
            _unlink([final for final in finals if str(final) in turned_down])
            return _told(report, refused)

    def replace(self, plan: Plan, upload: Upload) -> Report:
        """Put a file in the place of a plan, under the plan's id, and return the ingestion report.

        Raises:
            FileRefusedError: it cannot be read, or is another municipality's plan. Everything is as it was.
            WorkerBusyError: another change is being made.
            WorkFailedError: the index does not take it; it is as it was.
        """
        with self._change() as aside:
            staged = _written(upload, aside / f"{plan.plan_id}{Path(safe_name(upload.name)).suffix}")
            self._must_stand_for(staged, plan)
            final, before = self._folder.resolve() / staged.name, self.files().get(plan.plan_id)
            kept = final.replace(aside / "before") if final.exists() else None
            staged.replace(final)
            try:
                report = self._taken_in([final], ())
            except BaseException:
                kept.replace(final) if kept else final.unlink()
                raise
            if before and before != final and self.is_own(before):
                before.unlink(missing_ok=True)
            return _told(report, [], self._notes(before))

    def remove(self, plan: Plan, plans: Sequence[Plan]) -> Report:
        """Remove a plan of the present ``plans`` and return the ingestion report; its file goes if it was sent to this server.

        Raises:
            LastPlanError: it is the only one.
            WorkerBusyError: another change is being made.
            WorkFailedError: the index could not be changed; it is as it was.
        """
        if len(plans) == 1:
            raise LastPlanError
        with self._change():
            before = self.files().get(plan.plan_id)
            report = self._taken_in([], [plan.plan_id])
            if before and self.is_own(before):
                before.unlink(missing_ok=True)
            return _told(report, [], self._notes(before))

    @contextmanager
    def _change(self) -> Iterator[Path]:
        """Give a folder for files that are not in use yet, beside those that are; nobody else changes anything meanwhile.

        Raises:
            WorkerBusyError: another change is being made.
            WorkFailedError: the folder takes no file.
        """
        if not self._alone.acquire(blocking=False):
            raise WorkerBusyError
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(prefix=".incoming-", dir=self._folder, ignore_cleanup_errors=True) as aside:
                yield Path(aside).resolve()
        except OSError as error:
            reason, remedy = system_reason(error)
            raise WorkFailedError(
                f"送られたファイルを保存できません（{reason}）。{remedy}から、もう一度お試しください。計画と索引は元のままです。"
            ) from error
        finally:
            self._alone.release()

    def _staged(self, uploads: Sequence[Upload], aside: Path, ids: set[str]) -> tuple[list[Path], list[dict[str, str]]]:
        """Write what was sent into ``aside``; return the files, and what is refused before anything is read."""
        taken = {path.name for path in self.files().values() if self.is_own(path)}
        staged: list[Path] = []
        refused: list[dict[str, str]] = []
        for upload in uploads:
            try:
                name = safe_name(upload.name)
                if name in taken or id_from_name(Path(name)) in ids:
                    raise FileRefusedError(
                        f"「{name}」の計画はすでにあります。新しいファイルにするときは、一覧の「入れ替える」を使ってください。"
                    )
                staged.append(_written(upload, aside / name))
                taken.add(name)
            except FileRefusedError as error:
                refused.append({"path": upload.name, "reason": str(error)})
        return staged, refused

    def _must_stand_for(self, staged: Path, plan: Plan) -> None:
        seen = self._worker.run({"paths": [str(staged)], "look": True})
        for refusal in seen["refused"]:
            raise FileRefusedError(refusal["reason"])
        if seen["codes"] != {plan.plan_id: plan.municipality_code}:
            town = seen["read"][0]["municipality"]
            raise FileRefusedError(
                f"このファイルは{town}の計画として読み取れました。{plan.municipality}の計画とは入れ替えられません。"
                "ファイルを確かめるか、新しい計画として追加してください。"
            )

    def _taken_in(self, paths: Sequence[Path], drop: Sequence[str]) -> Report:
        task = {"paths": [str(path) for path in paths], "drop": list(drop), "index_dir": str(self._index_dir)}
        report: Report = self._worker.run(task)
        return report

    def _sources(self) -> dict[str, Source]:
        return read_sources(self._index_dir)

    def _notes(self, before: Path | None) -> list[str]:
        """Return what to tell of a file that is not this server's own to delete."""
        if before is None or self.is_own(before) or not before.exists():
            return []
        note = (
            f"元のファイル「{before.name}」は、計画のフォルダーに残っています。"
            "サーバーを起動し直しても、元の計画には戻りません。戻すときは、そのファイルを管理ページから送ってください。"
        )
        return [note]


def _written(upload: Upload, path: Path) -> Path:
    """Write a file that was sent; refuse one that is too large or empty."""
    with path.open("xb") as out:
        shutil.copyfileobj(upload.content, out)
        size = out.tell()
    if size > LARGEST_FILE or not size:
        path.unlink()
        raise FileRefusedError(TOO_LARGE if size else "ファイルが空です。中身のあるファイルを選んでください。")
    return path


def _unlink(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _nothing() -> Report:
    from ui.ingest_report import report_json
    from ui.refresh import Refreshed

    return dict(report_json(Refreshed(None, (), ())))


def _told(report: Report, refused: Sequence[dict[str, str]], notes: Sequence[str] = ()) -> Report:
    """Return a report with files by their names alone, what was refused before, and notes."""
    named = [{"path": Path(refusal["path"]).name, "reason": refusal["reason"]} for refusal in report["refused"]]
    return report | {"refused": [*refused, *named], "notes": list(notes)}
