"""A dumped file -> its plans as documents, every record held against what ``dump`` would write for it."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from index.errors import system_reason
from index.shard import Text, stored_document
from ingest.chunk import CHUNKER_VERSION, chunk
from ingest.document import Chunk, Document, Plan, Span
from ingest.plans_toml import PLAN_ID
from ui.corpus.records import (
    CHUNKS,
    COMMITMENTS,
    FORMAT,
    PLANS,
    CorpusError,
    chunk_record,
    commitment_record,
    corpus_record,
    is_compressed,
    plan_record,
)

if TYPE_CHECKING:
    from ui.corpus.records import Record

T = TypeVar("T")

UNREADABLE = (ValueError, RecursionError)
"""What a line that is no JSON may raise."""

CODE = re.compile("[0-9]{6}")


@dataclass(frozen=True, slots=True)
class _Stored:
    """What a plan's record holds beside the plan."""

    text: str
    pages: tuple[int, ...]
    chunks: int
    commitments: int


_STORED = TypeAdapter(_Stored)


def read_corpus(file: Path) -> Iterator[Document]:
    """Yield the plans of a file that ``dump_corpus`` wrote, one after another.

    The chunks of a file that other rules made are made anew from the plan's text.

    Raises:
        CorpusError: the file cannot be opened, or a record is not what it has to be; the message names the line.
    """
    try:
        with gzip.open(file) if is_compressed(file) else file.open("rb") as lines:
            yield from _Reader(file, lines).documents()
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CorpusError(
            f"{file} は壊れています（圧縮を解けません）。もう一度書き出して、そのファイルを指定してください。"
        ) from error
    except OSError as error:
        reason, remedy = system_reason(error)
        raise CorpusError(f"{file} を読めません（{reason}）。{remedy}から、もう一度実行してください。") from error


@dataclass
class _Reader:
    """Takes record after record from a file and knows which line it is at."""

    file: Path
    lines: BufferedIOBase
    line: int = 0
    plans: set[str] = field(default_factory=set)
    chunks: set[str] = field(default_factory=set)

    def documents(self) -> Iterator[Document]:
        """Yield the documents of the whole file."""
        head = self._take("corpus")
        if head.get("format") != FORMAT:
            raise self._wrong(f"形式 {head.get('format')} には対応していません（対応する形式は {FORMAT}）")
        plans = head.get("plans")
        if not isinstance(plans, int) or plans < 1:
            raise self._wrong("項目 plans が1以上の整数ではありません")
        self._same(head, corpus_record(plans) | {"chunker": head.get("chunker")})
        for _ in range(plans):
            document = self._document()
            if head["chunker"] != CHUNKER_VERSION:
                document = replace(document, chunks=chunk(document.plan, document.text))
            yield document
        if self.lines.read(1):
            self.line += 1
            raise self._wrong(f"{plans}件の計画の後に、余分な行があります")

    def _document(self) -> Document:
        record = self._take("plan")
        plan, stored = self._parsed(PLANS, record), self._parsed(_STORED, record)
        document = stored_document(Text(plan, stored.text, stored.pages), ())
        # how many records follow is checked by taking them
        counts = {"chunks": stored.chunks, "commitments": stored.commitments}
        self._same(record, plan_record(document, ()) | counts)
        self._check_plan(plan, stored)
        document = replace(document, chunks=tuple(self._chunk(plan, stored.text) for _ in range(stored.chunks)))
        for _ in range(stored.commitments):
            self._check_commitment(plan, stored.text)
        return document

    def _check_plan(self, plan: Plan, stored: _Stored) -> None:
        if not PLAN_ID.fullmatch(plan.plan_id):
            raise self._wrong(f"plan_id は英小文字・数字・ハイフンで書いてください（{plan.plan_id}）")
        if plan.plan_id in self.plans:
            raise self._wrong(f"plan_id が重複しています（{plan.plan_id}）")
        if not CODE.fullmatch(plan.municipality_code) or not plan.municipality:
            raise self._wrong("municipality と municipality_code（6桁）を書いてください")
        if not stored.chunks:
            raise self._wrong("計画に chunk が1つもありません")
        pages = stored.pages
        if pages and (pages[0] or list(pages) != sorted(pages) or pages[-1] > len(stored.text)):
            raise self._wrong("pages は 0 から始まる、本文の中の位置の並びで書いてください")
        self._inside(plan, stored.text)
        self.plans.add(plan.plan_id)

    def _chunk(self, plan: Plan, text: str) -> Chunk:
        record = self._take("chunk")
        found = self._parsed(CHUNKS, record)
        self._inside(found, text)
        self._same(record, chunk_record(found, text))
        if found.chunk_id in self.chunks:
            raise self._wrong(f"chunk_id が重複しています（{found.chunk_id}）")
        self._belongs(record, plan)
        self.chunks.add(found.chunk_id)
        return found

    def _check_commitment(self, plan: Plan, text: str) -> None:
        record = self._take("commitment")
        found = self._parsed(COMMITMENTS, record)
        self._inside(found, text)
        if not found.title:
            raise self._wrong("title に spans がありません")
        self._same(record, commitment_record(found, text))
        self._belongs(record, plan)

    def _take(self, kind: str) -> Record:
        """Return the next record, which must be of a ``kind``."""
        self.line += 1
        line = self.lines.readline()
        if not line:
            raise self._wrong(f"ファイルが途中で終わっています（{kind} の行がありません）")
        try:
            record = json.loads(line.decode())
            json.dumps(
                record, ensure_ascii=False
            ).encode()  # half a letter (a lone surrogate) can be escaped, but not stored
        except UNREADABLE as error:
            raise self._wrong("JSON として読めません") from error
        if not isinstance(record, dict) or record.get("record") != kind:
            raise self._wrong(f'"record": "{kind}" の行ではありません')
        return record

    def _parsed(self, adapter: TypeAdapter[T], record: Record) -> T:
        try:
            return adapter.validate_python(record)
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"]))
            raise self._wrong(f"項目 {where} がないか、値が正しくありません") from error

    def _same(self, record: Record, expected: Record) -> None:
        """Refuse a record that ``dump`` would have written otherwise: with other fields, or other values in them."""
        for name in sorted(record.keys() | expected.keys()):
            if name not in expected:
                raise self._wrong(f"項目 {name} は使えません")
            if name not in record or record[name] != expected[name]:
                quoted = "本文の文字と一致しません" if name == "quote" else "ないか、値が正しくありません"
                raise self._wrong(f"項目 {name} が{quoted}")

    def _inside(self, value: object, text: str) -> None:
        for span in _spans(value):
            if not 0 <= span.start <= span.end <= len(text):
                raise self._wrong(f"位置 {span.start}～{span.end} が本文（{len(text)}文字）の外です")

    def _belongs(self, record: Record, plan: Plan) -> None:
        for name in ("plan_id", "municipality", "municipality_code"):
            if record[name] != getattr(plan, name):
                raise self._wrong(f"項目 {name} が、前にある計画（{plan.plan_id}）のものではありません")

    def _wrong(self, why: str) -> CorpusError:
        return CorpusError(
            f"{self.file} の {self.line} 行目: {why}。この行を直すか、もう一度書き出して、そのファイルを指定してください。"
            "索引は変えていません。"
        )


def _spans(value: object) -> Iterator[Span]:
    """Yield every span that a plan, a chunk or a measure holds."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _spans(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _spans(getattr(value, part.name))
