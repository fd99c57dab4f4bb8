"""A retrieval test set in BEIR's format: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv`` in one folder.

Source of the format: https://github.com/beir-cellar/beir/wiki/Load-your-custom-dataset
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evals.problems import CasesError, Problem

CORPUS = "corpus.jsonl"
QUERIES = "queries.jsonl"
QRELS = Path("qrels") / "test.tsv"
HEADER = ("query-id", "corpus-id", "score")

# Faults told of one file. A corpus with the wrong keys has one on each of its lines, however many those are.
MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class BeirDocument:
    """A document. ``title`` is "" where it has none; either text may be empty, and of any length."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class BeirSet:
    """Documents, and the queries that have a relevant one (id to text), with the score of each judged document."""

    documents: tuple[BeirDocument, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


@dataclass
class _Faults:
    """The faults of one file so far."""

    path: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, name: str, message: str) -> None:
        """Note a fault. Raises ``CasesError`` when the file has as many as are told."""
        self.found.append(Problem(self.path, line, name, message))
        if len(self.found) == MOST_FAULTS:
            rest = f"誤りが{MOST_FAULTS}件になったため、ここで読むのをやめました。"
            raise CasesError([*self.found, Problem(self.path, line, "", rest)])


def read_beir(folder: Path) -> BeirSet:
    """Return the test set in ``folder``.

    Raises:
        CasesError: a file is missing, a line of it is not what the format asks for, or the files do not fit together.
    """
    if not folder.is_dir():
        raise CasesError([Problem(folder, 1, "", "フォルダーがありません。")])
    documents = _read_documents(folder / CORPUS)
    queries = {name: record["text"] for name, record in _records(folder / QUERIES)}
    qrels = _read_qrels(folder / QRELS, queries, {document.id for document in documents})
    relevant = {query: judged for query, judged in qrels.items() if max(judged.values()) > 0}
    if not relevant:
        raise CasesError([Problem(folder / QRELS, 1, "", "score が 1 以上の行がなく、評価できる質問がありません。")])
    return BeirSet(documents, {query: queries[query] for query in relevant}, relevant)


def _read_documents(path: Path) -> tuple[BeirDocument, ...]:
    documents = tuple(BeirDocument(name, record["title"], record["text"]) for name, record in _records(path))
    if not documents:
        raise CasesError([Problem(path, 1, "", "文書が1件もありません。")])
    return documents


def _records(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the id, and ``title`` and ``text``, of every line. Raises ``CasesError`` after the last one."""
    faults = _Faults(path)
    lines: dict[str, int] = {}
    for number, line in _lines(path, faults):
        record = _record(number, line, faults)
        if record is None:
            continue
        name = record["_id"]
        if name in lines:
            faults.add(number, "_id", f"_id「{name}」は{lines[name]}行目にもあります。")
            continue
        lines[name] = number
        yield name, record
    if faults.found:
        raise CasesError(faults.found)


def _record(number: int, line: str, faults: _Faults) -> dict[str, str] | None:
    """Return the strings of one JSON line; ``None`` when it has a fault, which is then noted."""
    try:
        value = json.loads(line)
    except ValueError as error:
        faults.add(number, "", f"JSON として読めません（{error}）。")
        return None
    if not isinstance(value, dict):
        faults.add(number, "", "1行に1つの JSON オブジェクトを書いてください。")
        return None
    value = {**value, "title": value.get("title") or ""}  # a title may be missing or null
    before = len(faults.found)
    for name in ("_id", "title", "text"):
        if name not in value:
            faults.add(number, name, "この項目がありません。加えてください。")
        elif not isinstance(value[name], str):
            faults.add(number, name, "文字列にしてください。")
        elif name == "_id" and not value[name]:
            faults.add(number, name, "空にせず、文書や質問ごとに異なる値にしてください。")
    if len(faults.found) > before:
        return None
    return {name: _storable(value[name]) for name in ("_id", "title", "text")}


def _read_qrels(path: Path, queries: dict[str, str], documents: set[str]) -> dict[str, dict[str, int]]:
    """Return the score of each judged document by query; every id must be known."""
    faults = _Faults(path)
    qrels: dict[str, dict[str, int]] = {}
    for number, line in _lines(path, faults):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(HEADER):
            faults.add(number, "", f"タブで区切った3列（{'、'.join(HEADER)}）にしてください。")
        elif number == 1 and not _is_whole(cells[2]):
            continue
        elif number == 1:
            faults.add(number, "", f"1行目は見出し（{'、'.join(HEADER)}）にしてください。")
        else:
            _add_qrel(qrels, number, cells, faults)
            _require_known(number, cells, queries, documents, faults)
    if faults.found:
        raise CasesError(faults.found)
    return qrels


def _add_qrel(qrels: dict[str, dict[str, int]], number: int, cells: list[str], faults: _Faults) -> None:
    query, document, score = cells
    if not _is_whole(score):
        faults.add(number, "score", f"score「{score}」を整数にしてください。")
        return
    given = qrels.setdefault(query, {}).setdefault(document, int(score))
    if given != int(score):
        faults.add(number, "score", f"質問「{query}」と文書「{document}」の組に、別の score（{given}）もあります。")


def _require_known(
    number: int, cells: list[str], queries: dict[str, str], documents: set[str], faults: _Faults
) -> None:
    query, document, _ = cells
    if query not in queries:
        faults.add(number, HEADER[0], f"質問「{query}」が {QUERIES} にありません。")
    if document not in documents:
        faults.add(number, HEADER[1], f"文書「{document}」が {CORPUS} にありません。")


def _lines(path: Path, faults: _Faults) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank with their numbers. Raises ``CasesError`` for a file that cannot be opened."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError:
                    faults.add(number, "", "文字コードが UTF-8 ではありません。UTF-8 で保存し直してください。")
                    continue
                if text.strip():
                    yield number, text.rstrip("\r\n")
    except OSError as error:
        needs = f"BEIR 形式のフォルダーには {CORPUS}、{QUERIES}、{QRELS.as_posix()} が必要です。"
        raise CasesError([Problem(path, 1, "", f"ファイルを読めません（{error.strerror}）。{needs}")]) from error


def _is_whole(text: str) -> bool:
    """Return whether a text is a whole number.

    >>> _is_whole("1"), _is_whole("-1"), _is_whole("score"), _is_whole("0.5")
    (True, True, False, False)
    """
    return text.removeprefix("-").isdecimal()


def _storable(text: str) -> str:
    """Return a text without lone surrogates, which JSON can write and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
