"""Measures that are items of a list: under a heading such as 主な取組, or behind a sentence that announces them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.commitments.commitment import Commitment, Passage
from ingest.commitments.headings import Section
from ingest.commitments.passages import cell_passage
from ingest.commitments.places import announces_measures, is_frame, is_ours, names_follow
from ingest.commitments.schedule import text_stages
from ingest.commitments.tags import Named, read_tags
from ingest.commitments.words import title_span
from ingest.document import Chunk, Kind, Plan, Span
from ingest.search_text import readable
from ingest.sentences import trim

_NUMBERED = re.compile(r"[0-9０-９]{1,2}\s?[.．)）]|[（(][0-9０-９]{1,2}[)）]|[①-⑳]")
_LONGEST = 100  # characters; what is longer is a paragraph set as an item
_SHORTEST = 4
# 窓口の改善：手続を減らします。 The name and what is done are parted by a colon, by wide space or by a line's end.
_NAME = re.compile(
    r"(?:(?P<name>[^。、：:\n　]{3,40}?)(?:\s?[：:]\s?|[ 　]{2,}|　)|(?P<line>[^。、：:\n]{3,25}(?<![はがをにでとのもしりてき]))\s*\n\s*)"
    r"(?P<what>(?![-・･•‣◦(（①-⑳]).{8,}[。うくすつぐぶむる])",
    re.DOTALL,
)
_SENTENCE = re.compile(
    r".*(?:ます|する|行う|図る|める|げる|ける|せる|える|れる|整う|促す|示す|増やす|減らす|生かす|活かす)。?", re.DOTALL
)
# Items that name no work of the town's: aims, states, what was done, what others should do, figures.
_NO_WORK = re.compile(
    r"目指|めざ|(?:まち|町|社会|地域|姿|状態|こと|もの|ため|とき|場合)$|課題|必要で|必要が|望ま|期待|ません|ない$|"
    r"(?:た|ている|ています|てきました|である|です|だ)$|[率数額量割合]$|(?:人|件|回|円|％|%|か所|箇所)$|^(?:国|県|都|道|府)(?:は|が|の)|出典|資料"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """The name of an item with its tags, and what it says is done."""

    name: Named
    what: Span | None


def item_measures(
    plan: Plan, sections: Sequence[Section], text: str, settled: Sequence[Section]
) -> Iterator[Commitment]:
    """Yield the measures that list items name; ``settled`` are sections that are measures themselves, whose lists tell of them."""
    for section in sections:
        if not is_ours(section.path) or is_frame(section.path) or section in settled or section.above in settled:
            continue
        follows = names_follow(section.path[-1])
        for at, chunk in enumerate(section.body):
            if not _is_list(chunk, text) or not (follows or _announced(section.body[:at], text)):
                continue
            items = [_read(text, unit.span) for unit in chunk.units]
            work = [item for item in items if _is_work(item.name.span.of(text))]
            if len(work) * 2 > len(items):
                yield from (_measure(plan, section, item, text) for item in work)


def _is_list(chunk: Chunk, text: str) -> bool:
    """Return whether a chunk is a list, or a paragraph of numbered sentences."""
    if chunk.kind is Kind.LIST:
        return True
    numbered = chunk.kind is Kind.PARAGRAPH and len(chunk.units) > 1
    return numbered and all(_NUMBERED.match(unit.span.of(text)) for unit in chunk.units)


def _announced(before: Sequence[Chunk], text: str) -> bool:
    """Return whether the chunk right before a list says that measures follow."""
    if not before or before[-1].kind is not Kind.PARAGRAPH:
        return False
    last = before[-1].units[-1].span.of(text)
    return announces_measures(last) or (names_follow(last) and "。" not in last)


def _read(text: str, span: Span) -> _Item:
    """Return the name of an item, what it says is done where it goes on, and what the brackets behind both say."""
    whole = read_tags(text, title_span(text, span))
    match = _NAME.fullmatch(whole.span.of(text))
    if match is None:
        end = whole.span.end - text.startswith("。", whole.span.end - 1)
        return _Item(Named(Span(whole.span.start, end), whole.times, whole.unit), None)
    start, end = match.span("name" if match["name"] else "line")
    name = read_tags(text, Span(whole.span.start + start, whole.span.start + end))
    what = trim(text, whole.span.start + match.start("what"), whole.span.end)
    return _Item(Named(name.span, (*name.times, *whole.times), whole.unit or name.unit), what)


def _is_work(words: str) -> bool:
    bare = readable(words)
    sentences = bare.count("。")
    return _SHORTEST <= len(bare) <= _LONGEST and not sentences and not _NO_WORK.search(bare)


def _measure(plan: Plan, section: Section, item: _Item, text: str) -> Commitment:
    name = item.name
    told = item.what or (name.span if _SENTENCE.fullmatch(name.span.of(text)) else None)
    return Commitment(
        plan.plan_id,
        plan.municipality,
        plan.municipality_code,
        Passage(readable(name.span.of(text)), (name.span,)),
        section.path,
        summary=cell_passage(text, [told]) if told else Passage(),
        schedule=text_stages(text, name.times),
        unit=Passage(readable(name.unit.of(text)), (name.unit,)) if name.unit else Passage(),
    )
