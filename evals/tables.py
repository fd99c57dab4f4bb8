"""Tables for the documents."""

from __future__ import annotations

from collections.abc import Sequence

from evals.gate import ERRORS
from evals.metrics import METRICS, Unit
from evals.mutants import Trial


def mutant_table(trials: Sequence[Trial]) -> str:
    """Return the faults against the metrics as Markdown, changes in percentage points.

    Bold: the metric that had to notice. A change that chance explains (p of 0.05 or more) is left blank.
    """
    metrics = [metric for metric in METRICS if metric.unit is Unit.SHARE]
    head = ["fault", *(metric.name for metric in metrics), ERRORS, "caught"]
    rows = [head, ["---"] * len(head)]
    for trial in trials:
        changes = {d.metric: f"{100 * d.value:+.0f}" for d in trial.differences if d.significant}
        changes[ERRORS] = f"+{trial.failures}" if trial.failures else ""
        cells = [changes.get(name, "") for name in head[1:-1]]
        meant = [
            f"**{cell}**" if name == trial.fault.metric and cell else cell
            for name, cell in zip(head[1:-1], cells, strict=True)
        ]
        rows.append([f"`{trial.fault.name}`", *meant, "yes" if trial.caught else "NO"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
