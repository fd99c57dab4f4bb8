"""What can be wrong with an index, and with the embedder it needs. Every message is Japanese and names the way out.

::

    RuntimeError
    ├── IndexUnusableError       the index cannot be read
    │   ├── IndexMissingError    there is none
    │   ├── IndexMismatchError   it was built by another model or another version
    │   └── IndexDamagedError    its files are not what was written
    ├── IndexBusyError           another process is building it just now
    └── EmbedderMissingError     the embedding model cannot be read
"""

from __future__ import annotations

from pathlib import Path


class IndexUnusableError(RuntimeError):
    """The index cannot be read; the message says why and which command mends it."""


class IndexMissingError(IndexUnusableError):
    """There is no index in the folder."""

    def __init__(self, directory: Path) -> None:
        """Say that ``directory`` holds no index."""
        super().__init__(
            f"索引が見つかりません({directory})。"
            "「machiplan ingest 計画のフォルダー」を実行して、索引を作成してください。"
        )


class IndexMismatchError(IndexUnusableError):
    """The index was built by something else than what now reads it."""

    def __init__(self, what: str, built: str, now: str) -> None:
        """Say that ``what`` was ``built`` when the index was made and is ``now`` something else."""
        super().__init__(
            f"索引を作成したときの{what}({built})が、現在のもの({now})と異なります。"
            "「machiplan ingest 計画のフォルダー」を実行して、索引を作り直してください。"
        )


class IndexDamagedError(IndexUnusableError):
    """A file of the index is missing or is not what was written."""

    def __init__(self, path: Path, reason: str) -> None:
        """Say that ``path`` is damaged because of ``reason`` (Japanese, a noun phrase or a clause)."""
        super().__init__(
            f"索引のファイルが壊れています({path}: {reason})。"
            "「machiplan ingest 計画のフォルダー」を実行すると、壊れた部分だけが作り直されます。"
        )


class IndexBusyError(RuntimeError):
    """Another process is building the same index; the index that is there goes on answering."""

    def __init__(self, directory: Path) -> None:
        """Say that ``directory`` is being built."""
        super().__init__(
            f"別の処理が索引を作成しています({directory})。"
            "その処理が終わってから、もう一度実行してください。検索と回答は今の索引で続けられます。"
        )


class EmbedderMissingError(RuntimeError):
    """The embedding model cannot be read."""

    def __init__(self, name: str, remedy: str) -> None:
        """Say that the model ``name`` cannot be read, and the Japanese sentence that says what to do."""
        super().__init__(f"埋め込みモデル「{name}」を読み込めません。{remedy}")
