"""Words in, passages out: a search without an answer, the same for every face."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Question
from assistant.scope import selected_codes
from assistant.towns import find_mentions, without_mentions
from index.query import Hit, Query
from ingest.search_text import normalise
from ui.question import read_question

if TYPE_CHECKING:
    from assistant.assistant import Assistant

MOST_HITS = 100


def search_plans(assistant: Assistant, words: str, *, municipalities: Sequence[str] = (), k: int = 10) -> list[Hit]:
    """Return at most ``k`` passages for ``words``, best first, from ``municipalities`` alone where some are given.

    They are ranked as for an answer. Where no municipality is given, a covered one that ``words`` names is searched; words
    that only name a municipality are looked for as they are.

    Raises:
        QuestionRefusedError: ``words`` is empty or too long.
        UnknownMunicipalityError: a name or code that the index does not hold.
    """
    plans = assistant.index.plans
    text = unicodedata.normalize("NFKC", read_question(words))
    chosen = selected_codes(municipalities, plans)
    topic = without_mentions(text, plans).strip()
    if topic:
        return assistant.retrieve(Question(topic if chosen else text, chosen), k)
    named = tuple(dict.fromkeys(code for mention in find_mentions(text, plans) for code in mention.codes))
    return assistant.index.retrieve(Query(normalise(text), chosen or named, k))
