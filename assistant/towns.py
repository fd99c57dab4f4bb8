"""Which municipalities a question is about: those that it names, less those that it sets aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant.near_names import find_near
from assistant.town_names import Mention, find_exact
from assistant.town_words import JOINS_ASIDE, READING_SUFFIX, SUFFIX, WITHIN
from assistant.wording import ONLY_THIS, SET_ASIDE
from ingest.document import Plan
from ingest.municipalities import municipalities


def find_mentions(text: str, plans: Sequence[Plan]) -> list[Mention]:
    """Return the municipalities that ``text`` (NFKC) names and does not set aside, in order."""
    mentions = _all_mentions(text, plans)
    only = [m for m in mentions if ONLY_THIS.match(text, m.end)]
    return only or [m for i, m in enumerate(mentions) if not _set_aside(text, m, mentions[i + 1 :])]


def find_set_aside(text: str, plans: Sequence[Plan]) -> list[Mention]:
    """Return the municipalities that ``text`` (NFKC) names only to set them aside: 「A町以外の町は」."""
    mentions = _all_mentions(text, plans)
    return [m for i, m in enumerate(mentions) if _set_aside(text, m, mentions[i + 1 :])]


def without_mentions(text: str, plans: Sequence[Plan], *, keep: Collection[str] = ()) -> str:
    """Return ``text`` with the municipalities' names blanked out, set aside ones too, together with what sets them aside.

    A prefecture stays unless it only says where the municipality after it lies, for plans speak of prefectures; and so do
    the names in ``keep``: a question about another municipality, put to this one's plan, wants that name in the answer.
    """
    letters = list(text)
    mentions = _all_mentions(text, plans)
    for mention, following in zip_longest(mentions, mentions[1:]):
        address = following is not None and following.start == mention.end and not following.prefecture
        if mention.name not in keep and (address or not mention.prefecture):
            aside = SET_ASIDE.match(text, mention.end)
            end = aside.end() if aside else mention.end
            letters[mention.start : end] = " " * (end - mention.start)
    return "".join(letters)


def _all_mentions(text: str, plans: Sequence[Plan]) -> list[Mention]:
    """Return every municipality that a text names, set aside or not, in order."""
    mentions = find_exact(text, plans)
    mentions += find_near(text, plans, mentions)
    placed: list[Mention] = []
    for mention in sorted(mentions, key=lambda mention: mention.start):
        where = placed[-1] if placed and WITHIN.fullmatch(text[placed[-1].end : mention.start]) else None
        if where is None or mention.prefecture or not mention.codes:
            placed.append(mention)
        elif where.prefecture or not where.codes:
            placed += _inside(mention, where)
        else:
            placed.append(mention)
    return placed


def _inside(mention: Mention, where: Mention) -> list[Mention]:
    """Return what a covered name stands for right behind a prefecture or an uncovered municipality.

    Of several it is the one there. A name without 町 is a place there and no town: 「…市の…小学校」. A namesake or a near
    name there is not covered; any other full name says itself which town is meant.
    """
    codes = tuple(code for code in mention.codes if code in where.codes)
    if codes:
        return [replace(mention, codes=codes)]
    if not mention.guessed and not (SUFFIX.search(mention.name) or READING_SUFFIX.search(mention.name)):
        return []
    namesake = any(m.name == mention.name and m.prefecture == where.name for m in municipalities())
    return [replace(mention, codes=())] if namesake or mention.guessed else [mention]


def _set_aside(text: str, mention: Mention, later: Sequence[Mention]) -> bool:
    at = mention.end
    for other in (*later, None):
        if SET_ASIDE.match(text, at):
            return True
        between = text[at : other.start] if other else ""
        if other is None or not JOINS_ASIDE.fullmatch(between):
            return False
        at = other.end
    return False
