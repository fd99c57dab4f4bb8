"""What can be wrong with an index, and with the models it needs. Every message is Japanese and names the way out.

::

    RuntimeError
    ├── IndexUnusableError       the index cannot be read
    │   ├── IndexMissingError    there is none
    │   ├── IndexMismatchError   it was built by another model or another version
    │   ├── IndexDamagedError    its files are not what was written
    │   ├── NoWayBackError       the generation before the current one cannot take its place
    │   └── NoRoomToReadError    the temporary folder does not take the copy that is read
    ├── IndexBusyError           another process is building it just now
    ├── IndexWriteError          a new index could not be written; the one that is there goes on answering
    │   └── ChromaServerError    the Chroma server does not answer, or does not take what is brought to it
    ├── EmbedderMissingError     the embedding model cannot be read
    └── RerankerMissingError     the reranking model cannot be read
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

# What the system says, and what to do about it, each as it stands in a sentence.
_PERMISSION = ("権限がありません", "書き込む権限を付けるか、別のフォルダーを指定して")
_NO_FOLDER = ("フォルダーではありません", "別のフォルダーを指定して")
SYSTEM_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("空き容量がありません", "不要なファイルを削除するなどして空き容量を増やして"),
    errno.EDQUOT: ("割り当てられた容量を使い切りました", "不要なファイルを削除するなどして空き容量を増やして"),
    errno.EFBIG: ("ファイルの大きさの上限を超えました", "上限（ulimit -f）を上げて"),
    errno.EROFS: ("書き込みが禁止されています", "書き込めるフォルダーを指定して"),
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ENOENT: ("ありません", "フォルダーがあるかを確かめて"),
    errno.EMFILE: ("同時に開けるファイルの数の上限を超えました", "上限（ulimit -n）を上げて"),
    errno.EIO: ("ディスクの読み書きに失敗しました", "ディスクに異常がないかを確かめて"),
}

# NumPy drops the system's number when a disk takes only part of an array: 「2140 requested and 992 written」.
_CUT_SHORT = " requested and "


def system_reason(error: OSError) -> tuple[str, str]:
    """Return what the system says in Japanese, and what to do first; both are parts of a sentence.

    >>> system_reason(OSError(errno.ENOSPC, "No space left on device"))[0]
    '空き容量がありません'
    >>> system_reason(OSError(errno.EBUSY, "Device or resource busy"))[0]
    'Device or resource busy'
    """
    return SYSTEM_REASONS.get(error.errno or 0, (error.strerror or str(error), "原因を取り除いて"))


class _SentenceError(RuntimeError):
    """A failure that one sentence tells, whatever that was made of; so it can come from another process."""

    def __reduce__(self) -> tuple[object, ...]:
        return _as_told, (type(self), self.args, self.__dict__)


def _as_told(kind: type[_SentenceError], told: tuple[object, ...], more: dict[str, object]) -> _SentenceError:
    error = kind.__new__(kind, *told)
    error.__dict__.update(more)
    return error


class IndexUnusableError(_SentenceError):
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
        self.what, self.built, self.now = what, built, now
        super().__init__(
            f"索引を作成したときの{what}({built})が、現在のもの({now})と異なります。"
            "「machiplan ingest 計画のフォルダー」を実行して、索引を作り直してください。"
        )


class IndexDamagedError(IndexUnusableError):
    """A file of the index is missing or is not what was written."""

    def __init__(self, path: Path, reason: str) -> None:
        """Say that ``path`` is damaged because of ``reason`` (Japanese, a noun phrase or a clause)."""
        self.path, self.reason = path, reason
        super().__init__(
            f"索引のファイルが壊れています({path}: {reason})。"
            "「machiplan ingest 計画のフォルダー」を実行すると、壊れた部分だけが作り直されます。"
        )


class NoWayBackError(IndexUnusableError):
    """The generation before the current one cannot take its place; the current one goes on answering."""

    def __init__(self, directory: Path, reason: str, remedy: str = "") -> None:
        """Say why (Japanese, a clause), and what to do, if anything can be done (a sentence)."""
        super().__init__(
            f"前の索引に戻せません({directory}: {reason})。{remedy}"
            "現在の索引は変わっていません。計画の内容を戻すには、前のファイルを「machiplan ingest ファイル」で取り込むか、"
            "「machiplan restore」でバックアップから戻してください。"
        )


class NoRoomToReadError(IndexUnusableError):
    """The temporary folder does not take the copy of the index that is read; the index itself is all right."""

    def __init__(self, folder: Path, error: OSError) -> None:
        """Say that ``folder`` did not take a copy because of ``error``."""
        self.error = error
        reason, remedy = system_reason(error)
        super().__init__(
            f"索引を読むための一時ファイルを書き込めません({folder}: {reason})。"
            f"{remedy}から、もう一度実行してください。環境変数 TMPDIR で別のフォルダーを指定することもできます。"
            "索引は壊れていません。"
        )


class IndexBusyError(_SentenceError):
    """Another process is building the same index; the index that is there goes on answering."""

    def __init__(self, directory: Path) -> None:
        """Say that ``directory`` is being built."""
        super().__init__(
            f"別の処理が索引を作成しています({directory})。"
            "その処理が終わってから、もう一度実行してください。検索と回答は今の索引で続けられます。"
        )


class IndexWriteError(_SentenceError):
    """A new index could not be written; the index that is there goes on answering."""

    def __init__(self, where: Path, reason: str, remedy: str) -> None:
        """Say that ``where`` did not take what was written because of ``reason``, and what to do first (``…て``)."""
        super().__init__(
            f"索引に書き込めません({where}: {reason})。"
            f"{remedy}から、もう一度実行してください。これまでの索引は、そのまま検索と回答に使えます。"
        )

    @classmethod
    def of(cls, error: OSError, directory: Path) -> Self:
        """Return the error for what the system said about a file of ``directory``, or about one that it names itself."""
        where = Path(error.filename) if isinstance(error.filename, str) else directory
        if error.errno is None and _CUT_SHORT in str(error):
            error = OSError(errno.ENOSPC, str(error))
        return cls(where, *system_reason(error))


class ChromaServerError(IndexWriteError):
    """The Chroma server does not answer, or does not take what is brought to it."""

    def __init__(self, url: str, reason: str) -> None:
        """Say that the server at ``url`` failed because of ``reason``, in whatever language that is."""
        RuntimeError.__init__(
            self,
            f"Chroma サーバー（{url}）を使えません（{reason}）。"
            "サーバーが動いていること、設定 MACHIPLAN_CHROMA_URL のアドレスが正しいことを確かめてから、もう一度実行してください。"
            "これまでの索引は、そのまま検索と回答に使えます。",
        )


class EmbedderMissingError(_SentenceError):
    """The embedding model cannot be read."""

    def __init__(self, name: str, remedy: str) -> None:
        """Say that the model ``name`` cannot be read, and the Japanese sentence that says what to do."""
        super().__init__(f"埋め込みモデル「{name}」を読み込めません。{remedy}")


class RerankerMissingError(_SentenceError):
    """The reranking model cannot be read."""

    def __init__(self, name: str, remedy: str) -> None:
        """Say that the model ``name`` cannot be read, and the Japanese sentence that says what to do."""
        super().__init__(f"並べ替えモデル「{name}」を読み込めません。{remedy}")


@contextmanager
def told_of_writing(directory: Path) -> Iterator[None]:
    """Turn what the system says while an index is written into one sentence."""
    try:
        yield
    except OSError as error:
        raise IndexWriteError.of(error, directory) from error
