"""The measures of a plan as records, from its cards, its headings and its tables; a measure named twice is one record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from enum import IntEnum

from ingest.commitments.commitment import Commitment, Passage
from ingest.commitments.headings import read_sections
from ingest.commitments.items import item_measures
from ingest.commitments.passages import joined
from ingest.commitments.schedule import sentence_stages
from ingest.commitments.sections import is_stated, section_measures
from ingest.commitments.tables import card_measures, table_measures
from ingest.commitments.tags import is_of_others
from ingest.commitments.words import title_key
from ingest.document import Chunk, Kind, Plan, Row
from ingest.search_text import normalise

_KATAKANA = re.compile(r"[ァ-ヶー]*")
_NUMBER = re.compile(r"[0-9]{1,2}(?:-[0-9]{1,2}){1,2}(?![0-9-])")
_SHORT_NAME = 4  # characters; what is shorter is in many titles
_DITTO = re.compile(r"〃|同上|同じく?|同左")
_MOST = 500  # titles among which misspelt ones are looked for; a plan has some hundred measures at most
_ALIKE = 0.85  # share of letters that two spellings of one title have in common


class _Source(IntEnum):
    """Where a record was found, the fullest first: its texts go before those of the others."""

    CARD = 0
    SECTION = 1
    ITEM = 2
    TABLE = 3


def commitments(plan: Plan, chunks: Sequence[Chunk], text: str) -> tuple[Commitment, ...]:
    """Return the measures that a plan commits to, in reading order, from its chunks and its untouched text.

    >>> from ingest.chunk import chunk
    >>> from ingest.document import Plan
    >>> plan = Plan("p", "町", "", "", "", "計画", None, None, None, None, "", "")
    >>> text = "# 1. 取組事項\\n\\n## (1) 窓口の改善\\n\\n手続を減らします。\\n\\n## (2) 研修の充実\\n\\n毎年開きます。"
    >>> [(measure.title.text, measure.summary.text) for measure in commitments(plan, chunk(plan, text), text)]
    [('窓口の改善', '手続を減らします。'), ('研修の充実', '毎年開きます。')]
    """
    kept = (chunk for chunk in chunks if chunk.kind not in (Kind.OUTLINE, Kind.ENTRY))
    ordered = sorted(kept, key=lambda chunk: chunk.span.start)
    cards = list(_dittos_resolved(card_measures(plan, ordered, text)))
    inside = {stage_span for card in cards for stage in card.schedule for stage_span in stage.spans}
    numbers = _card_numbers(ordered)
    rows = [c for c in ordered if c.row is None or not (c.row.header in inside or _is_step_of(c.row, numbers))]
    tables = list(table_measures(plan, rows, text))
    sections = read_sections(plan, ordered, text)
    items = list(item_measures(plan, sections, text, [section for section in sections if is_stated(section, text)]))
    elsewhere = [measure.title.spans[0] for measure in (*cards, *tables, *items)]
    found = [(_Source.CARD, measure) for measure in cards]
    found += [(_Source.SECTION, measure) for measure in section_measures(plan, sections, text, elsewhere)]
    found += [(_Source.ITEM, measure) for measure in items]
    found += [(_Source.TABLE, measure) for measure in tables]
    records = [_completed(plan, text, record) for record in _merged(found) if not is_of_others(record.unit.text)]
    return tuple(sorted(records, key=lambda record: record.title.spans[0].start))


def _card_numbers(chunks: Iterable[Chunk]) -> frozenset[str]:
    """Return the numbers (1-2) with which the titles of record cards begin."""
    titles = (normalise(name) for chunk in chunks if chunk.kind is Kind.CARD for name in chunk.heading_path[-2:])
    return frozenset(number[0] for title in titles if (number := _NUMBER.match(title)))


def _is_step_of(row: Row, numbers: frozenset[str]) -> bool:
    """Return whether a table's row names a record card by its number: it tells when a step of that measure is taken."""
    return any(normalise(cell.value) in numbers for cell in row.cells[:2])


def _dittos_resolved(cards: Iterable[Commitment]) -> Iterator[Commitment]:
    """Yield cards with 同上 for an office replaced by that of the card before; the ditto stays among its places."""
    before = Passage()
    for card in cards:
        if before and _DITTO.fullmatch(card.unit.text):
            card = replace(card, unit=Passage(before.text, (*before.spans, *card.unit.spans)))
        else:
            before = card.unit
        yield card


def _merged(found: Sequence[tuple[_Source, Commitment]]) -> list[Commitment]:
    """Return one record for each measure. Two accounts in the same kind of place that both have content stay two."""
    records: list[tuple[_Source, Commitment]] = []
    named: dict[str, list[int]] = {}  # a title's key -> the records that bear it
    for source, measure in sorted(found, key=lambda pair: (pair[0], not pair[1].summary)):
        key = title_key(measure.title.text)
        again = (at for at in named.get(key, ()) if _one(records[at], (source, measure)))
        at = next(again, None)
        if at is None and not _described(measure) and len(named) <= _MOST:
            at = next(
                (at for other in named if _misspelt(key, other) for at in named[other] if not records[at][1].schedule),
                None,
            )
        if at is None and source is _Source.TABLE and not measure.summary:
            at = _shortened(key, named)
        if at is None:
            named.setdefault(key, []).append(len(records))
            records.append((source, measure))
        else:
            records[at] = (records[at][0], _joined(records[at][1], measure))
    return [record for _, record in records]


def _one(record: tuple[_Source, Commitment], other: tuple[_Source, Commitment]) -> bool:
    """Return whether two accounts under one title are of one measure: of different kinds, or one what and one when."""
    (source, kept), (again, measure) = record, other
    both = bool(kept.summary) and bool(measure.summary)
    return source is not again or not both or bool(kept.schedule) != bool(measure.schedule)


def _described(measure: Commitment) -> bool:
    """Return whether a record says what is done, not only when."""
    return bool(measure.summary) and not measure.schedule


def _misspelt(title: str, other: str) -> bool:
    """Return whether two titles are one but for the letters of a loanword, which plans misspell (デバイド, デバイス)."""
    matcher = SequenceMatcher(None, title, other, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return False
    differing = "".join(title[a:b] + other[c:d] for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
    return _KATAKANA.fullmatch(differing) is not None and matcher.ratio() >= _ALIKE


def _shortened(key: str, named: Mapping[str, Sequence[int]]) -> int | None:
    """Return the one record whose title holds a name of a timetable, which has no room for the whole; ``None`` for two or none."""
    if len(named) > _MOST:
        return None
    holding = {at for other in named for at in named[other] if key in other}
    return holding.pop() if len(key) >= _SHORT_NAME and len(holding) == 1 else None


def _joined(kept: Commitment, again: Commitment) -> Commitment:
    """Return a record with what another account of it adds; its own texts stay."""
    return replace(
        kept,
        title=replace(kept.title, spans=tuple(dict.fromkeys((*kept.title.spans, *again.title.spans)))),
        summary=kept.summary or again.summary,
        state=kept.state or again.state,
        schedule=kept.schedule or again.schedule,
        unit=kept.unit if kept.unit else joined(kept.unit, again.unit),
    )


def _completed(plan: Plan, text: str, record: Commitment) -> Commitment:
    """Return a record without a schedule with the times that its summary's sentences set."""
    if record.schedule:
        return record
    return replace(record, schedule=sentence_stages(plan, text, record.summary))
