"""The report for other programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from pydantic import TypeAdapter

from evals.metrics import BY_NAME
from evals.report.result import Result
from evals.report.summary import Report
from evals.run import RunInfo
from evals.score import Score

FORMAT = 1  # raised when a key changes its meaning or goes away


def render_json(report: Report) -> str:
    """Return the report as JSON: the run, every score and slice, the times, and a verdict for each question that is listed.

    Questions and answers themselves are in the run's own files, under the same ids.
    """
    value = {
        "format": FORMAT,
        "run": TypeAdapter(RunInfo).dump_python(report.info, mode="json"),
        "questions": len(report.results),
        "errors": report.errors,
        "scores": [_score(score) for score in report.scores],
        "slices": [
            {
                "dimension": part.dimension,
                "name": part.name,
                "label": part.label,
                "questions": part.questions,
                "errors": part.errors,
                "scores": [_score(score) for score in part.scores],
            }
            for part in report.slices
        ],
        "latency": {
            **asdict(report.latency),
            "bins": [
                {**asdict(part), "end": part.end if part.end < float("inf") else None} for part in report.latency.bins
            ],
        },
        "results": [_result(result) for result in report.listed],
    }
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _score(score: Score) -> dict[str, object]:
    metric = BY_NAME[score.metric]
    return {**asdict(score), "label": metric.label, "unit": metric.unit, "better": metric.better}


def _result(result: Result) -> dict[str, object]:
    outcome = result.outcome
    return {
        "number": result.number,
        "set": result.set_name,
        "id": result.case.id,
        "kinds": list(result.kinds),
        "seconds": result.seconds,
        "error": result.error,
        "verdict": asdict(outcome.verdict) if outcome else None,
        "ranking": asdict(outcome.ranking) if outcome and outcome.ranking else None,
    }
