"""What a browser brings to the chat page: the town, the text in the box, and the answers of its conversation."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from ingest.document import Plan
from ui.api.answers import read_answer
from ui.database import AnswersFileError
from ui.question import LONGEST_QUESTION, clean
from ui.store import AnswerStore
from ui.web.towns import known_codes

MOST_ANSWERS = 50
"""Answers that come back after a reload; the newest ones."""

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Arrival:
    """``wanted`` is the town of the address, as it was written; ``town`` the code chosen last on this device."""

    wanted: str = ""
    town: str = ""
    text: str = ""
    easy: bool = False
    answer_ids: tuple[str, ...] = ()


def read_arrival(brought: str) -> Arrival:
    """Return what a browser says it brings (JSON); whatever is not of the agreed shape is left out.

    >>> read_arrival('{"wanted": "甲町", "answers": ["x", 1], "easy": true}')
    Arrival(wanted='甲町', town='', text='', easy=True, answer_ids=())
    >>> read_arrival("[") == read_arrival("[]") == Arrival()
    True
    """
    try:
        said = json.loads(brought)
    except (ValueError, RecursionError):
        return Arrival()
    if not isinstance(said, dict):
        return Arrival()
    wanted, town, text = (said.get(name) for name in ("wanted", "town", "text"))
    ids = said.get("answers")
    known = [one for one in ids if isinstance(one, str) and _ID.fullmatch(one)] if isinstance(ids, list) else []
    return Arrival(
        wanted=clean(wanted)[:100] if isinstance(wanted, str) else "",
        town=town if isinstance(town, str) else "",
        text=clean(text)[: 2 * LONGEST_QUESTION] if isinstance(text, str) else "",
        easy=said.get("easy") is True,
        answer_ids=tuple(known[-MOST_ANSWERS:]),
    )


def town_of(arrival: Arrival, plans: Sequence[Plan]) -> str:
    """Return the code of the town to begin with: the address goes before the device; "" for all towns."""
    codes = {plan.municipality_code for plan in plans}
    if arrival.wanted:
        return next(iter(known_codes((arrival.wanted,), plans)), "")
    return arrival.town if arrival.town in codes else ""


def answers_of(arrival: Arrival, store: AnswerStore) -> tuple[Answer, ...]:
    """Return the answers of the conversation that can still be read; the browser brings ids alone, never an answer."""
    try:
        return tuple(read_answer(kept.body) for kept in store.some(arrival.answer_ids))
    except AnswersFileError:  # it is in the log, and the next question is answered all the same
        return ()
