"""The measures of rankings, against what a person works out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evals.beir_measures import MEASURES, measure, per_query

QRELS = {
    "a": {"x": 1},  # found second
    "b": {"x": 2, "y": 1},  # found first and fourth
    "c": {"x": 1},  # found eleventh
    "d": {"x": 1, "z": 0},  # what was found is judged irrelevant
    "e": {"x": 1},  # nothing was found
}
OTHERS = tuple(f"o{at}" for at in range(200))
RANKINGS = {
    "a": ("o1", "x"),
    "b": ("x", "o1", "o2", "y"),
    "c": (*OTHERS[:10], "x"),
    "d": ("z", "o1"),
    "e": (),
}


def test_the_measures_are_those_worked_out_by_hand() -> None:
    """nDCG discounts by log2(rank + 1) with the scores as gains, recall is a share of the relevant, MRR stops at ten."""
    scores = dict(zip(MEASURES, per_query(QRELS, RANKINGS).tolist(), strict=True))
    second = 1 / math.log2(3)
    graded = (2 + 1 / math.log2(5)) / (2 + 1 / math.log2(3))
    assert scores["nDCG@10"] == pytest.approx([second, graded, 0, 0, 0])
    assert scores["R@1"] == [0, 0.5, 0, 0, 0]
    assert scores["R@5"] == [1, 1, 0, 0, 0]
    assert scores["R@10"] == [1, 1, 0, 0, 0]
    assert scores["R@100"] == [1, 1, 1, 0, 0]
    assert scores["RR@10"] == [0.5, 1, 0, 0, 0]


def test_a_mean_is_over_all_judged_queries() -> None:
    """A query without a ranking, or with an empty one, counts as 0 and is not passed over."""
    values = {m.name: m.value for m in measure(QRELS, {name: RANKINGS[name] for name in "abcd"})}
    assert values["MRR@10"] == pytest.approx(1.5 / 5)
    assert values["Recall@100"] == pytest.approx(3 / 5)
    assert {m.value for m in measure(QRELS, {})} == {0.0}


def test_the_hundredth_place_counts_and_the_next_does_not() -> None:
    """Recall@100 looks at one hundred documents."""
    rankings = {"a": (*OTHERS[:99], "x"), "c": (*OTHERS[:100], "x")}
    values = per_query({"a": {"x": 1}, "c": {"x": 1}}, rankings)[MEASURES.index("R@100")]
    assert values.tolist() == [1, 0]


def test_the_order_of_the_ranking_counts_not_that_of_the_ids() -> None:
    """Ids that sort the other way round do not change a ranking."""
    ids = [f"{at:03}" for at in range(10)]
    for names in (ids, ids[::-1]):
        scores = per_query({"q": {names[2]: 1}}, {"q": names})
        assert scores[MEASURES.index("RR@10"), 0] == pytest.approx(1 / 3)


def test_the_interval_is_that_of_the_mean() -> None:
    """Of 100 queries with half of them right, the bootstrap gives what the normal distribution gives."""
    qrels = {str(at): {"x": 1} for at in range(100)}
    rankings = {str(at): ("x",) if at % 2 else ("o",) for at in range(100)}
    (recall,) = [m for m in measure(qrels, rankings) if m.name == "Recall@1"]
    half = 1.96 * math.sqrt(0.25 / 100)
    assert recall.value == 0.5
    assert (recall.low, recall.high) == pytest.approx((0.5 - half, 0.5 + half), abs=0.015)
    assert measure(qrels, rankings) == measure(qrels, rankings)


def test_an_interval_holds_its_value() -> None:
    """Low, value and high are in order for every measure."""
    for m in measure(QRELS, RANKINGS):
        assert 0 <= m.low <= m.value <= m.high <= 1
    assert np.isfinite(per_query(QRELS, RANKINGS)).all()
