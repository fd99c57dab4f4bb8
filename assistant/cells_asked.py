"""Which rows and which columns of a table of figures a question names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.table_rows import (
    NUMBERING,
    TableRow,
    close,
    is_number,
    numeric,
    row_name,
    spoken_column,
    tables_of,
    under_year,
)
from assistant.understand import Understanding
from assistant.wording import ALL_CELLS, GRAND_TOTAL, THRESHOLD, Wanted
from index.tokens import terms, tokenize
from ingest.document import Cell, Chunk, Row
from ingest.search_text import normalise
from ingest.tables.row_words import is_arrow

_UNIT_IN_BRACKETS = re.compile(r"[（(][^）)]{1,6}[）)]$")  # 75歳以上（人）
# 「2役場」 is the second row; 「2回目」 and 「40歳未満」 are names.
_NUMBER_FIRST = re.compile(
    r"^[0-9０-９①-⑳]{1,2}[.．]?\s*(?=[ぁ-んァ-ヶ\u4e00-\u9fff])(?![歳回年月日人件時級次期号段円名校期世割分か箇])"
)
COLUMNS_REMEMBERED = 4_096  # names of columns that are read once: each stands in every row of its table
_MOST_LETTERS = 6  # letters of a row's name that a question must say
_MOST_OF_NAME = 0.6  # share of its letters
_INSIDE_WORD = re.compile(r"[\u4e00-\u9fff]{2}|[ァ-ヶー]{2}|[a-z0-9]{2}")  # two letters of one word
_TOPIC = 0.4  # weight from which a word of the question tells its topic
_RANK = re.compile(r"(?P<n>[0-9]{1,2})位")
_SUM = re.compile(r"(?:合|総|小)?計")
_NO_HEAD = frozenset("年度 合計 小計 総計 人数".split())  # many names end in these


def rows_asked(asked: Understanding, rows: Sequence[TableRow]) -> list[TableRow]:
    """Return the rows of a table of figures that the question names, in the table's order."""
    question = close(asked.focus)
    heads = Counter(close(r.row.cells[0].value) for r in rows)
    named = [
        r
        for r in rows
        if _called(r.row, question, alone=heads[close(r.row.cells[0].value)] == 1)
        or _listed(r.row.cells[0].value, asked.focus)
    ]
    names = {close(row_name(r.row)) for r in named}
    # 「税務課」 inside 「税務課町民税班」: a name that is only part of another named one is not asked for by itself
    inner = {name for name in names for longer in names if _inside(name, longer, question)}
    named = [r for r in named if close(row_name(r.row)) not in inner]
    # 「歳入の市税」 asks for a row of 歳入, not for the sum of it too
    if not _SUM.search(question):
        groups = {close(r.row.cells[0].value) for r in named if not r.row.total and close(row_name(r.row)) in question}
        named = [r for r in named if not (r.row.total and close(row_name(r.row)) in groups)]
    totals = {close(row_name(r.row)) for r in named if r.row.total}
    kept = [r for r in named if r.row.total or close(row_name(r.row)) not in totals]
    if not kept and GRAND_TOTAL.search(asked.focus):
        return grand_total(rows)
    return kept


def grand_total(rows: Sequence[TableRow]) -> list[TableRow]:
    """Return the row that adds the whole table up, as a list of one or none."""
    return [r for r in rows if r.row.total and not row_name(r.row)][-1:]


def names_row(asked: Understanding, row: Row) -> bool:
    """Return whether a row of figures may be meant: named by the question, or one of those that it sorts or sifts."""
    name = close(row_name(row))
    if not name:
        return row.total and GRAND_TOTAL.search(asked.focus) is not None
    if Wanted.SUPERLATIVE in asked.wanted or THRESHOLD.search(asked.focus):
        return True
    return _called(row, close(f"{asked.focus} {asked.context}"), alone=not row.cells[0].inherited)


def names_cell(asked: Understanding, chunks: Sequence[Chunk]) -> bool:
    """Return whether the question names a cell of a table of figures: a row and a column, or a column and an extreme."""
    tables = [rows for rows in tables_of(chunks).values() if numeric(rows) and names_column(asked, rows)]
    sifts = Wanted.SUPERLATIVE in asked.wanted or THRESHOLD.search(asked.focus) is not None
    return bool(tables) and (sifts or any(rows_asked(asked, rows) for rows in tables))


def names_column(asked: Understanding, rows: Sequence[TableRow]) -> bool:
    """Return whether the question names a column of figures."""
    question = close(asked.focus)
    figures = {c.column for r in rows for c in r.row.cells if c.column and is_number(c.value)}
    return any(all(_said(part, question) for part in _parts(column)) for column in figures)


def columns_asked(asked: Understanding, row: Row) -> list[Cell]:
    """Return the cells whose column the question names; every filled cell beside the label when it names none."""
    beside = [
        c
        for c in row.cells
        if c.column
        and not NUMBERING.fullmatch(c.column)
        and (not c.value or close(c.value) not in close(row.label) or is_number(c.value) or under_year(c))
    ]
    filled = [c for c in beside if c.value and c.span.start < c.span.end]
    if ALL_CELLS.search(asked.focus):
        return filled
    named = _named(close(asked.focus), beside) or _told_under_years(asked, filled)
    figures = [c for c in named if is_number(c.value)]
    return (figures if Wanted.NUMBER in asked.wanted else []) or named or filled


def _told_under_years(asked: Understanding, filled: Sequence[Cell]) -> list[Cell]:
    """Return the cells of words under years that say most of what the question asks the time of: 「設置は何年度か」."""
    if Wanted.DATE not in asked.wanted:
        return []
    words = [c for c in filled if under_year(c) and not is_number(c.value) and not is_arrow(c.value)]
    topics = {word.term for word in asked.words if word.weight >= _TOPIC}
    said = {c.span: len(topics & set(terms(normalise(c.value)))) for c in words}
    most = max(said.values(), default=0)
    return [c for c in words if most and said[c.span] == most]


def surest_column(asked: Understanding, cells: Sequence[Cell]) -> str:
    """Return the column that the question names in the most of its own letters; "" when there is no cell of a figure."""
    question = close(asked.focus)
    figures = [c.column for c in cells if is_number(c.value)]
    return max(figures, key=lambda name: _letters_said(name, question), default="")


def _letters_said(column: str, question: str) -> int:
    """Return how many letters of a column's name a question says, in whole parts or else in words."""
    whole = sum(len(part) for part in map(close, _parts(column)) if part in question)
    return 2 * whole or sum(
        len(t.surface) for t in tokenize(close(column)) if len(t.surface) > 1 and t.surface in question
    )


def _named(question: str, beside: Sequence[Cell]) -> list[Cell]:
    """Return the cells that a question names, surest wording first."""
    whole = [c for c in beside if all(_said(part, question) for part in _parts(c.column))]
    rest = question
    for cell in whole:  # 「目標」 of 「目標値」 does not name 「中間目標」 too
        rest = rest.replace(close(_parts(cell.column)[-1]), "")
    named = [c for c in beside if c in whole or all(_said(p, rest) or _ends_said(p, rest) for p in _parts(c.column))]
    named += [c for c in _upper_named(question, beside) if c not in named]
    # 「基幹系以外」 of 「使用システム 基幹系以外」, then any other part of a name
    named = named or [c for c in beside if _said(_parts(c.column)[-1], question)]
    named = named or [c for c in beside if c.value and any(_said(part, question) for part in _parts(c.column))]
    # 「基幹系以外」 in the question is not 「基幹系」: a name inside a longer named one was not asked for by itself
    last = {close(_parts(c.column)[-1]) for c in named}
    kept = [c for c in named if not any(_inside(close(_parts(c.column)[-1]), name, question) for name in last)]
    return [c for c in beside if c in kept]


def _upper_named(question: str, beside: Sequence[Cell]) -> list[Cell]:
    """Return the cells that an upper name alone stands for: its only column, or the sum of its columns.

    「基準値」 is that of 「基準値 令和5年度」, 「システムをいくつ」 asks for 「使用システム 合計」 where no other column of it is named.
    """
    heads = Counter(close(_parts(c.column)[0]) for c in beside)
    found = []
    for cell in beside:
        upper, *lower = _parts(cell.column)
        if not lower or not cell.value or not (_said(upper, question) or _ends_said(upper, question)):
            continue
        others = [c for c in beside if c is not cell and close(_parts(c.column)[0]) == close(upper)]
        narrower = any(_said(_parts(c.column)[-1], question) for c in others)
        if heads[close(upper)] == 1 or (_SUM.fullmatch(lower[-1]) and not narrower):
            found.append(cell)
    return found


def _called(row: Row, question: str, *, alone: bool) -> bool:
    """Return whether a question names a row: by its own name, or by its first cell when no other row shares it."""
    name = close(_bare(row_name(row)))
    if row.total:
        return bool(name) and name in question
    first = close(_bare(row.cells[0].value))
    if name and (name in question or _mostly_said(name, question)):
        return True
    if (rank := _RANK.search(question)) and _ranks(row) and first == rank["n"]:
        return True
    return alone and len(first) > 1 and not is_number(first) and first in question


def _ranks(row: Row) -> bool:
    """Return whether a row begins with its rank."""
    return row.cells[0].column.endswith("位") and is_number(row.cells[0].value)


@lru_cache(COLUMNS_REMEMBERED)
def _mostly_said(name: str, question: str) -> bool:
    """Return whether a question says most of a row's name, beginning with a word of its own.

    >>> _mostly_said("証明書のコンビニ交付率", "電子申請の利用率とコンビニ交付率は")
    True
    >>> _mostly_said("農業委員会事務局", "選挙管理委員会事務局の事務数は")
    False
    """
    found = SequenceMatcher(None, question, name, autojunk=False).find_longest_match()
    if found.size < _MOST_LETTERS or found.size < _MOST_OF_NAME * len(name):
        return False
    before = question[: found.a][-1:]
    return not _INSIDE_WORD.match(before + question[found.a])


def _listed(name: str, focus: str) -> bool:
    """Return whether a name of one letter stands in a list of names: 「緑・春富」."""
    return len(name) == 1 and re.search(rf"(?:^|[、・と\s]){re.escape(name)}(?:[、・とのは]|$)", focus) is not None


def _bare(name: str) -> str:
    """Return a row's name without its number and the unit of its figures.

    >>> _bare("2 役場"), _bare("75歳以上（人）")
    ('役場', '75歳以上')
    """
    return _UNIT_IN_BRACKETS.sub("", _NUMBER_FIRST.sub("", name)) or name


def _inside(name: str, longer: str, question: str) -> bool:
    """Return whether a name stands in the question only as part of a longer name."""
    return name != longer and name in longer and question.count(name) == question.count(longer)


def _said(part: str, question: str) -> bool:
    """Return whether a question names a column: 「何件の事務」 asks for 事務数."""
    name = close(part)
    stem = name.rstrip("数率額")
    return name in question or (len(stem) > 1 and stem in question)


def _ends_said(part: str, question: str) -> bool:
    """Return whether a question says what a column's name ends in: システム for 使用システム, 利用者 for 年間利用者数."""
    return any(end in question for end in _ends(part))


@lru_cache(COLUMNS_REMEMBERED)
def _ends(part: str) -> tuple[str, ...]:
    """Return what a column's name may be called by: its last words, alone and together, but not what many names end in."""
    words = [token.surface for token in tokenize(close(part).rstrip("数率額"))]
    ends = ("".join(words[at:]) for at in range(1, len(words)))
    return tuple(end for end in ends if len(end) > 1 and end not in _NO_HEAD)


@lru_cache(COLUMNS_REMEMBERED)
def _parts(column: str) -> tuple[str, ...]:
    """Return the words of a column's name: 「使用システム 合計」 has two, brackets and what they hold count for nothing."""
    parts = [part for part in re.sub(r"[（(][^）)]*[）)]", "", column).split() if part] or [column]
    return tuple(map(spoken_column, parts))  # R5 and 令和5年度 are one name
