"""Which municipalities an answer may come from. The question beats the filter, the filter beats the history."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Turn, UnknownMunicipalityError
from assistant.spoken_towns import asks_them, spoken_before
from assistant.town_names import Mention
from assistant.town_words import ASKED_OF, PARTNER
from assistant.towns import find_mentions, find_set_aside
from assistant.wording import ALL_TOWNS, EACH_PLAN, EACH_TOWN, SO_MANY_TOWNS, TOGETHER
from ingest.document import Plan
from ingest.eras import kanji_number


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
    if unclear := next((m for m in towns if m.guessed and len(m.codes) > 1), None):
        return Scope(unclear.codes, True, unclear=unclear.name)
    if any(m.codes for m in towns):
        return _of_named(focus, towns, chosen, plans)
    if towns and not PARTNER.match(focus, towns[-1].end):
        return Scope((), True, uncovered=_names(towns))
    prefectures = [m for m in named if m.prefecture]
    if codes := _codes(prefectures):
        inside = tuple(code for code in codes if code in chosen)
        return Scope(inside or codes, True, notices=() if inside else _outside_notice(codes, chosen, plans))
    rest = _of_unnamed(focus, chosen, history, plans)
    if prefectures and not (rest.codes or rest.uncovered or rest.every or history):
        return Scope((), True, uncovered=_names(prefectures))
    return replace(rest, beside=_names(towns))


def _of_named(focus: str, towns: Sequence[Mention], chosen: Sequence[str], plans: Sequence[Plan]) -> Scope:
    """Return the scope of a question that names covered municipalities, perhaps with others."""
    codes = _codes(towns)
    others = [m for m in towns if not m.codes]
    beyond = _names(others) if TOGETHER.search(focus) else ()
    beside = _names([m for m in others if ASKED_OF.match(focus, m.end)])
    notices = tuple(dict.fromkeys([*_guess_notices(towns, plans), *_outside_notice(codes, chosen, plans)]))
    return Scope(codes, True, uncovered=beyond, beside=() if beyond else beside, notices=notices)


def _of_unnamed(focus: str, chosen: tuple[str, ...], history: Sequence[Turn], plans: Sequence[Plan]) -> Scope:
    """Return the scope of a question that names no covered municipality: all, the selected ones, those spoken of."""
    if aside := _codes(find_set_aside(focus, plans)):
        left = tuple(code for code in chosen or _all_codes(plans) if code not in aside)
        return Scope(left, bool(chosen))
    spoken = spoken_before(focus, history, plans)
    if so_many := _so_many(focus, (chosen, spoken.codes), plans):
        return Scope(so_many, True)
    everything = asks_them(ALL_TOWNS, focus)
    if everything or asks_them(EACH_TOWN, focus):
        if len(chosen) > 1 and not everything:
            return Scope(chosen, True, every=True)
        return Scope((), False, every=True, notices=(_ALL_NOTICE,) if chosen else ())
    if chosen:
        return Scope(chosen, True)
    if not spoken.locked and EACH_PLAN.search(focus):
        return Scope((), False, every=True)
    return Scope(spoken.codes, spoken.locked, every=spoken.every, uncovered=spoken.uncovered)


_ALL_NOTICE = "選択中の自治体に限らず、収録しているすべての自治体についてお答えします。"


def _so_many(focus: str, groups: Sequence[tuple[str, ...]], plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the first group of as many municipalities as the question speaks of (「その2町」), fewer than there are."""
    match = SO_MANY_TOWNS.search(focus)
    wanted = kanji_number(match["n"]) if match else 0
    return next((g for g in groups if len(g) == wanted < len(_all_codes(plans))), ()) if match else ()


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


def _all_codes(plans: Sequence[Plan]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plan.municipality_code for plan in plans))


def _names(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.name for m in mentions))


def _guess_notices(towns: Sequence[Mention], plans: Sequence[Plan]) -> list[str]:
    names = {plan.municipality_code: plan.municipality for plan in plans}
    return [
        f"「{m.name}」は「{names[m.codes[0]]}」のこととしてお答えします。"
        for m in towns
        if m.guessed and len(m.codes) == 1
    ]


def _outside_notice(codes: Sequence[str], chosen: Sequence[str], plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return what to tell of municipalities that the question names and the filter leaves out."""
    names = {plan.municipality_code: plan.municipality for plan in plans}
    outside = [names[code] for code in codes if chosen and code not in chosen]
    return (f"選択中の自治体とは別に、ご質問にある{'、'.join(outside)}についてお答えします。",) if outside else ()
