"""Questions about single cells of the plans' tables, with their answers from the tables themselves."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.case import Case, Evidence
from evals.corpus import Corpus
from evals.generate.cell_key import cell_key
from evals.same_text import folded
from ingest.document import Cell, Chunk, Row

LONGEST_VALUE = 60  # characters; a longer cell is a paragraph, and nobody asks for it as a cell
LONGEST_QUOTE = 120
_BEFORE, _AFTER = 60, 20  # characters of a longer line that are quoted around a cell

_NUMBERING = re.compile(r"^(?:[①-⑳]|第?[0-9]+[.．章節]|[(（][0-9]+[)）])\s*")
_NUMBER = re.compile(r"[0-9,.]+")
_SHORT_LABELS = 0.5  # share of rows that are called by one part of their label where that is enough
_TOTALS = frozenset({"計", "合計", "総計"})
_ASKED = (
    "{town}の「{table}」で、{label}の{column}は？",
    "{town}の計画にある「{table}」の表では、{label}の「{column}」はどうなっていますか。",
    "「{table}」の表を見ています。{town}の{label}の行で「{column}」の欄にあるものを教えてください。",
    "{town} {table} {label} {column}",
)
_COUNTED = (
    "{town}の「{table}」で、{label}の{column}はいくつですか。",
    "{town}の計画の「{table}」を見ると、{label}の「{column}」の数はいくつになっていますか。",
    "{town} {table} {label} {column} いくつ",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A table row with its chunk and its place in the table."""

    number: int
    chunk: Chunk
    row: Row


def ask_cells(chunks: Iterable[Chunk], corpus: Corpus, seed: int, *, per_table: int = 60) -> tuple[Case, ...]:
    """Return questions about cells of every table that ``chunks`` holds, at most ``per_table`` of each.

    Left out are cells without a word or a number, inherited ones, those longer than 60 characters or named by their own
    row's label, columns without a name, rows that share their label, and tables that share their name within a plan.
    ``origin`` is the table: its plan's id and the offset at which it begins.
    """
    cases = []
    tables = _tables(chunks)
    names = [(lines[0].chunk.plan_id, lines[0].row.table) for lines in tables]
    for lines, name in zip(tables, names, strict=True):
        if names.count(name) > 1 or not name[1]:
            continue
        town, text = corpus.municipalities[name[0]], corpus.texts[name[0]]
        asked = [(line, at) for line in lines for at in range(len(line.row.cells)) if _can_ask(line, at, lines)]
        rng = random.Random(f"{seed} {_origin(lines[0])}")
        for line, at in sorted(
            rng.sample(asked, min(per_table, len(asked))), key=lambda place: (place[0].number, place[1])
        ):
            cases.append(_case(line, at, _label(line, lines, rng), town, text, rng))
    return tuple(cases)


def _tables(chunks: Iterable[Chunk]) -> list[list[_Line]]:
    tables: dict[tuple[str, int], list[_Line]] = defaultdict(list)
    for chunk in chunks:
        if chunk.row is not None:
            lines = tables[chunk.plan_id, chunk.row.table_span.start]
            lines.append(_Line(len(lines), chunk, chunk.row))
    return list(tables.values())


def _origin(line: _Line) -> str:
    return f"{line.chunk.plan_id}:{line.row.table_span.start}"


def _can_ask(line: _Line, at: int, lines: Sequence[_Line]) -> bool:
    cell = line.row.cells[at]
    alone = [other.row.label for other in lines].count(line.row.label) == 1
    columns = [other.column for other in line.row.cells]
    says = any(character.isalnum() for character in cell.value) and len(cell.value) <= LONGEST_VALUE
    named = bool(cell.column) and columns.count(cell.column) == 1 and bool(line.row.label)
    left_out = set(_label_cells(line.row)) - set(
        _parts(line, lines)
    )  # lists in the label, which the question does not name
    unnamed = cell.value not in line.row.label or cell.value in left_out
    return alone and says and named and unnamed and not cell.inherited


def _parts(line: _Line, lines: Sequence[_Line]) -> list[str]:
    """Return the cells that make up a row's label, in order; without its number and, where it stays unlike the others, lists."""
    parts = _label_cells(line.row)
    plain = [part for part in parts if not part.startswith("・")]
    others = ([part for part in _label_cells(other.row) if part in plain] for other in lines if other is not line)
    return plain if plain and plain not in others else parts


def _label_cells(row: Row) -> list[str]:
    return [cell.value for cell in row.cells if cell.value in row.label and not _NUMBER.fullmatch(cell.value or "0")]


def _label(line: _Line, lines: Sequence[_Line], rng: random.Random) -> str:
    """Return what a question calls a row: all parts of its label, or one of them that no other row holds."""
    if line.row.label in _TOTALS:
        return f"{line.row.label}の行"
    parts = [part.lstrip("・") for part in _parts(line, lines)]
    others = [folded(other.row.label) for other in lines if other is not line]
    short = [part for part in parts if len(part) > 1 and not any(folded(part) in other for other in others)]
    if short and rng.random() < _SHORT_LABELS:
        return rng.choice(short)
    return "の".join(parts).replace("の(", "(") or line.row.label


def _case(line: _Line, at: int, label: str, town: str, text: str, rng: random.Random) -> Case:
    cell = line.row.cells[at]
    forms = _COUNTED if _NUMBER.fullmatch(cell.value) else _ASKED
    table = _NUMBERING.sub("", line.row.table) or line.row.table
    question = rng.choice(forms).format(town=town, table=table, label=label, column=cell.column)
    return Case(
        id=f"cell-{_origin(line).replace(':', '-')}-{line.number}-{at}",
        question=question,
        persona="staff",
        type="table",
        towns=(town,),
        scope=(),
        history=(),
        evidence=(Evidence(line.chunk.plan_id, _quote(line, cell, text)),),
        all_evidence=False,
        must=cell_key(cell, text),
        must_not=(),
        abstain=False,
        tags=("cell",),
        origin=_origin(line),
    )


def _quote(line: _Line, cell: Cell, text: str) -> str:
    """Return the row's text where it is one line of at most 120 characters, else what stands around the cell in its line."""
    row = line.chunk.span.of(text)
    if "\n" not in row and len(row) <= LONGEST_QUOTE:
        return row
    begins = text.rfind("\n", 0, cell.span.start) + 1
    ends = (text + "\n").index("\n", cell.span.start)
    return text[max(begins, cell.span.start - _BEFORE) : min(ends, cell.span.end + _AFTER)]
