"""The report as one page that needs nothing else: no network, no library, and no script to be read."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from evals.metrics import BY_NAME, Unit
from evals.report.figures import duration, figure, interval_of, percent, value_of
from evals.report.glance import cards, sentences
from evals.report.histogram import bars, place
from evals.report.key_check import check_key, plans_of
from evals.report.kinds import SIGN, SIGNS, Kind
from evals.report.metric_groups import metric_groups
from evals.report.names import PERSONAS, REASONS, TYPES
from evals.report.result import Result
from evals.report.slices import DIMENSIONS, SLICE_METRICS, Dimension
from evals.report.summary import Report
from evals.report.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent


def render_html(report: Report) -> str:
    """Return the page of a report.

    Every text of a question, an answer or a plan is escaped, its hidden characters are shown as their numbers, and the
    page's policy lets no style and no script but its own two take effect, by their digests.
    """
    from markupsafe import Markup

    style, script = _read("report.css"), _read("report.js")
    plans = plans_of(result.outcome for result in report.listed if result.outcome is not None)

    def check(result: Result) -> object:
        return check_key(result.case, result.outcome.answer if result.outcome else None, plans)

    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            style=Markup(style),
            script=Markup(script),
            style_digest=_digest(style),
            script_digest=_digest(script),
            started=_moment(report.info.started),
            cards=cards(report),
            sentences=sentences(report),
            metric_groups=metric_groups(),
            bars=bars(report.latency),
            by_gravity=sorted(report.failures, key=_gravity),
            check=check,
        )
    )


def tokens(result: Result) -> tuple[str, ...]:
    """Return what the list of questions can be filtered by to see this one: how it went, and each thing that is wrong."""
    verdict = result.outcome.verdict if result.outcome else None
    how = {
        "failed": result.failed,
        "right": verdict is not None and verdict.right,
        "wrong_answer": verdict is not None and not verdict.right and not verdict.abstained,
    }
    return (*(name for name, holds in how.items() if holds), *result.kinds)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the list can be filtered by, and how many of the listed questions have it."""

    value: str
    label: str
    questions: int


def choices(report: Report, dimension: Dimension) -> tuple[Choice, ...]:
    """Return what a dimension offers to filter by, in the order of its slices."""
    parts = [part for part in report.slices if part.dimension == dimension.name]
    held = Counter(value for result in report.listed for value in dimension.values(result))
    return tuple(Choice(part.name, part.label, held[part.name]) for part in parts if held[part.name])


def _gravity(result: Result) -> tuple[int, int]:
    return list(Kind).index(result.kinds[0]), result.number


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        finalize=_inert,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, duration=duration, value_of=value_of, interval_of=interval_of)
    environment.globals.update(
        metrics=BY_NAME,
        SHARE=Unit.SHARE,
        figure=figure,
        place=place,
        sign=SIGN,
        signs=SIGNS,
        personas=PERSONAS,
        types=TYPES,
        reasons=REASONS,
        dimensions=DIMENSIONS,
        slice_metrics=SLICE_METRICS,
        tokens=tokens,
        choices=choices,
        link=_link,
    )
    return environment


def _inert(value: object) -> object:
    """Return what a template writes, with nothing hidden in it. Markup is ours: its parts have been here already."""
    from markupsafe import Markup

    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _link(name: str, value: str) -> str:
    """Return the address within the page that filters the questions.

    >>> _link("town", "平生町")
    '#town=%E5%B9%B3%E7%94%9F%E7%94%BA'
    """
    return "#" + urlencode({name: visible(value)})


def _moment(started: str) -> str:
    try:
        at = datetime.fromisoformat(started)
    except ValueError:
        return started
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def _digest(text: str) -> str:
    """Return the digest by which a page's policy names its own style or script."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
