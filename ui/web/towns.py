"""The towns that a page offers, and those that an address names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer import UnknownMunicipalityError
from assistant.scope import selected_codes
from ingest.document import Plan


def town_choices(plans: Sequence[Plan]) -> list[tuple[str, str]]:
    """Return each town's name with its prefecture, which tells towns of one name apart, and its code."""
    names = {plan.municipality_code: f"{plan.municipality}（{plan.prefecture}）" for plan in plans}
    return [(name, code) for code, name in names.items()]


def known_codes(towns: Iterable[str], plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the codes of those towns (names or codes) that a plan covers, each once; the others are left out."""
    codes: list[str] = []
    for town in towns:
        try:
            codes += selected_codes((town,), plans)
        except UnknownMunicipalityError:
            continue
    return tuple(dict.fromkeys(codes))
