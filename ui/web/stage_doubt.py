"""What a measure's stage says where the plan's table no longer tells its end: a short mark, explained once on a page."""

from __future__ import annotations

from ingest.commitments.commitment import END_LOST, Stage

END_UNKNOWN = "終わりは不明"
EXPLAINED = f"「{END_UNKNOWN}」は、終わりの時期を計画の表から読み取れなかったことを表します。原文でお確かめください。"


def short_doubt(stage: Stage) -> str:
    """Return the mark of a stage, "" where nothing is in doubt; files tell the whole (``Stage.doubt``).

    >>> short_doubt(Stage("検討", "令和5年度", "", (), END_LOST))
    '終わりは不明'
    """
    return END_UNKNOWN if stage.doubt == END_LOST else stage.doubt
