"""Reading in a process of its own: a file made to exhaust memory or time ends that process, never ours.

The child is given the open file and nothing else to read, and answers in JSON, so that no object of its making is built here.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.extract.extracted import Extracted, ExtractionError

_LOG = logging.getLogger(__name__)
_START = "import sys; sys.path[:] = sys.argv[4:]; from ingest.extract import confined; confined.main()"
_OUT_OF_MEMORY = 3  # the child's exit status
_TOO_LONG = "ファイルの読み取りに時間がかかりすぎるため、中止しました。ファイルを分割するか、別のソフトで開いて保存し直してください。"
_TOO_LARGE = "ファイルの読み取りにメモリーが足りません。図や地図を除くか、ファイルを分割してから取り込んでください。"
_FAILED = "ファイルの読み取りが途中で止まりました。壊れている恐れがあります。別のソフトで開き、保存し直してください。"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take. Tesseract, which reads scans, computes in processes of its own: only the clock binds it."""

    memory: int = 3_000_000_000  # bytes of address space
    computing: int = 300  # seconds of the processor; a dense page of a PDF takes 0.3
    seconds: int = 3_900  # by the clock


def read_confined(path: Path, limits: Limits = Limits()) -> Extracted:
    """Return the text of a file by the reader for its suffix, run in a process of its own.

    Where the system does not limit memory (macOS), time alone is limited.

    Raises:
        ExtractionError: the reader refuses the file; or it takes too much memory or time, or breaks the reader.
        OSError: the file cannot be opened.
    """
    given = (path.suffix.lower(), str(limits.memory), str(limits.computing))
    with path.open("rb") as file:
        child = subprocess.Popen(
            [sys.executable, "-c", _START, *given, *sys.path],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that what it starts ends with it
        )
    try:
        out, errors = child.communicate(timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise ExtractionError(_TOO_LONG) from error
    finally:
        with suppress(ProcessLookupError, PermissionError):  # it has ended (macOS calls that a lack of permission)
            os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
    if child.returncode != 0:
        raise _death(child.returncode, errors)
    answer = json.loads(out)
    if "refused" in answer:
        raise ExtractionError(answer["refused"])
    return Extracted(answer["text"], tuple(answer["pages"]), answer["extractor"])


def _death(status: int, errors: bytes) -> ExtractionError:
    """Return the sentence for a child that ended without an answer."""
    if status == -signal.SIGXCPU:
        return ExtractionError(_TOO_LONG)
    if status in (_OUT_OF_MEMORY, -signal.SIGKILL):  # the system kills what takes too much
        return ExtractionError(_TOO_LARGE)
    _LOG.error("the reader ended with status %d: %s", status, errors[-4_000:].decode("utf-8", "replace"))
    return ExtractionError(_FAILED)


def main() -> None:
    """Read standard input by the suffix in the first argument, within the memory and time in the next two, and answer."""
    suffix, memory, computing = sys.argv[1:4]
    _bind(int(memory), int(computing))
    logging.disable()  # a hostile file can make a library complain a million times
    from ingest.extract.read_file import read_bytes

    answer: dict[str, object]
    try:
        extracted = read_bytes(suffix, sys.stdin.buffer.read())
        answer = {"text": extracted.text, "pages": extracted.pages, "extractor": extracted.extractor}
    except ExtractionError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8"))


def _bind(memory: int, computing: int) -> None:
    """Limit this process, as far as the system does that."""
    import resource

    for what, bound in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, computing),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (bound, bound + 10 if bound else 0))
