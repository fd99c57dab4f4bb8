"""Words in, passages out: a search without an answer, the same for every face."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.scope import selected_codes
from assistant.towns import find_mentions, without_mentions
from index.query import Hit, Query
from ingest.search_text import normalise
from ui.question import read_question

if TYPE_CHECKING:
    from index.index import Index

MOST_HITS = 100


def search_plans(index: Index, words: str, *, municipalities: Sequence[str] = (), k: int = 10) -> list[Hit]:
    """Return at most ``k`` passages for ``words``, best first, from ``municipalities`` alone where some are given.

    Where none is given, a covered municipality that ``words`` names is the one searched.

    Raises:
        QuestionRefusedError: ``words`` is empty or too long.
        UnknownMunicipalityError: a name or code that the index does not hold.
    """
    text = unicodedata.normalize("NFKC", read_question(words))
    mentions = [mention for mention in find_mentions(text, index.plans) if mention.codes]
    named = tuple(dict.fromkeys(code for mention in mentions for code in mention.codes))
    topic = without_mentions(text, index.plans).strip() or text
    return index.retrieve(Query(normalise(topic), selected_codes(municipalities, index.plans) or named, k))
