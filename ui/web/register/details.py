"""A measure's details: what the row leaves out, and every place of the plan that it was read from, word for word."""

from __future__ import annotations

from collections.abc import Iterator

from index.index import Index
from ingest.document import Span
from ui.commitments.records import Record
from ui.web.inert import inert, steady
from ui.web.plan_view.link import quote_link


def render_details(record: Record, index: Index) -> str:
    """Return the folded details."""
    found = record.commitment
    facts = [
        ("計画", steady(record.plan.title)),
        ("見出し", " › ".join(map(steady, found.heading_path)) or "見出しなし"),
    ]
    if found.state:
        facts.append(("現況と課題", steady(found.state.text)))
    listed = "".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in facts)
    quotes = "".join(_quote(record, index, name, span) for name, span in _cited(record))
    return (
        f'<details><summary>くわしく見る<span class="unseen">：{steady(found.title.text)}</span></summary>'
        f'<dl>{listed}</dl><p class="quotes-name">計画の原文（記号も含めてそのまま）</p><ul class="quotes">{quotes}</ul></details>'
    )


def _cited(record: Record) -> Iterator[tuple[str, Span]]:
    found = record.commitment
    stages = tuple(span for stage in found.schedule for span in stage.spans)
    parts = (
        ("取組", found.title.spans),
        ("概要", found.summary.spans),
        ("現況と課題", found.state.spans),
        ("工程", stages),
        ("担当課", found.unit.spans),
    )
    names: dict[Span, list[str]] = {}
    for name, spans in parts:
        for span in dict.fromkeys(spans):
            names.setdefault(span, []).append(name)
    for span, named in names.items():
        yield "・".join(named), span


def _quote(record: Record, index: Index, name: str, span: Span) -> str:
    plan = record.plan
    words = steady(span.of(index.text(plan.plan_id)))
    page = index.page(plan.plan_id, span.start)
    where = f"（{page}ページ）" if page is not None else ""
    return (
        f'<li><span class="quote-of">{name}{where}</span><blockquote class="source-quote">{words}</blockquote>'
        f'<a href="{inert(quote_link(plan.plan_id, span.start, span.end))}">計画で読む'
        f'<span class="unseen">：{name}の原文</span></a></li>'
    )
