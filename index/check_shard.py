"""Open finished shards in a fresh process and ask them: ``python -m index.check_shard FOLDER...``.

What one process wrote counts only when another one can read it: vectors that never reached the disk look all right in
the process that wrote them. Exit code 0 when every shard answers; 3, and the system's error number on stderr, when there
is no room for the copies that are asked, which lie beside the shards; 1, and a sentence, for anything else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from index.chroma import CHROMA, Embedded
from index.errors import IndexDamagedError, IndexUnusableError, IndexWriteError, NoRoomToReadError, system_reason
from index.lexical import Asked
from index.shard import Shard

# So many vectors of a shard, evenly spread, are looked for.
SAMPLE = 64

NO_ROOM = 3


def check_in_fresh_process(folders: Sequence[Path]) -> None:
    """Run this file over finished shards.

    Raises:
        IndexWriteError: a shard does not answer, or could not be asked; the message carries what the process said.
    """
    if not folders:
        return
    command = [sys.executable, "-m", "index.check_shard", *(str(folder.resolve()) for folder in folders)]
    root = Path(__file__).parent.parent
    try:
        result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except OSError as error:
        reason, remedy = system_reason(error)
        raise IndexWriteError(Path(sys.executable), f"確認の処理を始められません。{reason}", remedy) from error
    said = (result.stderr.strip().splitlines() or [f"終了コード {result.returncode}"])[-1]
    if result.returncode == NO_ROOM:
        raise IndexWriteError.of(OSError(int(said), os.strerror(int(said))), folders[0].parent)
    if result.returncode:
        remedy = "ディスクの空き容量と異常がないかを確かめて"
        raise IndexWriteError(folders[0].parent, f"書き込んだ内容を読み出せません。{said}", remedy)


def check_shard(folder: Path, home: Embedded) -> None:
    """Ask a shard for what it must hold: files as sealed, every vector, and a sample of them by searching.

    Raises:
        IndexDamagedError: something is missing.
    """
    shard = Shard(folder)
    shard.check()
    meanings, vectors = shard.meanings, home.open(shard)
    rows = len(meanings.vectors)
    if sorted(vectors.numbers()) != list(range(rows)) or len(meanings.starts) != len(shard.chunks) + 1:
        raise IndexDamagedError(folder / CHROMA, f"{rows}件のうち{vectors.count()}件のベクトルしか読み出せません")
    for row in range(0, rows, max(1, rows // SAMPLE)):
        if not meanings.is_found(row, vectors.nearest):
            raise IndexDamagedError(folder / CHROMA, f"{row + 1}件目のベクトルが見つかりません")
    if len(shard.lexical.scores(Asked.of("計画"))) != len(shard.chunks):
        raise IndexDamagedError(folder, "語の索引の件数が合いません")
    vectors.close()


def main() -> None:
    """Check the shards named on the command line."""
    for argument in sys.argv[1:]:
        folder = Path(argument)
        try:
            home = Embedded(folder.parent)
            check_shard(folder, home)
            home.close()
        except NoRoomToReadError as error:
            sys.stderr.write(f"{error.error.errno or 0}\n")
            sys.exit(NO_ROOM)
        except IndexUnusableError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
