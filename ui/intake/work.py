"""``python -m ui.intake.work``: the process that reads plan files and publishes a new generation of the index."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from ui.background.child import CannotWorkError, Tell, work_on

READING, WRITING = "ファイルを読んでいます", "索引を作っています"


def take_in(task: dict[str, Any], tell: Tell) -> object:
    """Return the ingestion report of a task.

    ``paths`` are files to take in, ``drop`` ids of plans to remove; with ``look`` the files are read and no index touched.
    """
    from ui.ingest_report import report_json
    from ui.open import chroma_url, embedder
    from ui.refresh import NothingToReadError, Progress, preview, refresh_index
    from ui.settings import SettingsError, read_settings

    def writing(done: int, total: int) -> None:
        if (
            done == total
        ):  # what is left is a moment, and ended in it the index would have a plan whose file is not kept
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        tell(WRITING, done, total)

    paths = [Path(path) for path in task["paths"]]
    progress = Progress(lambda done, total: tell(READING, done, total), writing)
    try:
        if task.get("look"):
            refreshed = preview(paths, progress=progress)
            codes: dict[str, object] = {read.plan.plan_id: read.plan.municipality_code for read in refreshed.read}
            return report_json(refreshed) | {"codes": codes}
        index_dir = Path(task["index_dir"])
        settings = read_settings()
        return report_json(
            refresh_index(
                paths,
                index_dir,
                embedder=embedder(settings),
                progress=progress,
                drop=task["drop"],
                chroma_url=chroma_url(settings),
            )
        )
    except (NothingToReadError, SettingsError) as error:
        raise CannotWorkError(str(error)) from error


if __name__ == "__main__":
    work_on(take_in)
