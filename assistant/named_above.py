"""The heading or the glossary term above a quoted sentence, where it alone says a word that the question asks with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.definitions import topic_nouns
from assistant.statement import Quote, Statement
from assistant.understand import Understanding
from assistant.wording import ASKS_NAME
from index.tokens import terms
from ingest.document import Chunk, Kind, Span
from ingest.search_text import normalise, readable

_LONGEST = 40  # characters of a heading that reads as a name
_FAR = 6_000  # characters between a heading and what stands under it
_NUMBERING = re.compile(
    r"\s*(?:第\s*[0-9]+\s*[章節編]|[(（][0-9]+[)）]|[0-9]+(?:[-－][0-9]+)*\s*[.．、]|[0-9]{1,2}\s(?!年|月|つ|人|件|割|回))\s*(?=.)"
)
_HEADED = frozenset({Kind.PARAGRAPH, Kind.LIST, Kind.ENTRY})


def with_names(asked: Understanding, statements: Sequence[Statement], text: str) -> list[Statement]:
    """Return the statements, each under a heading that says what the question asks with that name before it, quoted, once.

    What a glossary says always comes with its term.

    「庁内のリーダーを何と呼びますか」: the sentence tells what they do, only the heading above it says 「ICTリーダーの育成」.
    """
    nouns = {word.term for word in topic_nouns(asked)}
    told: set[Span] = set()
    named: list[Statement] = []
    for statement in statements:
        quote = statement.quotes[0]
        span = _name_of(quote.chunk, quote.span, statement.text, text)
        if span is None or span in told or not (quote.chunk.term or _adds(asked, nouns, span.of(text), statement.text)):
            named.append(statement)
            continue
        told.add(span)
        words = f"{readable(span.of(text))}：{statement.text}"
        named.append(replace(statement, text=words, quotes=(*statement.quotes, Quote(quote.chunk, span))))
    return named


def _adds(asked: Understanding, nouns: set[str], name: str, said: str) -> bool:
    """Return whether a name says a word of the question that the statement does not, or names are what is asked for."""
    own = nouns & set(terms(normalise(name)))
    return bool(own - set(terms(normalise(said)))) or (bool(own) and ASKS_NAME.search(asked.focus) is not None)


def _name_of(chunk: Chunk, below: Span, said: str, text: str) -> Span | None:
    """Return where the term or the last heading of a piece stands in the plan, if it is short, near above it and not said."""
    if chunk.kind not in _HEADED:
        return None
    name = chunk.term or (chunk.heading_path[-1] if chunk.heading_path else "")
    if not name or len(name) > _LONGEST or readable(name) in said:
        return None
    at = text.rfind(name, max(0, below.start - _FAR), below.start)
    numbering = _NUMBERING.match(name)
    return Span(at + (numbering.end() if numbering else 0), at + len(name)) if at >= 0 else None
