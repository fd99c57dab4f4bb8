"""Every form of a run's report, in one folder."""

from __future__ import annotations

from pathlib import Path

from evals.report.csv_file import render_csv
from evals.report.html import render_html
from evals.report.json_file import render_json
from evals.report.junit import render_junit
from evals.report.summary import summarise
from evals.run import Run

FORMS = {
    "report.html": render_html,
    "report.json": render_json,
    "report.csv": render_csv,
    "junit.xml": render_junit,
}


def write_report(run: Run, folder: Path) -> tuple[Path, ...]:
    """Write the report of a run into ``folder``, over an older one, and return the paths, the page first."""
    report = summarise(run)
    texts = {folder / name: render(report) for name, render in FORMS.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        aside = path.with_name(f"{path.name}.new")
        # Only JSON may still hold half a surrogate pair: its own escape is written for it.
        aside.write_text(text, "utf-8", errors="backslashreplace", newline="")
        aside.replace(path)
    return tuple(texts)
