"""An index is written to one file: beside its name, and only then put in its place. Memory holds one municipality."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.scope import selected_codes
from index.errors import system_reason
from ingest.commitments.find import commitments
from ui.corpus.records import (
    CorpusError,
    chunk_record,
    commitment_record,
    corpus_record,
    is_compressed,
    plan_record,
)
from ui.write_aside import written_aside

if TYPE_CHECKING:
    from index.index import Index
    from ui.corpus.records import Record

COMPRESSION = 6  # zlib's own middle


@dataclass(frozen=True, slots=True)
class Dumped:
    """How many records of each kind a file holds."""

    plans: int
    chunks: int
    commitments: int


def dump_corpus(index: Index, file: Path, *, towns: Sequence[str] = ()) -> Dumped:
    """Write the plans of ``index``, of ``towns`` (names or codes) alone where some are given, to ``file``.

    The same plans give the same bytes. A name that ends in .gz is compressed.

    Raises:
        CorpusError: ``file`` is there, or cannot be written.
        UnknownMunicipalityError: a name or code that the index does not hold.
        IndexDamagedError: a file of the index is not what was written.
    """
    codes = selected_codes(towns, index.plans)
    plans = sum(not codes or plan.municipality_code in codes for plan in index.plans)
    chunks = measures = 0
    with _aside(file) as out:
        _write(out, corpus_record(plans))
        for document in index.documents(codes):
            found = commitments(document.plan, document.chunks, document.text)
            _write(out, plan_record(document, found))
            for chunk in document.chunks:
                _write(out, chunk_record(chunk, document.text))
            for measure in found:
                _write(out, commitment_record(measure, document.text))
            chunks += len(document.chunks)
            measures += len(found)
    return Dumped(plans, chunks, measures)


def _write(out: BufferedIOBase, record: Record) -> None:
    out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


@contextmanager
def _aside(file: Path) -> Iterator[BufferedIOBase]:
    """Give a file beside ``file`` to be written, which takes its place when it is whole."""
    if file.exists():
        raise CorpusError(f"{file} はすでにあります。上書きしないので、別の名前を指定してください。")
    try:
        with written_aside(file) as raw:
            # neither name nor time: the same plans give the same bytes
            packed = gzip.GzipFile("", "wb", COMPRESSION, raw, mtime=0) if is_compressed(file) else None
            yield packed or raw
            if packed:
                packed.close()
    except OSError as error:
        reason, remedy = system_reason(error)
        raise CorpusError(f"{file} に書き出せません（{reason}）。{remedy}から、もう一度実行してください。") from error
