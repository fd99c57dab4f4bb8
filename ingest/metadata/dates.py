"""When a plan was made and last revised: months beside 策定 or 改定 on the cover, in the colophon, in the history of revisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.document import Span
from ingest.eras import Year, find_years, kanji_number
from ingest.lines import Line, LineKind, heading_text
from ingest.metadata.plan_lines import PlanLine
from ingest.metadata.stated import Stated
from ingest.metadata.year_spans import find_year_spans
from ingest.search_text import SearchText, normalise, read
from ingest.sentences import split_sentences

_REVISED = re.compile(
    r"改[定正訂]|見直し|変更|更新|改版|第[2-9二三四五六七八九]版|(?:ver|v)\.?\s?(?:[2-9]|1\.[1-9])", re.IGNORECASE
)
_MADE = re.compile(r"策定|制定|初版|新規|作成|第[1一]版")
_ISSUED = re.compile(r"発行|刊行|公表")
_DATED = re.compile("|".join(word.pattern for word in (_REVISED, _MADE, _ISSUED)), re.IGNORECASE)
# What a month on the cover may stand beside without being the plan's own date.
_OTHER = re.compile(r"施行|適用|現在|時点|開始|印刷|[~～]|から|まで|「|『")
_KANJI_MONTH = re.compile(r"(?<=年)(十[一二]?|[一二三四五六七八九])月")
_HISTORY = re.compile(r"(?:改[定訂正]|更新|変更|版)(?:の|等の?)?(?:履歴|経過|経緯|記録|一覧)|(?:履歴|沿革)$")
_HISTORY_HEADER = (re.compile(r"改[定訂正]|版|変更|更新"), re.compile(r"年月|日付|時期|期日"))
_OWN = re.compile(r"(?:本|この|当)(?:計画|プラン|ビジョン|戦略|方針|構想|大綱|指針)(?:は|を|については?)")
_OWN_DATE = re.compile(r"に(?:、?(?:新たに|初めて|一部を?))?(?P<word>策定|制定|改[定訂正]|見直)")
_REVISED_EDITION = re.compile(r"改[訂定正]版?[)）]?|見直し版")
_BESIDE = 12  # letters beside a month in a colophon: a town's name
_TITLE_LIMIT = 25  # letters of a heading that names a history

# Which statement counts: the word 策定, a month alone on the cover, 発行, a month alone in the colophon.
_SAID, _COVER, _PUBLISHED, _LAST = range(4)


@dataclass(frozen=True, slots=True)
class _Dated:
    day: date
    rank: int
    revised: bool
    span: Span


def read_dates(
    text: str, lines: Sequence[Line], front: Sequence[PlanLine]
) -> tuple[list[Stated[date]], list[Stated[date]]]:
    """Return the days on which the text says that the plan was established, the best statement first, and revised, the last first.

    A month without a word is when the plan was made; on the cover of a revised edition it is when it was revised. 発行 counts
    only where nothing says when the plan was made, and contradicts nothing.
    """
    found = [dated for line in front for dated in _of_line(line)]
    found += [*_history(lines), *_sentences(text, lines)]
    revised = sorted((dated for dated in found if dated.revised), key=lambda dated: dated.day, reverse=True)
    made = sorted((dated for dated in found if not dated.revised), key=lambda dated: (dated.rank, dated.day))
    bare = [dated for dated in made if dated.rank == _COVER]
    if bare and not revised and any(_REVISED_EDITION.search(line.words) for line in front if line.cover):
        revised = bare
    days_revised = {dated.day for dated in revised}
    made = [dated for dated in made if dated.rank == _SAID or dated.day not in days_revised]
    if made and made[0].rank <= _COVER:
        made = [dated for dated in made if dated.rank <= _COVER]
    else:
        made = made[:1]
    return [Stated(dated.day, dated.span) for dated in made], [Stated(dated.day, dated.span) for dated in revised]


def _of_line(line: PlanLine) -> Iterator[_Dated]:
    words = _KANJI_MONTH.sub(lambda month: f"{kanji_number(month[1])}月", line.words)
    text = read(words)
    stretches = find_year_spans(words, text)
    years = [year for year in find_years(text.text) if not any(s.start <= year.start < s.end for s in stretches)]
    ends = [0, *(year.end for year in years), len(text.text)]
    word_first = bool(years) and _DATED.search(text.text[: years[0].start]) is not None
    for i, year in enumerate(years):
        if year.fiscal or not year.month:
            continue
        last = ends[i + 2] if i + 1 < len(years) else len(text.text)
        last = years[i + 1].start if i + 1 < len(years) else last
        word = text.text[ends[i] : year.start] if word_first else text.text[year.end : last]
        if (rank := _rank(word, text, year, line)) is not None:
            yield _Dated(year.first_day, rank, _REVISED.search(word) is not None, line.span)


def _rank(word: str, text: SearchText, year: Year, line: PlanLine) -> int | None:
    """Return how much a month with the words beside it says of when the plan was made; ``None`` for nothing."""
    if _OTHER.search(text.text[max(year.start - 3, 0) : year.start] + word):
        return None
    if _REVISED.search(word) or _MADE.search(word):
        return _SAID
    if _ISSUED.search(word):
        return _PUBLISHED
    alone = len(text.text) - (year.end - year.start) <= _BESIDE or line.cover
    return (_COVER if line.cover else _LAST) if alone else None


def _history(lines: Sequence[Line]) -> Iterator[_Dated]:
    """Yield the dates of a history of revisions: the lines under its heading, or the rows under its header."""
    inside = table = False
    above = LineKind.BLANK
    for line in lines:
        if line.kind is LineKind.CONTENTS:
            continue
        short = normalise(heading_text(line.text)) if len(line.text) < _TITLE_LIMIT else ""
        if line.kind is LineKind.HEADING or (line.kind is LineKind.TEXT and _HISTORY.fullmatch(short)):
            inside = _HISTORY.search(short) is not None
        if line.kind is LineKind.ROW and above is not LineKind.ROW:
            table = all(word.search(line.text) for word in _HISTORY_HEADER) and not find_years(normalise(line.text))
        if inside or (line.kind is LineKind.ROW and table):
            yield from _edition(line)
        above = line.kind


def _edition(line: Line) -> Iterator[_Dated]:
    """Yield the date on a line of a history, and whether the plan was made or revised on it."""
    words = "|".join(normalise(cell) for cell in line.text.split("\t"))
    made = _MADE.search(words) is not None
    for year in find_years(words)[:1]:
        if year.month and not year.fiscal and (made or _REVISED.search(words)):
            yield _Dated(year.first_day, _SAID, not made, line.span)


def _sentences(text: str, lines: Sequence[Line]) -> Iterator[_Dated]:
    """Yield the dates of 本計画は令和5年3月に策定し、令和8年3月に改定しました: no other plan may stand between."""
    for line in lines:
        if line.kind is not LineKind.TEXT or "計画" not in line.text or "月" not in line.text:
            continue
        for span in split_sentences(text, line.span):
            words = normalise(span.of(text))
            own = _OWN.match(words)
            at = own.end() if own else len(words)
            for year in find_years(words):
                said = _OWN_DATE.match(words, year.end)
                if (
                    own
                    and year.start >= at
                    and said
                    and year.month
                    and not re.search(r"[「『]|計画", words[at : year.start])
                ):
                    yield _Dated(year.first_day, _SAID, _REVISED.search(said["word"] + "し") is not None, span)
                    at = said.end()
