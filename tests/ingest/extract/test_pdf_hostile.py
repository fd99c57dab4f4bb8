"""PDF files that are made to do harm end in text or in a sentence, within the bounds of the process that reads them."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.extract.confined import Limits, read_confined
from ingest.extract.extracted import ExtractionError
from tests.ingest.extract.hostile_pdf import FONT, FORM, WORDS, deep_tree, page, pdf, raw, stream

LIMITS = Limits(memory=1_500_000_000, computing=15, seconds=60)
TREE = b"<</Type/Catalog/Pages 2 0 R>>"


def show_forms(inside: bytes, resources: bytes) -> bytes:
    """Return a page whose form shows another ten times, which shows another ten times, twelve deep."""
    show = [stream(b"/X Do " * 10, FORM + b"/Resources<</XObject<</X %d 0 R>>>>" % (7 + i)) for i in range(12)]
    last = stream(inside, FORM + b"/Resources<<%b>>" % resources)
    return page(stream(WORDS + b"/X Do"), b"/XObject<</X 6 0 R>>", [*show, last])


def twice_packed(content: bytes) -> bytes:
    """Return a page whose content is packed twice, so that one unpacking shows little."""
    return page(raw(zlib.compress(zlib.compress(content, 9), 9), b"/Filter[/FlateDecode/FlateDecode]"))


TOO_MANY = "文字と線が多すぎます"
TOO_LONG = "時間がかかりすぎる"
TOO_LARGE = "メモリーが足りません"
DAMAGED = "壊れているか、途中で切れています"
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "pages 1,000 levels down": (lambda: deep_tree(1_000), DAMAGED),
    "pages 100,000 levels down": (lambda: deep_tree(100_000), DAMAGED),
    "pages in a circle": (lambda: pdf([TREE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]), "ページがありません"),
    "brackets without end": (lambda: pdf([b"<</Type/Catalog/Pages " + b"[" * 200_000]), "ページがありません"),
    "a page of no size": (lambda: page(stream(WORDS)).replace(b"[0 0 595 842]", b"[0 0 9e300 9e300]"), DAMAGED),
    "content of content": (lambda: page(b"<</Length 4 0 R>>\nstream\nBT ET\nendstream"), DAMAGED),
    "runs of one byte": (
        lambda: page(raw(zlib.compress(b"\x81 " * 20_000_000), b"/Filter[/FlateDecode/RunLengthDecode]")),
        f"{TOO_LARGE}|{TOO_LONG}",
    ),
}
SLOW: dict[str, tuple[Callable[[], bytes], str]] = {
    "lines of a map": (lambda: page(stream(WORDS + b"0 0 m 9 9 l S\n" * 201_000)), TOO_MANY),
    "forms in forms": (lambda: show_forms(b"q Q ", b""), TOO_MANY),
    "an object that is itself": (lambda: pdf([TREE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"3 0 R"]), TOO_LONG),
    "a gigabyte packed twice": (lambda: twice_packed(b"q Q " * 250_000_000), f"{TOO_LARGE}|{TOO_LONG}"),
    "60 MB of nothing": (lambda: page(stream(b"q Q " * 15_000_000)), TOO_LONG),
    "content that calls itself a picture": (lambda: page(stream(b"q Q " * 100_000_000, b"/Image 1")), TOO_LONG),
    "a path that is never drawn": (lambda: page(stream(b"0 0 m " + b"1 1 l " * 5_000_000 + b"n")), TOO_LONG),
    "a picture in the line without end": (
        lambda: page(stream(WORDS + b"BI /W 1 /H 1 ID " + b"E" * 5_000_000)),
        TOO_LONG,
    ),
}
READ: dict[str, Callable[[], bytes]] = {
    "a form that shows itself": lambda: page(
        stream(WORDS + b"/X Do"),
        b"/XObject<</X 6 0 R>>",
        [stream(WORDS + b"/X Do " * 2, FORM + b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>")],
    ),
    "a page 100,000 times": lambda: pdf(
        [
            TREE,
            b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            stream(WORDS),
            FONT,
        ]
    ),
    "lines that cross": lambda: page(
        stream(WORDS + b"".join(b"0 %d m 595 %d l S %d 0 m %d 842 l S\n" % (i, i, i, i) for i in range(800)))
    ),
    "streams in name": lambda: page(stream(WORDS), more=[b"stream\n" * 300_000]),
    "brackets in the content": lambda: page(stream(WORDS + b"[" * 100_000)),
    "a number of 100,000 digits": lambda: page(stream(WORDS + b"1" * 100_000 + b" 0 m 1 1 l S")),
    "letters beyond all measure": lambda: page(
        stream(WORDS + b"1e308 0 0 1e308 0 0 cm 1e308 0 0 1e308 0 0 cm " + WORDS)
    ),
}


def refusal(path: Path, data: bytes) -> str:
    """Return the sentence with which a file is refused."""
    path.write_bytes(data)
    started = time.monotonic()
    with pytest.raises(ExtractionError) as caught:
        read_confined(path, LIMITS)
    assert time.monotonic() - started < LIMITS.seconds
    return str(caught.value)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused(tmp_path: Path, name: str) -> None:
    """The sentence says what is wrong; the reader's own bounds come before those of its process where they can."""
    make, reason = REFUSED[name]
    sentence = refusal(tmp_path / "plan.pdf", make())
    assert any(part in sentence for part in reason.split("|"))


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_a_file_that_only_its_process_bounds_is_refused(tmp_path: Path, name: str) -> None:
    """What the reader cannot see coming ends with the process's memory or time."""
    make, reason = SLOW[name]
    sentence = refusal(tmp_path / "plan.pdf", make())
    assert any(part in sentence for part in reason.split("|"))


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read(tmp_path: Path, name: str) -> None:
    """What looks hostile and is harmless gives its words."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(READ[name]())
    assert "Hello plan text" in read_confined(path, LIMITS).text
