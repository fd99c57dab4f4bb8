"""A file is read in a process of its own: what it does to that process, ours goes on."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from ingest.extract.confined import Limits, read_confined
from ingest.extract.extracted import ExtractionError
from ingest.extract.read_file import READERS, read_file
from tests.ingest.extract.hostile_pdf import page, stream

FORMS = Path(__file__).resolve().parents[1] / "forms"
ENDLESS = page(
    stream(b"0 0 m " + b"1 1 l " * 3_000_000 + b"n")
)  # a path that is never drawn: half a minute of computing


@pytest.mark.parametrize("ending", [".html", ".docx", ".pdf"])
def test_the_answer_is_the_reader_s_own(ending: str) -> None:
    """Text, pages and extractor come back as the reader made them."""
    path = FORMS / f"a{ending}"
    assert read_file(path) == READERS[ending](path.read_bytes())


def test_a_refusal_comes_back_as_such(tmp_path: Path) -> None:
    """The sentence is the reader's."""
    path = tmp_path / "plan.pdf"
    path.write_text("計画", encoding="utf-8")
    with pytest.raises(ExtractionError, match="PDFファイルではありません"):
        read_confined(path)


def test_memory_is_bounded(tmp_path: Path) -> None:
    """A file that takes more than the bound is refused, and the sentence says what to do."""
    path = tmp_path / "plan.html"
    path.write_bytes(b"<p>" + b"plan " * 8_000_000)
    with pytest.raises(ExtractionError, match=r"メモリーが足りません。.*分割"):
        read_confined(path, Limits(memory=200_000_000))


@pytest.mark.parametrize("limits", [Limits(computing=1), Limits(seconds=1)])
def test_time_is_bounded(tmp_path: Path, limits: Limits) -> None:
    """A file that computes on and on is refused after the limit, by the processor's time or the clock's."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(ENDLESS)
    started = time.monotonic()
    with pytest.raises(ExtractionError, match="時間がかかりすぎる"):
        read_confined(path, limits)
    assert time.monotonic() - started < 10


def test_nothing_is_left_running(tmp_path: Path) -> None:
    """When time is over the child has ended."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(ENDLESS)
    with pytest.raises(ExtractionError):
        read_confined(path, Limits(seconds=1))
    mine = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True, check=False
    )
    assert "confined" not in mine.stdout


def test_a_reader_that_breaks_is_a_refusal(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where the child cannot even begin, the file is refused, and the log has the reason."""
    path = tmp_path / "plan.html"
    path.write_text("<p>計画", encoding="utf-8")
    with pytest.raises(ExtractionError, match="途中で止まりました"):
        read_confined(path, Limits(memory=1_000_000))
    assert "status" in caplog.text


def test_plain_text_needs_no_process(tmp_path: Path) -> None:
    """Reading a text file starts nothing."""
    path = tmp_path / "plan.txt"
    path.write_text("計画", encoding="utf-8")
    started = os.times().children_user
    assert read_file(path).text == "計画"
    assert os.times().children_user == started
