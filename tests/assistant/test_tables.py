"""Figures out of a table. What is expected is read here from the plan's own lines, apart from the product's reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer
from tests.assistant.asking import Ask, numbers, quoted, towns, without_marks

if TYPE_CHECKING:
    from ingest.document import Document

TASKS, CORE, OTHER_THAN_CORE, REST, TOTAL = range(2, 7)  # columns of the table of tasks, after division and unit


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of tasks: its division (課), its unit (班; empty for a sum) and its fields."""

    division: str
    unit: str
    fields: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the line as the plan writes it, without what is blank at its ends."""
        return "\t".join(self.fields).strip()

    def value(self, column: int) -> int:
        """Return the figure of a column; a blank counts as nothing."""
        return int(self.fields[column].replace(",", "") or 0)


@pytest.fixture(scope="module")
def lines(documents: tuple[Document, ...]) -> tuple[Line, ...]:
    """The lines of 平生町's table of tasks: seven fields parted by tabs, figures from the third on."""
    text = next(d.text for d in documents if d.plan.plan_id == "hirao")
    found: list[Line] = []
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) == 7 and re.fullmatch(r"[0-9,]+", fields[TASKS]):
            division = fields[0].replace(" ", "") or found[-1].division
            found.append(Line(division, fields[1], tuple(fields)))
    return tuple(found)


def divisions(lines: Sequence[Line]) -> dict[str, Line]:
    """Return each 課's sum: its own line of sums, or its only line."""
    sums = {line.division.removesuffix("計"): line for line in lines if line.division.endswith("課計")}
    alone = {
        line.division: line
        for line in lines
        if line.division.endswith("課") and sum(other.division == line.division for other in lines) == 1
    }
    return {**alone, **sums}


def units(lines: Sequence[Line]) -> dict[str, Line]:
    """Return each 班's line."""
    return {line.unit: line for line in lines if line.unit.endswith("班")}


def states(answer: Answer, name: str, line: Line, column: int) -> None:
    """Assert that an answer says a line's figure under its name, quotes the line, and gives no other figure of it."""
    assert towns(answer) == {"平生町"}
    assert name in answer.answer
    assert line.text in quoted(answer)
    assert str(line.value(column)) in numbers(without_marks(answer.answer).replace(name, ""))
    assert any(c.cell is not None for c in answer.citations)


def test_the_table_is_read_here(lines: tuple[Line, ...]) -> None:
    """The table has the sum of all tasks in its last line, equal to what its units add up to."""
    assert lines[-1].division == "合計"
    parts = [line for line in lines if not line.division.endswith("計")]
    assert sum(line.value(TASKS) for line in parts) == lines[-1].value(TASKS)


@pytest.mark.parametrize(
    ("question", "unit", "column"),
    [
        ("平生町の資産税班の事務数はいくつですか？", "資産税班", TASKS),
        ("平生町の戸籍班の基幹系の使用システム数は？", "戸籍班", CORE),
        ("平生町の土木班が使っている基幹系以外のシステムはいくつですか？", "土木班", OTHER_THAN_CORE),
        ("平生町の介護保険班の使用システムの合計は？", "介護保険班", TOTAL),
        ("こども班は平生町の一覧表で何件の事務を持っていますか？", "こども班", TASKS),
    ],
)
def test_a_named_cell_is_found(ask: Ask, lines: tuple[Line, ...], question: str, unit: str, column: int) -> None:
    """A question that names a row and a column gets the figure in that cell, with its row quoted, and no other figure."""
    answer, line = ask(question), units(lines)[unit]
    states(answer, unit, line, column)
    assert numbers(without_marks(answer.answer)) == {str(line.value(column))}


def test_two_columns_of_a_row(ask: Ask, lines: tuple[Line, ...]) -> None:
    """A question for two columns of a row gets both figures."""
    line = units(lines)["介護保険班"]
    answer = ask("平生町の介護保険班の事務数と使用システムの合計は？")
    states(answer, "介護保険班", line, TASKS)
    states(answer, "介護保険班", line, TOTAL)


@pytest.mark.parametrize(
    "typed", ["平生町の戸籍班の基幹系以外の使用システムはいくつですか？", "平生町の戸籍班の基幹系以外は"]
)
def test_a_blank_cell_is_given_no_figure(ask: Ask, lines: tuple[Line, ...], typed: str) -> None:
    """A question for a cell that is blank in the plan does not get the figure of another column."""
    assert units(lines)["戸籍班"].fields[OTHER_THAN_CORE] == ""
    answer = ask(typed)
    assert numbers(without_marks(answer.answer)) <= {"0"}


@pytest.mark.parametrize("division", ["税務課", "総務課", "健康保険課"])
def test_a_sum_of_a_division_is_found(ask: Ask, lines: tuple[Line, ...], division: str) -> None:
    """A question for a division's sum gets its line of sums, not a unit's line."""
    line = divisions(lines)[division]
    answer = ask(f"平生町の{division}の計の事務数はいくつですか？")
    states(answer, division, line, TASKS)
    assert numbers(without_marks(answer.answer)) == {str(line.value(TASKS))}


def test_the_sum_of_all_is_found(ask: Ask, lines: tuple[Line, ...]) -> None:
    """A question for the sum of all gets the table's last line."""
    states(ask("平生町の全庁の事務数の合計は何件ですか？"), "合計", lines[-1], TASKS)


@pytest.mark.parametrize(
    ("question", "column", "pick"),
    [
        ("平生町の事務数が最も多い課はどこですか？", TASKS, max),
        ("平生町で事務数が一番少ない課はどこですか？", TASKS, min),
        ("平生町の使用システムの合計が最も多い課はどこですか？", TOTAL, max),
        ("平生町の基幹系以外の使用システムが最も多い課はどこですか？", OTHER_THAN_CORE, max),
    ],
)
def test_the_highest_and_lowest_division(
    ask: Ask, lines: tuple[Line, ...], question: str, column: int, pick: Callable[..., str]
) -> None:
    """The highest or lowest by 課 is found among the divisions' sums, in the column asked for, and only it is named."""
    group = divisions(lines)
    best = pick(group, key=lambda name: group[name].value(column))
    answer = ask(question)
    states(answer, best, group[best], column)
    assert [name for name in group if name in answer.answer] == [best]


@pytest.mark.parametrize(
    ("question", "column", "pick"),
    [
        ("平生町の事務数が最も多い班はどこですか？", TASKS, max),
        ("平生町の業務棚卸しの結果で、使用システムの合計が一番多い班は？", TOTAL, max),
        ("平生町の使用システムのうち、基幹系が最も多い班はどこですか？", CORE, max),
        ("平生町で「基幹系以外」のシステム数が最も多い班は？", OTHER_THAN_CORE, max),
    ],
)
def test_the_highest_unit(
    ask: Ask, lines: tuple[Line, ...], question: str, column: int, pick: Callable[..., str]
) -> None:
    """The highest by 班 is found among the units, in the column asked for; blanks are no figure."""
    group = units(lines)
    best = pick(group, key=lambda name: group[name].value(column))
    answer = ask(question)
    states(answer, best, group[best], column)
    assert [name for name in group if name in answer.answer] == [best]


def test_a_plan_without_the_table_gives_no_figure(ask: Ask) -> None:
    """The same question about a town whose plan has no such table is not answered."""
    assert ask("鏡野町で事務数が最も多い課はどこですか？").abstained
    assert ask("上毛町の資産税班の事務数はいくつですか？").abstained


def test_the_second_highest_and_the_first_three(ask: Ask, lines: tuple[Line, ...]) -> None:
    """「2番目に多い課」 is the second of the divisions' sums, 「上位3つの課」 are the first three, in their order."""
    group = divisions(lines)
    ranked = sorted(group, key=lambda name: -group[name].value(TASKS))
    states(ask("平生町で事務数が2番目に多い課は？"), ranked[1], group[ranked[1]], TASKS)
    said = ask("平生町で事務数が上位3つの課はどこですか？").answer
    places = [said.index(name) for name in ranked[:3]]
    assert places == sorted(places)
    assert not any(name in said for name in ranked[3:])


def test_the_divisions_beyond_a_limit(ask: Ask, lines: tuple[Line, ...]) -> None:
    """「150件を超える課」 are all those and no others, each with its figure."""
    group = divisions(lines)
    answer = ask("平生町で事務数が150件を超える課をすべて挙げてください。")
    assert {name for name in group if name in answer.answer} == {n for n in group if group[n].value(TASKS) > 150}
    for name in (n for n in group if group[n].value(TASKS) > 150):
        states_among(answer, group[name], TASKS)


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("平生町の戸籍班と保健班の事務数の差はいくつですか？", lambda a, b: abs(a - b)),
        ("平生町の戸籍班と保健班の事務数は合わせていくつですか？", lambda a, b: a + b),
    ],
)
def test_a_figure_is_computed_out_of_two(
    ask: Ask, lines: tuple[Line, ...], question: str, result: Callable[[int, int], int]
) -> None:
    """A difference or a sum is said with both its operands, each of whose rows is quoted."""
    one, other = units(lines)["戸籍班"], units(lines)["保健班"]
    answer = ask(question)
    states_among(answer, one, TASKS)
    states_among(answer, other, TASKS)
    expected = {one.value(TASKS), other.value(TASKS), result(one.value(TASKS), other.value(TASKS))}
    assert numbers(without_marks(answer.answer)) == {str(figure) for figure in expected}


def test_a_share_of_the_whole(ask: Ask, lines: tuple[Line, ...]) -> None:
    """A share names its part and the sum of all, and is the one by the other."""
    part, whole = divisions(lines)["建設課"], lines[-1]
    answer = ask("平生町の建設課の事務数は全体の何割ですか？")
    states_among(answer, part, TASKS)
    states_among(answer, whole, TASKS)
    assert f"{part.value(TASKS) / whole.value(TASKS):.1%}" in answer.answer


def states_among(answer: Answer, line: Line, column: int) -> None:
    """Assert that an answer says a line's figure and quotes the line."""
    assert line.text in quoted(answer)
    assert str(line.value(column)) in numbers(without_marks(answer.answer))
