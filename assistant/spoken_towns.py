"""Which municipalities the conversation before a question speaks of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Turn
from assistant.towns import find_mentions
from assistant.wording import ALL_TOWNS, EACH_TOWN, FORMER_TOWN, LATTER_TOWN, OTHER_TOWN, TOWNS_TOLD_OF
from ingest.document import Plan


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a conversation was last about: covered municipalities, all of them, or some that are not covered.

    ``codes`` are in the order of their first mention, ``latest`` from the one mentioned last.
    """

    codes: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    every: bool = False
    latest: tuple[str, ...] = ()

    @property
    def locked(self) -> bool:
        """Return whether the conversation has named any municipality."""
        return bool(self.codes or self.uncovered)


def spoken_before(focus: str, history: Sequence[Turn], plans: Sequence[Plan]) -> Spoken:
    """Return what the conversation was last about, or the one of several that ``focus`` points at.

    「もう一つの町」 is the one spoken of before the last; 「前者」 and 「後者」 are those of the last turn that names several.
    """
    turns = [_named_in(turn, plans) for turn in history]
    if OTHER_TOWN.search(focus):
        return _other(history, turns)
    several = next((spoken.codes for spoken in reversed(turns) if len(spoken.codes) > 1), ())
    if several and FORMER_TOWN.search(focus):
        return Spoken(several[:1])
    if several and LATTER_TOWN.search(focus):
        return Spoken(several[-1:])
    for before, spoken in zip([Spoken(), *turns][::-1][1:], turns[::-1], strict=True):
        if before.uncovered and not before.codes:  # a refusal names the covered ones, but was not asked for them
            return before
        if spoken.locked or spoken.every:
            return spoken
    return Spoken()


def _named_in(turn: Turn, plans: Sequence[Plan]) -> Spoken:
    """Return what one turn speaks of; an uncovered municipality counts only where a user asks for it alone."""
    text = unicodedata.normalize("NFKC", turn.content)
    mentions = find_mentions(text, plans)
    towns = [m for m in mentions if not m.prefecture]
    if turn.role == "user" and not towns:  # a user's prefecture stands for its towns, an answer's may be a partner
        towns = [m for m in mentions if m.codes]
    codes = tuple(dict.fromkeys(code for m in towns for code in m.codes))
    if codes or turn.role != "user":
        return Spoken(codes, latest=tuple(dict.fromkeys(code for m in reversed(towns) for code in m.codes)))
    if towns:
        return Spoken(uncovered=tuple(dict.fromkeys(m.name for m in towns)))
    return Spoken(every=asks_them(ALL_TOWNS, text) or asks_them(EACH_TOWN, text))


def asks_them(wording: re.Pattern[str], focus: str) -> bool:
    """Return whether a question asks the municipalities that a wording means, and does not merely tell of them.

    >>> asks_them(ALL_TOWNS, "他の町の計画ではどうですか"), asks_them(ALL_TOWNS, "他の町と連携しますか")
    (True, False)
    """
    return any(not TOWNS_TOLD_OF.match(focus, match.end()) for match in wording.finditer(focus))


def _other(history: Sequence[Turn], turns: Sequence[Spoken]) -> Spoken:
    """Return the municipality that was spoken of before the last one."""
    codes: list[str] = []  # most recent first
    for turn, spoken in zip(reversed(history), reversed(turns), strict=True):
        last_first = spoken.latest if turn.role == "user" or not codes else spoken.codes
        codes += [code for code in last_first if code not in codes]
    return Spoken(tuple(codes[1:2] or codes[:1]))
