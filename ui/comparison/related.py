"""A topic and what was cited for it -> the measures of the register on that topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import Citation, Question
from assistant.understand import understand
from index.index import Index
from ingest.document import Span
from ingest.search_text import normalise
from ui.commitments.records import Record, find_commitments

_TOPIC = 1.0  # the weight of a word that names what the question is about


def related_commitments(index: Index, topic: str, code: str, citations: Sequence[Citation]) -> tuple[Record, ...]:
    """Return one town's measures that a citation stands in, then those that the topic's words name."""
    words = [word for word in understand(Question(topic, (code,)), index.plans).words if word.weight >= _TOPIC]
    terms = {word.term for word in words}
    joined = "".join(normalise(word.surface) for word in words)
    cited: list[Record] = []
    named: list[Record] = []
    for record in find_commitments(index, "", (code,)):
        if _holds(record, citations):
            cited.append(record)
        elif terms and (terms <= record.title_terms or joined in record.words):
            named.append(record)
    return (*cited, *named)


def _holds(record: Record, citations: Sequence[Citation]) -> bool:
    """Return whether a citation stands in the record's words."""
    places = list(_spans(record))
    return any(
        citation.plan_id == record.plan.plan_id and any(_within(citation, span) for span in places)
        for citation in citations
    )


def _within(citation: Citation, span: Span) -> bool:
    return citation.start < span.end and span.start < citation.end


def _spans(record: Record) -> Iterator[Span]:
    found = record.commitment
    for passage in (found.title, found.summary, found.state, found.unit):
        yield from passage.spans
    for stage in found.schedule:
        yield from stage.spans
