"""Which municipalities answer a question: those whose evidence makes us sure enough, or that the question means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.decide import ANSWER_BESIDE_FROM, ANSWER_FROM, ANSWER_UNNAMED_FROM
from assistant.kinds import offices
from assistant.look_up import Found, LookUp
from assistant.own_measures import asks_measures
from assistant.reading import Reader
from assistant.understand import Understanding
from assistant.wording import MENTIONED, Wanted
from ingest.document import Chunk, Kind

FAR = 0.15  # of a question's weight: a passage that covers so much more of it is the one about its matter
FAR_TIMES = 1.3
_OF_ITSELF = ("contents", "own_period", "stated_period", "own_date")  # what tells of the plan as a whole
_COUNTS = re.compile(r"いくつ")  # what is listed can be counted where no number is written
_MANY = frozenset({Wanted.COMPARE, Wanted.LIST, Wanted.DEFINITION})


def answering(asked: Understanding, look_up: LookUp, reader: Reader) -> list[Found]:
    """Return the municipalities whose plans answer, in the order asked for (best first when none was named)."""
    looked_at = look_up.towns(asked)
    threshold = ANSWER_FROM if asked.scope.locked else ANSWER_UNNAMED_FROM
    if asked.scope.locked and any(f.probability >= threshold for f in looked_at):
        threshold = ANSWER_BESIDE_FROM
    if Wanted.WHICH_TOWN in asked.wanted:
        return _meant([f for f in looked_at if _tells_of(f, asked.scope.beside, reader)], asked, threshold, reader)
    found = [
        f
        for f in looked_at
        if (
            (f.probability >= threshold and not f.evidence[0].lacking and not _told_without(f))
            or _all_parts(f, look_up)
        )
        and _tells_of(f, asked.scope.beside, reader)
    ]
    if asked.scope.locked:
        return found
    # nobody named a municipality: where one's glossary defines the word, others that merely use it are no answer
    found = [f for f in found if f.told.definition > 0] or found
    return sorted(found, key=lambda f: -f.probability)


def _meant(looked_at: Sequence[Found], asked: Understanding, threshold: float, reader: Reader) -> list[Found]:
    """Return the municipalities that 「どの町」 means: what is quoted and when it was are binding, and so is mere mention."""
    mere = MENTIONED.search(asked.focus) is not None
    found = [
        f
        for f in looked_at
        if (f.mentions or (f.probability >= threshold and not (mere and f.told.missing_nouns)))
        and not f.evidence[0].lacking
    ]
    if mere and asked.quoted:
        return [f for f in found if all(reader.says(f.plans, words) for words in asked.quoted)]
    if asked.quoted:  # 「〇〇」とする町: those that say it in other words are not meant
        found = [f for f in found if f.quoted] or found
    if asked.years:
        found = [f for f in found if f.dated] or found
    return found


def _told_without(found: Found) -> bool:
    """Return whether another passage tells far more of what the question is about, and lacks what it asks for.

    「スマホの相談は何時からですか」 is not answered from the hours of the bus where the plan speaks of that consultation and
    names no hour. Asked on, or for several things, no one passage need tell, and of itself a plan tells in whatever words.
    """
    asked, best = found.asked, found.evidence[0]
    of_itself = asks_measures(asked) or any(best.signals[name] for name in _OF_ITSELF)
    if (
        of_itself
        or asked.wanted & _MANY
        or any(word.from_history for word in asked.words)
        or _COUNTS.search(asked.focus)
    ):
        return False
    others = (e for e in found.evidence if e.lacking and _section(e.chunk) != _section(best.chunk))
    most = max((e.covered for e in others), default=0.0)
    return most >= max(best.covered + FAR, best.covered * FAR_TIMES)


def _section(chunk: Chunk) -> tuple[str, ...]:
    """Return the headings over a passage; the fields of a record card stand under its title."""
    return chunk.heading_path[:-1] if chunk.kind is Kind.CARD else chunk.heading_path


def _all_parts(found: Found, look_up: LookUp) -> bool:
    """Return whether each of several things asked is answered, though no one piece tells of all."""
    parts = look_up.parts(found)
    return len(parts) > 1 and len(parts) == len(found.asked.asks)


def _tells_of(found: Found, others: Sequence[str], reader: Reader) -> bool:
    """Return whether the municipality's plans speak of the other municipalities and of the office asked about."""
    return all(reader.says(found.plans, name) for name in (*others, *offices(found.asked.focus)))
