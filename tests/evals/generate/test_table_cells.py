"""Questions about cells, with the tables' own answers."""

from __future__ import annotations

import pytest

from evals.corpus import Corpus
from evals.generate.cell_key import cell_key
from evals.generate.table_cells import ask_cells
from evals.same_text import folded
from ingest.document import Cell, Chunk, Document, Kind, Row, Span


@pytest.fixture(scope="module")
def corpus(documents: tuple[Document, ...]) -> Corpus:
    """The five plans."""
    return Corpus({d.plan.plan_id: d.text for d in documents}, {d.plan.plan_id: d.plan.municipality for d in documents})


def _chunks(rows: list[list[str]], *, table: str = "事務の一覧") -> tuple[list[Chunk], Corpus]:
    """Return the chunks of a table of 課, 班, 事務数 and 備考, and the corpus that holds it."""
    lines = ["\t".join(row) for row in rows]
    text, chunks, start = "\n".join(lines), [], 0
    for line, row in zip(lines, rows, strict=True):
        cells, at = [], start
        for column, value in zip(("課", "班", "事務数", "備考"), row, strict=True):
            cells.append(Cell(column, value, Span(at, at + len(value))))
            at += len(value) + 1
        parsed = Row(table, Span(0, len(text)), Span(0, 0), f"{row[0]} {row[1]}".strip(), tuple(cells))
        span = Span(start, start + len(line))
        chunks.append(Chunk(f"c{start}", "p", "甲山町", "0", Kind.ROW, span, (), line, (), parsed))
        start += len(line) + 1
    return chunks, Corpus({"p": text}, {"p": "甲山町"})


def test_a_cell_is_asked_for_by_its_row_and_column() -> None:
    """Table, row and column stand in the question; the row is the evidence; the table is the family of its cells."""
    chunks, corpus = _chunks([["総務課", "人事班", "1,164", "本庁"], ["税務課", "納税班", "238", "支所"]])
    cases = {case.id: case for case in ask_cells(chunks, corpus, 1)}
    assert sorted(cases) == ["cell-p-0-0-2", "cell-p-0-0-3", "cell-p-0-1-2", "cell-p-0-1-3"]
    case = cases["cell-p-0-0-2"]
    assert all(word in case.question for word in ("甲山町", "事務の一覧", "事務数"))
    assert "総務課" in case.question or "人事班" in case.question
    assert case.must == (("1,164", "1164"),)
    assert case.evidence[0].quote == "総務課\t人事班\t1,164\t本庁"
    assert {case.origin for case in cases.values()} == {"p:0"}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["総務課", "人事班", "", "○"]], id="blank and marks"),
        pytest.param([["総務課", "人事班", "－", "長" * 61]], id="too long"),
        pytest.param([["総務課", "人事班", "", "総務課"]], id="named by the row itself"),
        pytest.param(
            [["総務課", "人事班", "12", ""], ["総務課", "人事班", "34", ""]], id="rows that share their label"
        ),
    ],
)
def test_cells_that_cannot_be_asked_for_are_left_out(rows: list[list[str]]) -> None:
    """There would be no answer, or more than one."""
    chunks, corpus = _chunks(rows)
    assert ask_cells(chunks, corpus, 1) == ()


def test_a_table_without_a_name_is_left_out() -> None:
    """Nobody could tell which table is meant."""
    chunks, corpus = _chunks([["総務課", "人事班", "12", ""]], table="")
    assert ask_cells(chunks, corpus, 1) == ()


def test_a_short_number_counts_only_as_what_was_asked_for() -> None:
    """5 stands in 15 and in 令和5年度; an answer that gives 5 words it so."""
    (group,) = cell_key(Cell("事務数", "5", Span(0, 1)), "5")

    def found(answer: str) -> bool:
        return any(folded(word) in folded(answer) for word in group)

    assert found("総務課の事務数は5です。[1]")
    assert found("事務数は 5 件です。")
    assert found("事務数：５[1]")
    assert not found("総務課の事務数は15です。[1]")
    assert not found("令和5年度の事務数は12です。[1]")


def test_a_unit_in_the_column_may_stand_in_the_answer() -> None:
    """「人口(人)」の 12 is 12人."""
    (group,) = cell_key(Cell("人口(人)", "12", Span(0, 2)), "12")
    assert "は12人" in group


def test_a_cell_with_a_list_asks_for_each_item() -> None:
    """An answer that gives one of two is not right."""
    text = "・遠隔医療の提供 ・センサーの活用"
    assert cell_key(Cell("例", text, Span(0, len(text))), text) == (("遠隔医療の提供",), ("センサーの活用",))


def test_the_shipped_tables_give_questions_that_hold(documents: tuple[Document, ...], corpus: Corpus) -> None:
    """Every quote stands in its plan on one line and shows the value, and the same seed gives the same questions."""
    chunks = [chunk for document in documents for chunk in document.chunks]
    cases = ask_cells(chunks, corpus, 1, per_table=1000)
    assert cases == ask_cells(chunks, corpus, 1, per_table=1000)
    assert len(cases) >= 150
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        (passage,) = case.evidence
        assert corpus.places(passage)
        assert "\n" not in passage.quote
        row, cell = (int(part) for part in case.id.split("-")[-2:])
        rows = [c.row for c in chunks if c.row and f"{c.plan_id}:{c.row.table_span.start}" == case.origin]
        assert folded(rows[row].cells[cell].span.of(corpus.texts[passage.plan])) in folded(passage.quote)


def test_no_table_gives_more_than_it_may(documents: tuple[Document, ...], corpus: Corpus) -> None:
    """One long table would outweigh all others."""
    chunks = [chunk for document in documents for chunk in document.chunks]
    cases = ask_cells(chunks, corpus, 1, per_table=5)
    assert max(sum(case.origin == origin for case in cases) for origin in {case.origin for case in cases}) == 5
