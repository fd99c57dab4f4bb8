"""The report as CSV, JSON and JUnit XML."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from evals.report.csv_file import render_csv
from evals.report.csv_table import inert_cell
from evals.report.junit import render_junit
from evals.report.summary import Report, summarise
from evals.report.table_row import COLUMNS
from evals.report.visible import visible
from evals.report.write import write_report
from evals.run import Run
from tests.evals.making import PERIOD, a_case, a_run, an_answer, cite, outcome, outcomes
from tests.evals.report.conftest import HOSTILE, SEALED


def test_all_four_forms_are_written(written: tuple[Path, ...]) -> None:
    """The page, JSON, CSV and JUnit XML, and nothing beside them."""
    assert [path.name for path in written] == ["report.html", "report.json", "report.csv", "junit.xml"]
    assert set(written[0].parent.iterdir()) == set(written)


def test_an_older_report_is_replaced(run: Run, tmp_path: Path) -> None:
    """Writing twice into one folder leaves the second report."""
    first = write_report(a_run(outcomes([True])), tmp_path)
    assert write_report(run, tmp_path) == first
    assert run.info.run_id in first[0].read_text("utf-8")


def test_no_form_holds_a_sealed_question(written: tuple[Path, ...]) -> None:
    """Neither the text nor the id of a question of a sealed set is in any file."""
    for path in written:
        text = path.read_text("utf-8")
        assert SEALED not in text, path
        assert "sealed-" not in text, path


def test_the_table_has_a_row_for_each_question(report: Report) -> None:
    """Under a byte order mark, one row each, every cell as it was given but for hidden characters."""
    text = render_csv(report)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["番号"] for row in rows] == [str(result.number) for result in report.listed]
    attacked = next(row for row in rows if row["質問"] == visible(HOSTILE))
    assert attacked["回答"] == visible(HOSTILE)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "  =1", "\n=1"])
def test_no_cell_is_a_formula(formula: str) -> None:
    """Whatever a spreadsheet would compute begins with an apostrophe, in every column that a person filled."""
    case = a_case(id=formula, question=formula, towns=(formula,), tags=(formula,), must=((formula,),))
    text = render_csv(summarise(a_run([outcome(case, an_answer(formula, cite(PERIOD)))])))
    (row,) = csv.DictReader(io.StringIO(text[1:], newline=""))
    assert all(not cell.lstrip(" \n\t　").startswith(tuple("=+-@＝＋－＠")) for cell in row.values())
    assert inert_cell(formula) == f"'{visible(formula)}"


def test_json_holds_scores_slices_and_verdicts(written: tuple[Path, ...], report: Report) -> None:
    """The figures are those of the report, a verdict for each listed question, none for an error."""
    value = json.loads(written[1].read_text("utf-8"))
    assert {s["metric"]: s["value"] for s in value["scores"]} == {s.metric: s.value for s in report.scores}
    assert len(value["slices"]) == len(report.slices)
    assert [r["id"] for r in value["results"]] == [r.case.id for r in report.listed]
    assert [r["verdict"] is None for r in value["results"]] == [r.outcome is None for r in report.listed]
    assert value["run"]["run_id"] == report.info.run_id


def test_half_a_surrogate_pair_can_be_written(tmp_path: Path) -> None:
    """A character that is half of one, which JSON lets through, spoils no file."""
    broken = outcome(a_case(id="\ud800", question="\udfff"), an_answer("\ud83d", cite(PERIOD)))
    paths = write_report(a_run([broken]), tmp_path)
    assert json.loads(paths[1].read_text("utf-8"))["results"][0]["id"] == "\ud800"
    assert "‹U+D83D›" in paths[0].read_text("utf-8")


def test_junit_has_a_suite_for_each_set(report: Report) -> None:
    """Tests, failures and errors add up; a sealed set is a suite without tests."""
    suites = ET.fromstring(render_junit(report))
    assert [suite.get("name") for suite in suites] == [info.name for info in report.info.sets]
    assert [int(suite.get("tests", "")) for suite in suites][2] == 0
    for suite in suites:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors", "")) == len(suite.findall("testcase/error"))
    assert int(suites.get("failures", "")) + int(suites.get("errors", "")) == len(report.failures)


def test_junit_says_what_went_wrong(report: Report) -> None:
    """A failure carries its kind, an error the reason for which there was no reply."""
    suites = ET.fromstring(render_junit(report))
    found = {case.get("name", "").split(" ", maxsplit=1)[0]: case for case in suites.iter("testcase")}
    half, broken, right = found["half"][0], found["broken"][0], found["generated"]
    assert (half.tag, half.get("type")) == ("failure", "fact_missing")
    assert "要点の不足" in half.get("message", "")
    assert (broken.tag, broken.get("type")) == ("error", "error")
    assert "503" in (broken.text or "")
    assert len(right) == 0


def test_junit_is_well_formed_whatever_was_written() -> None:
    """Every character below U+0100, and those that XML forbids above it, stand in a name, a text and a message."""
    every = "".join(map(chr, range(0x100))) + "\ufffe\uffff\ud800\u202e\U000e0001"
    text = render_junit(summarise(a_run([outcome(a_case(id=every, question=every), an_answer(every, cite(PERIOD)))])))
    (test,) = ET.fromstring(text).iter("testcase")
    assert "‹U+0000›" in test.get("name", "")
    assert "‹U+FFFE›" in (test[0].text or "")
