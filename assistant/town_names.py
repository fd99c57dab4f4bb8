"""The municipalities whose names stand in a text: names, readings, Roman letters, names without 町, prefectures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import jaconv

from assistant.town_words import (
    AFTER_BARE,
    ASKED_OF,
    IN_TOWN,
    LONG_VOWELS,
    READING_SUFFIX,
    ROMAN_SUFFIX,
    SINCE,
    SUFFIX,
    SUFFIX_READINGS,
)
from assistant.wording import SUFFIX_HOMOPHONES
from index.tokens import tokenize
from ingest.document import Plan
from ingest.municipalities import municipalities, prefectures

_KANJI = r"\u4e00-\u9fff々"
_ADDRESS = "県府都道郡"  # letters behind which a name may begin although they are kanji themselves
_LONGEST = 14  # letters of the longest name or reading
_SHORTEST_READING = 5  # kana of an uncovered municipality's full reading; shorter ones are ordinary words too


@dataclass(frozen=True, slots=True)
class Mention:
    """A municipality named in a text. ``codes`` are the covered ones it stands for; empty when it is not covered."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    guessed: bool = False  # no covered name, but near to one: a misspelling, what a machine heard, a letter left open
    prefecture: bool = False


def fold(text: str) -> str:
    """Return text as names are compared: NFKC, hiragana, lower case, no long vowel marks on Latin letters.

    Length is kept for kana, kanji and Latin letters.

    >>> fold("Kamigōri"), fold("カガミノ")
    ('kamigori', 'かがみの')
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(LONG_VOWELS)
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in folded).replace("ゖ", "け")


def find_exact(text: str, plans: Sequence[Plan]) -> list[Mention]:
    """Return the municipalities whose names stand in ``text`` (NFKC) as they are, set aside or not, in order.

    The longest name wins at each place, so a name inside another never counts.
    """
    folded = fold(text)
    if len(folded) != len(text):  # a letter that folds to several: positions would drift
        folded = text
    covered = covered_names(tuple(plans))
    mentions: list[Mention] = []
    at = 0
    while at < len(folded):
        mention = _mention_at(folded, text, at, covered)
        if mention is not None:
            mentions.append(mention)
            at = mention.end
        else:
            at += 1
    return mentions


def _mention_at(folded: str, text: str, at: int, covered: dict[str, tuple[str, ...]]) -> Mention | None:
    for length in range(min(_LONGEST, len(folded) - at), 1, -1):
        piece = folded[at : at + length]
        end = at + length
        if piece in covered and _stands_alone(piece, folded, text, at):
            end = _with_suffix(folded, end) if piece.isascii() else end
            return Mention(at, end, text[at:end], covered[piece])
        if piece in _everywhere() and _is_name(piece, text, at, end):
            return Mention(at, end, text[at:end], ())
        if piece in prefectures() or (piece in _short_prefectures() and _of_prefecture(folded, at, end)):
            name = piece if piece in prefectures() else _short_prefectures()[piece]
            return Mention(at, end, name, covered.get(f"@{name}", ()), prefecture=True)
        if piece.isascii() and piece in _everywhere_roman() and _whole_word(folded, at, end):
            full = _with_suffix(folded, end)
            if full > end:  # without 「-cho」 it may be any foreign word
                return Mention(at, full, text[at:full], ())
    return None


def _stands_alone(piece: str, folded: str, text: str, start: int) -> bool:
    """Return whether a covered name is meant: a full name always, a name without 町 only where a word ends there."""
    end = start + len(piece)
    before, following = folded[:start][-1:], folded[end : end + 1]
    if piece.isascii():
        return _whole_word(folded, start, end)
    if SUFFIX.search(piece) or (READING_SUFFIX.search(piece) and _in_kana(piece)):
        return True
    if _in_kana(piece):  # a bare reading may be part of any word: wants edges on both sides
        edges = re.match(r"[ぁ-ん]", before) or re.match(rf"[{_KANJI}]", following)
        return AFTER_BARE.match(folded, end) is not None and not edges
    if AFTER_BARE.match(text, end) is None and IN_TOWN.match(text, end) is None:
        return False
    if SINCE.match(text, end) and any(t.pos[1] == "普通名詞" for t in tokenize(text[start : end + 2])[:1]):
        return False
    return not re.match(rf"[{_KANJI}]", before) or before in _ADDRESS


def _whole_word(folded: str, start: int, end: int) -> bool:
    return not re.match(r"[a-z]", folded[end : end + 1]) and not re.match(r"[a-z]", folded[:start][-1:])


def _with_suffix(folded: str, end: int) -> int:
    """Return the end of a name in Roman letters together with its 「-cho」 or 「町」."""
    suffix = ROMAN_SUFFIX.match(folded, end)
    return suffix.end() if suffix else end


def _in_kana(piece: str) -> bool:
    return re.fullmatch(r"[ぁ-んー]+", piece) is not None


def _is_name(piece: str, text: str, start: int, end: int) -> bool:
    """Return whether an uncovered municipality is meant, and no ordinary word that holds or is spelt like its name."""
    before = text[:start][-1:]
    if text.startswith("場", end):  # 市場
        return False
    if len(piece) == 2 and re.match(rf"[{_KANJI}]", before) and before not in _ADDRESS:  # 観光市
        return False
    if not _in_kana(SUFFIX.sub("", piece)):
        return True
    words = {(t.start, t.end): t.pos for t in tokenize(text)}
    if piece in _official():
        whole = words.get((start, end - 1))  # 「人口がおおい町」 is no name
        begins = any(start == first for first, _ in words) or not re.match(r"[ぁ-んァ-ヶ]", before)
        return begins and (whole is None or whole[0] == "名詞")
    apart = re.match(rf"[{_KANJI}ぁ-んァ-ヶ]", before) is None or before in f"の{_ADDRESS}"
    word = words.get((start, end))  # 「きんちょう」 is a word too
    return apart and AFTER_BARE.match(text, end) is not None and (word is None or word[1] == "固有名詞")


@cache
def _official() -> frozenset[str]:
    """Return the names of all municipalities, folded."""
    return frozenset(fold(m.name) for m in municipalities())


def _of_prefecture(folded: str, start: int, end: int) -> bool:
    """Return whether a prefecture's name without 県 is asked about: 「福岡の町」, no person and no city."""
    before = folded[:start][-1:]
    return not re.match(rf"[{_KANJI}]", before) and ASKED_OF.match(folded, end) is not None


@cache
def _short_prefectures() -> dict[str, str]:
    """Return each prefecture's name without its last letter -> the whole name."""
    return {name[:-1]: name for name in prefectures() if name[-1] in "県府都"}


@lru_cache(maxsize=4)  # of the index that answers, and of one that takes its place
def covered_names(plans: tuple[Plan, ...]) -> dict[str, tuple[str, ...]]:
    """Return every way to write a covered municipality -> its codes; ``@県`` holds a prefecture's."""
    names: dict[str, set[str]] = {}
    for plan in plans:
        reading = fold(plan.reading)
        stem, last = READING_SUFFIX.sub("", reading), plan.municipality[-1:]
        short = SUFFIX.sub("", plan.municipality)
        ways = {plan.municipality, short, reading, stem, stem + last, *_roman(stem), f"@{plan.prefecture}"}
        ways |= {stem + ending for ending in SUFFIX_READINGS.get(last, ())}
        ways |= {short + heard for heard in SUFFIX_HOMOPHONES.get(last, ())}
        for way in ways:
            if len(way) >= 2:
                names.setdefault(fold(way), set()).add(plan.municipality_code)
    return {name: tuple(sorted(codes)) for name, codes in names.items()}


def _roman(kana: str) -> set[str]:
    """Return the usual spellings of a reading in Roman letters: with long vowels written out, and with them short.

    >>> sorted(_roman("かみごおり"))
    ['kamigoori', 'kamigori']
    """
    spelt = jaconv.kana2alphabet(kana)
    return (
        {spelt, re.sub(r"o[ou]|uu", lambda match: match[0][0], spelt)} if spelt.isascii() and len(spelt) > 3 else set()
    )


@cache
def _everywhere() -> frozenset[str]:
    """Return the names of all municipalities, and their readings where those are long enough to be no other word."""
    readings = {m.reading for m in municipalities() if len(m.reading) >= _SHORTEST_READING}
    stems = {(READING_SUFFIX.sub("", m.reading), m.name[-1]) for m in municipalities()}
    return _official() | readings | {stem + last for stem, last in stems if len(stem) >= _SHORTEST_READING - 2}


@cache
def _everywhere_roman() -> frozenset[str]:
    return frozenset(way for m in municipalities() for way in _roman(READING_SUFFIX.sub("", m.reading)))
