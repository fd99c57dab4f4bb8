"""The assistant broken on purpose: the suite has to notice."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from evals.case import Case
from evals.gate import ERRORS
from evals.metrics import BY_NAME
from evals.mutants import FAULTS, Fault, Mutant, Remembered, try_fault
from evals.run import QuestionSet, Run, run_sets
from evals.tables import mutant_table

DOCS = Path(__file__).resolve().parents[2] / "docs" / "evaluation.md"
EVERY = 5  # of the development questions of each type


@pytest.fixture(scope="module")
def sample(dev_cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """Every fifth question of each type."""
    by_type = defaultdict(list)
    for case in dev_cases:
        by_type[case.type].append(case)
    return tuple(case for cases in by_type.values() for case in cases[::EVERY])


@pytest.fixture(scope="module")
def honest(sample: tuple[Case, ...], remembered: Remembered) -> Run:
    """The run of the assistant as it is."""
    return run_sets([QuestionSet("dev", sample)], remembered, started="", revision="")


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_caught_by_its_metric(
    fault: Fault, sample: tuple[Case, ...], remembered: Remembered, honest: Run
) -> None:
    """The metric meant for it gets worse, and chance does not explain it."""
    trial = try_fault(fault, sample, remembered, honest)
    told = [(d.metric, round(d.first.value, 3), round(d.second.value, 3), d.p) for d in trial.differences if d.value]
    assert trial.caught, told
    assert bool(trial.failures) == (fault.metric == ERRORS)


def test_the_honest_assistant_is_not_caught(sample: tuple[Case, ...], remembered: Remembered, honest: Run) -> None:
    """Under no metric that is meant for a fault; latencies apart, nothing differs from the run before."""
    for metric in {fault.metric for fault in FAULTS}:
        trial = try_fault(Fault("none", "何も壊さない", metric, Mutant), sample[::4], remembered, honest)
        assert not trial.caught
        assert {d.value for d in trial.differences if not d.metric.startswith("seconds")} == {0.0}


def test_there_are_enough_ways_to_fail() -> None:
    """At least twelve, each with a name of its own, for a metric that is there; the town lock and exactness among them."""
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names)) >= 12
    assert {fault.metric for fault in FAULTS} <= {*BY_NAME, ERRORS}
    assert {"town_leaks", "citation_exactness", "fact_precision", "abstention_recall"} <= {f.metric for f in FAULTS}


def test_the_table_marks_the_metric_that_noticed(sample: tuple[Case, ...], remembered: Remembered, honest: Run) -> None:
    """A row a fault, the change bold in the column of the metric meant for it, "yes" at its end."""
    trials = [try_fault(fault, sample[::3], remembered, honest) for fault in FAULTS if "quotes" in fault.name]
    rows = _rows(mutant_table(trials))
    assert set(rows) == {"shift_the_quotes", "reword_the_quotes"}
    assert {(row["citation_exactness"], row["caught"]) for row in rows.values()} == {("**-100**", "yes")}


def test_the_documents_list_every_fault_and_that_it_was_caught() -> None:
    """The table in docs/evaluation.md is that of these faults, each noticed by the metric meant for it."""
    rows = _rows(DOCS.read_text("utf-8"))
    assert set(rows) == {fault.name for fault in FAULTS}
    for fault in FAULTS:
        assert rows[fault.name][fault.metric].strip("*"), fault.name
        assert rows[fault.name]["caught"] == "yes", fault.name


def _rows(text: str) -> dict[str, dict[str, str]]:
    """Return the rows of the Markdown table that begins with "fault", by fault and column."""
    lines = text[text.index("| fault |") :].split("\n\n", maxsplit=1)[0].splitlines()
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): dict(zip(head, row, strict=True)) for row in rows}
