"""The cells of a comparison: statements with their numbers, the quotes behind them, and the measures."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from assistant.answer import Citation
from assistant.comparison_table import BLANK
from ingest.commitments.commitment import Stage
from ui.commitments.choose import NOT_STATED
from ui.commitments.records import Record
from ui.comparison.compare import Row, Said
from ui.web.inert import inert, steady
from ui.web.plan_view.link import quote_link
from ui.web.stage_doubt import short_doubt

MOST_MEASURES = 5  # of a town that stand in its cell; the register has them all

_BLANK = f'<span class="not-stated">{inert(BLANK)}</span>'


def render_statement(said: Said, cited: Mapping[int, Citation]) -> str:
    """Return a statement with a link to the plan for each of its citations.

    >>> render_statement(Said("<b>4年", (7,)), {})
    '&#60;b&#62;4年'
    """
    text = "<br>".join(steady(line) for line in said.text.split("\n"))
    chips = "".join(_chip(cited[n]) for n in said.numbers if n in cited)
    return text.replace(inert(BLANK), _BLANK) + chips


def _chip(citation: Citation) -> str:
    return (
        f'<a class="source-number" href="{inert(quote_link(citation.plan_id, citation.start, citation.end))}">'
        f'<span class="unseen">引用</span>&#91;{citation.n}&#93;'
        f'<span class="unseen">：{steady(citation.municipality)}の計画で読む</span></a>'
    )


def render_sources(row: Row) -> str:
    """Return a town's quotes, word for word, folded."""
    if not row.citations:
        return ""
    quotes = "".join(_quote(citation) for citation in row.citations)
    return (
        f'<details><summary>原文の引用を見る（{len(row.citations)}件）<span class="unseen">：{steady(row.municipality)}</span>'
        f'</summary><ul class="quotes">{quotes}</ul></details>'
    )


def _quote(citation: Citation) -> str:
    page = f"　{citation.page}ページ" if citation.page is not None else ""
    place = " › ".join(map(inert, (citation.title, *citation.heading_path)))
    return (
        f'<li><span class="quote-of">[{citation.n}]　{place}{page}</span>'
        f'<blockquote class="source-quote">{steady(citation.quote)}</blockquote>'
        f'<a href="{inert(quote_link(citation.plan_id, citation.start, citation.end))}">計画で読む'
        f'<span class="unseen">：引用[{citation.n}]</span></a></li>'
    )


def render_measures(row: Row) -> str:
    """Return a town's measures on the topic, each with its times, its unit and the way to the plan."""
    if not row.commitments:
        return '<p class="not-stated">当てはまる取組は見つかりませんでした</p>'
    listed = "".join(f"<li>{_measure(record)}</li>" for record in row.commitments[:MOST_MEASURES])
    more = len(row.commitments) - MOST_MEASURES
    address = "/register?" + inert(urlencode({"town": row.code}))
    rest = f'<p><a href="{address}">ほか{more}件（取組一覧へ）</a></p>' if more > 0 else ""
    return f'<ul class="measures-of">{listed}</ul>{rest}'


def _measure(record: Record) -> str:
    found = record.commitment
    place = found.title.spans[0]
    times = "、".join(steady(_stage(stage)) for stage in found.schedule)
    unit = f"　担当：{steady(found.unit.text)}" if found.unit else ""
    return (
        f'<a href="{inert(quote_link(record.plan.plan_id, place.start, place.end))}">{steady(found.title.text)}</a>'
        f'<span class="when">工程：{times or NOT_STATED}{unit}</span>'
    )


def _stage(stage: Stage) -> str:
    when = f"{stage.when}～{stage.until}" if stage.until else stage.when
    told = " ".join(filter(None, (when, stage.what)))
    doubt = short_doubt(stage)
    return f"{told}（{doubt}）" if doubt else told
