"""Which municipalities an answer may come from. The question beats the filter, the filter beats the history."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Turn, UnknownMunicipalityError
from assistant.towns import Mention, find_mentions
from assistant.wording import ALL_TOWNS, OTHER_TOWN, TOGETHER
from ingest.document import Plan

_ASKED_OF = re.compile(r"の|は|では|も")  # after the name of what a question asks about


@dataclass(frozen=True, slots=True)
class Scope:
    """The town lock. ``codes`` empty: every covered municipality.

    ``uncovered`` names municipalities that were asked for and are not covered; ``unclear`` a name that could be several;
    ``locked`` says that somebody named or chose the municipalities; ``notices`` is what the user should be told.
    """

    codes: tuple[str, ...]
    locked: bool
    every: bool = False  # all municipalities are asked about, in so many words
    uncovered: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()  # municipalities outside the corpus that are asked of beside a covered one
    unclear: str = ""
    notices: tuple[str, ...] = ()


def resolve(focus: str, text: str, selected: Sequence[str], history: Sequence[Turn], plans: Sequence[Plan]) -> Scope:
    """Return the scope of a question. ``focus`` is the part of ``text`` that asks."""
    chosen = selected_codes(selected, plans)
    named = find_mentions(focus, plans) or find_mentions(text, plans)
    towns = [m for m in named if not m.prefecture]
    covered = [m for m in towns if m.codes]
    if (unclear := next((m for m in covered if m.guessed and len(m.codes) > 1), None)) and len(covered) == 1:
        return Scope(unclear.codes, True, unclear=unclear.name)
    if towns and not covered:
        return Scope((), True, uncovered=_names(towns))
    if covered:
        codes = _codes(covered)
        others = [m for m in towns if not m.codes]
        beyond = _names(others) if TOGETHER.search(focus) else ()
        beside = _names([m for m in others if _ASKED_OF.match(focus, m.end)])
        notices = _notices(covered, codes, chosen, plans)
        return Scope(codes, True, uncovered=beyond, beside=() if beyond else beside, notices=notices)
    prefectures = [m for m in named if m.prefecture]
    if codes := _codes(prefectures):
        inside = tuple(code for code in codes if code in chosen)
        names = {plan.municipality_code: plan.municipality for plan in plans}
        outside = [] if inside or not chosen else [names[code] for code in codes]
        return Scope(inside or codes, True, notices=_outside_notice(outside))
    if ALL_TOWNS.search(focus):
        return Scope(chosen, bool(chosen), every=True)
    if chosen:
        return Scope(chosen, True)
    if remembered := _from_history(focus, history, plans):
        return Scope(remembered, True)
    if prefectures and not history:
        return Scope((), True, uncovered=_names(prefectures))
    return Scope((), False)


def selected_codes(selected: Sequence[str], plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the codes of the filter's names or codes. Raises ``UnknownMunicipalityError`` naming those known."""
    known = {key: plan.municipality_code for plan in plans for key in (plan.municipality, plan.municipality_code)}
    codes = []
    for entry in selected:
        name = unicodedata.normalize("NFKC", entry).strip()
        if name not in known:
            towns = "、".join(dict.fromkeys(plan.municipality for plan in plans))
            raise UnknownMunicipalityError(f"「{entry}」の計画は収録していません。収録している自治体: {towns}。")
        codes.append(known[name])
    return tuple(dict.fromkeys(codes))


def _codes(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for m in mentions for code in m.codes))


def _names(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.name for m in mentions))


def _notices(
    covered: Sequence[Mention], codes: Sequence[str], chosen: Sequence[str], plans: Sequence[Plan]
) -> tuple[str, ...]:
    names = {plan.municipality_code: plan.municipality for plan in plans}
    notices = [
        f"「{m.name}」は「{names[m.codes[0]]}」のこととしてお答えします。"
        for m in covered
        if m.guessed and len(m.codes) == 1
    ]
    outside = [names[code] for code in codes if chosen and code not in chosen]
    return tuple(dict.fromkeys([*notices, *_outside_notice(outside)]))


def _outside_notice(names: Sequence[str]) -> tuple[str, ...]:
    return (f"選択中の自治体とは別に、ご質問にある{'、'.join(names)}についてお答えします。",) if names else ()


def _from_history(focus: str, history: Sequence[Turn], plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the municipality last spoken of, or the other one of two when the question asks for 「もう一つの町」."""
    spoken: list[str] = []  # most recent first
    for turn in reversed(history):
        mentions = [
            m for m in find_mentions(unicodedata.normalize("NFKC", turn.content), plans) if m.codes and not m.prefecture
        ]
        if turn.role == "user" or not spoken:
            spoken += [code for m in reversed(mentions) for code in m.codes if code not in spoken]
        elif OTHER_TOWN.search(focus):
            spoken += [code for m in mentions for code in m.codes if code not in spoken]
        if spoken and not OTHER_TOWN.search(focus):
            return _turn_codes(turn, plans)
    if OTHER_TOWN.search(focus) and len(spoken) > 1:
        return (spoken[1],)
    return tuple(spoken[:1])


def _turn_codes(turn: Turn, plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the municipalities of the last turn that names any."""
    return _codes([m for m in find_mentions(unicodedata.normalize("NFKC", turn.content), plans) if not m.prefecture])
