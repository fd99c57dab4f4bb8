"""The contents of a plan as nested links."""

from __future__ import annotations

from ui.web.inert import inert
from ui.web.plan_view.reading import Reading


def render_contents(reading: Reading) -> str:
    """Return the headings of a plan as a nested list of links, "" for a plan without headings.

    >>> from ui.web.plan_view.reading import read_plan
    >>> render_contents(read_plan("第1章 総論\\n\\n第2章 各論\\n\\n(1) 方針\\n", "計画")).count("<ul>")
    2
    """
    out: list[str] = []
    depth = 0
    for heading in reading.headings():
        level = min(len(heading.path), depth + 1)
        out.append("<ul>" if level > depth else "</li>" + "</ul></li>" * (depth - level))
        out.append(f'<li><a href="#s-{heading.start}"><bdi>{inert(heading.path[-1])}</bdi></a>')
        depth = level
    return "".join(out) + "</li></ul>" * depth
