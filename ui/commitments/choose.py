"""What staff look for -> the measures that fit, in the order wanted. The register and the API choose alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.index import Index
from ingest.search_text import normalise
from ui.commitments.order import in_order, read_order
from ui.commitments.records import Record, find_commitments
from ui.commitments.years import may_cover, read_fiscal_year
from ui.question import LONGEST_QUESTION, QuestionRefusedError, clean

NOT_STATED = "記載なし"
"""As a unit or a year: the measures whose plan states none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked for; empty fields choose nothing. ``sort`` is a column's name, "-" before it for the other way round."""

    municipalities: tuple[str, ...] = ()
    words: str = ""
    theme: str = ""
    year: str = ""
    unit: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The measures that fit. ``unsure`` of those left out began before the year and may run on: the plan's table lost the end."""

    records: tuple[Record, ...]
    unsure: int = 0


def choose(index: Index, choice: Choice) -> Found:
    """Return the measures that fit every field of ``choice``.

    Raises:
        QuestionRefusedError: a field is too long, the year is none, or there is no such column to sort by.
        UnknownMunicipalityError: a name or code that the index does not hold.
    """
    order = read_order(choice.sort)
    records = [
        record
        for record in find_commitments(index, choice.words, choice.municipalities)
        if _holds(record.theme_words, choice.theme) and _has_unit(record, choice.unit)
    ]
    found = _of_year(records, choice.year.strip())
    return Found(tuple(in_order(found.records, order)), found.unsure)


def _of_year(records: Sequence[Record], year: str) -> Found:
    if not year:
        return Found(tuple(records))
    if year == NOT_STATED:
        return Found(tuple(record for record in records if not record.years))
    wanted = read_fiscal_year(_short(year))
    chosen = tuple(record for record in records if wanted in record.years)
    unsure = [
        record
        for record in records
        if wanted not in record.years
        and any(may_cover(stage, record.plan, wanted) for stage in record.commitment.schedule)
    ]
    return Found(chosen, len(unsure))


def _has_unit(record: Record, unit: str) -> bool:
    if unit.strip() == NOT_STATED:
        return not record.commitment.unit
    return _holds(normalise(record.commitment.unit.text), unit)


def _holds(words: str, wanted: str) -> bool:
    return normalise(_short(wanted)).strip() in words


def _short(text: str) -> str:
    """Return ``text`` cleaned, or refuse it when nobody would have typed that much."""
    if len(text) > LONGEST_QUESTION:
        raise QuestionRefusedError(
            "question_too_long",
            f"条件が長すぎます（{len(text):,}文字）。{LONGEST_QUESTION:,}文字以内にまとめてください。",
        )
    return clean(text)
