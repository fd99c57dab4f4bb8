"""Records of evaluations, small enough to be read and compared in a moment."""

from __future__ import annotations

import json
from pathlib import Path

BASELINE = Path(__file__).resolve().parents[3] / "evals" / "baseline"
CASES = 60
WORSE = 4


def write_runs(folder: Path) -> Path:
    """Write two runs, ``again`` with some answers wrong that were right ``before``, into ``folder`` and return it."""
    info = json.loads((BASELINE / "run.json").read_text("utf-8"))
    info["sets"][0]["cases"] = CASES
    outcomes = [json.loads(line) for line in (BASELINE / "outcomes.jsonl").read_text("utf-8").splitlines()[:CASES]]
    for name in ("before", "again"):
        run = folder / name
        run.mkdir(parents=True)
        (run / "run.json").write_text(json.dumps(info), "utf-8")
        (run / "outcomes.jsonl").write_text("".join(json.dumps(one) + "\n" for one in outcomes), "utf-8")
        (run / "failures.jsonl").touch()
        for outcome in [one for one in outcomes if one["verdict"]["right"]][:WORSE]:
            outcome["verdict"]["right"] = False
    return folder
