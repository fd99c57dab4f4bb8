"""The towns that a page offers, and those that an address names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer import UnknownMunicipalityError
from assistant.scope import selected_codes
from ingest.document import Plan

FEW = 20
"""So many towns are looked through at a glance; of more, the one wanted is found by typing."""


def town_choices(plans: Sequence[Plan]) -> list[tuple[str, str]]:
    """Return each town's name with its prefecture, which tells towns of one name apart, and its code.

    More than a few stand in the order of their codes, and with their readings: who types kana finds them too.
    """
    towns = {plan.municipality_code: plan for plan in plans}
    if len(towns) <= FEW:
        return [(f"{plan.municipality}（{plan.prefecture}）", code) for code, plan in towns.items()]
    return [(f"{plan.municipality}（{plan.prefecture}・{plan.reading}）", code) for code, plan in sorted(towns.items())]


def known_codes(towns: Iterable[str], plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the codes of those towns (names or codes) that a plan covers, each once; the others are left out."""
    codes: list[str] = []
    for town in towns:
        try:
            codes += selected_codes((town,), plans)
        except UnknownMunicipalityError:
            continue
    return tuple(dict.fromkeys(codes))
