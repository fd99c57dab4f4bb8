"""Question sets to files: JSON Lines, or CSV that spreadsheet programs open rightly."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from evals.case import CASES, Case
from evals.csv_cells import CSV_COLUMNS, case_to_row


def write_cases(cases: Iterable[Case], path: Path) -> None:
    """Write cases to ``path``: CSV where its name ends in ``.csv``, else JSON Lines. An older file is replaced.

    Raises:
        ValueError: a case cannot be put in a CSV row (see ``evals.csv_cells``).
    """
    text = _csv(cases) if path.suffix.lower() == ".csv" else _json_lines(cases)
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(text, "utf-8", newline="")
    aside.replace(path)


def _json_lines(cases: Iterable[Case]) -> str:
    return "".join(CASES.dump_json(case, exclude_defaults=True, ensure_ascii=False).decode() + "\n" for case in cases)


def _csv(cases: Iterable[Case]) -> str:
    """Return the rows under a byte order mark, without which spreadsheet programs take UTF-8 for something else."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, CSV_COLUMNS)
    writer.writeheader()
    writer.writerows(case_to_row(case) for case in cases)
    return "\ufeff" + out.getvalue()
