"""Names that are no municipality's but near to one: misspelt, misheard, with a letter left open; or near to none at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import jaconv

from assistant.town_names import Mention, fold
from assistant.town_words import (
    ASKED_OF,
    GENERIC,
    HAS_LETTER,
    MASK,
    NAMED_AFTER,
    ORDINARY,
    READING_SUFFIX,
    REGIONS,
    SUFFIX,
)
from index.tokens import tokenize
from ingest.document import Plan
from ingest.municipalities import municipalities

_KANJI = r"\u4e00-\u9fff々"
_LETTER = rf"[{_KANJI}ぁ-んァ-ヶー]"
_LONGEST = 6  # letters of a name that is looked at
_SUFFIX = re.compile(r"[市町村郡]")
_RUN = re.compile(rf"{_LETTER}+$")
_OPEN = re.compile(rf"(?P<before>{_LETTER}{{0,4}}){MASK}(?P<after>{_LETTER}{{0,2}})[市町村]")
# Kanji and ヶ alone, for kana before 町 belong to the sentence (「うちの町」).
_UNKNOWN = re.compile(rf"(?<![{_KANJI}])[{_KANJI}](?:[{_KANJI}ヶケ]{{0,4}}[{_KANJI}])?[市町村郡]$")
# A Chinese reading is one beat, or two of which the second is one of these: letters that share one are taken for each other.
_CHINESE = re.compile(r".[ャュョ]?[ウインクキツチ]?")
_BEAT = re.compile(r"(?![ァィゥェォャュョッ])[ァ-ヲ].{0,4}$")  # a reading that is left over begins with no small letter
_VOICED = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ", "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホ"
)


def find_near(text: str, plans: Sequence[Plan], known: Sequence[Mention]) -> list[Mention]:
    """Return what looks like a municipality's name beside the ``known`` mentions and is none.

    Near to one covered name it is a guess at that one; as near to several it stands for none of them alone; near to none it
    is a name that is not covered, so that its question never falls through to the others.
    """
    found: list[Mention] = []
    for mention in (*_with_open_letters(text, plans), *_by_letter(text, plans), *_misspelt(text, plans)):
        if all(mention.end <= m.start or m.end <= mention.start for m in (*known, *found)):
            found.append(mention)
    places = () if known or found else _places(text)
    return [*found, *places]


def _with_open_letters(text: str, plans: Sequence[Plan]) -> Iterator[Mention]:
    """Yield names with a letter left open: 「上〇町」."""
    for match in _OPEN.finditer(text):
        before, after = match["before"], fold(match["after"])
        for skipped in range(len(before)):
            opening = fold(before[skipped:])
            codes = _codes(
                p for p in plans if any(n.startswith(opening) and n.endswith(after) and n != opening for n in _stems(p))
            )
            # kana before the open letter belong to the sentence unless a covered name begins so
            if codes or re.fullmatch(rf"[{_KANJI}]+", before[skipped:]):
                start = match.start() + skipped
                yield Mention(start, match.end(), text[start : match.end()], codes, guessed=bool(codes))
                break


def _by_letter(text: str, plans: Sequence[Plan]) -> Iterator[Mention]:
    """Yield towns that are told by a letter of their names: 「上のつく町」."""
    for match in HAS_LETTER.finditer(text):
        letters = fold(match["letters"])
        codes = _codes(p for p in plans if any(letters in name for name in _stems(p)))
        if codes:
            yield Mention(match.start(), match.end(), match[0], codes, guessed=True)


def _misspelt(text: str, plans: Sequence[Plan]) -> Iterator[Mention]:
    """Yield names that are near to covered ones, and names that are near to none."""
    for match in _SUFFIX.finditer(text):
        end = match.end()
        run = _RUN.search(text, max(0, end - 1 - _LONGEST), end - 1)
        starts = range(run.start(), end - 1) if run else ()
        names = ((start, text[start:end]) for start in starts)
        near = ((start, name, _near(name, tuple(plans))) for start, name in names if not GENERIC.match(name))
        start, name, codes = next((one for one in near if one[2]), (0, "", ()))
        if codes:
            elsewhere = name[:-1] in _short_names()  # 「…町」 of a real 「…市」: no misspelling but another place
            yield Mention(start, end, name, () if elsewhere else codes, guessed=not elsewhere)
        elif (unknown := _UNKNOWN.search(text, max(0, end - 1 - _LONGEST), end)) and _names_a_place(
            unknown[0], text, end
        ):
            yield Mention(unknown.start(), end, unknown[0], ())


def _names_a_place(name: str, text: str, end: int) -> bool:
    """Return whether a name that no list holds is meant as one, and is no ordinary word and no surname (「松村」)."""
    if GENERIC.match(name) or ORDINARY.search(name) or NAMED_AFTER.match(text, end) is None:
        return False
    return all(token.surface != name or token.pos[2] != "人名" for token in tokenize(name))


def _places(text: str) -> Iterator[Mention]:
    """Yield names of municipalities elsewhere without 市 or 町 that are asked of: 「神戸の取組は」."""
    for token in tokenize(text):
        place = token.pos[2] == "地名" and token.surface in _short_names() - REGIONS and ASKED_OF.match(text, token.end)
        if place and not re.match(rf"[{_KANJI}ァ-ヶー]", text[: token.start][-1:]):
            yield Mention(token.start, token.end, token.surface, ())


@cache
def _short_names() -> frozenset[str]:
    return frozenset(short for m in municipalities() if len(short := SUFFIX.sub("", m.name)) > 1)


def _stems(plan: Plan) -> tuple[str, str]:
    return fold(SUFFIX.sub("", plan.municipality)), READING_SUFFIX.sub("", fold(plan.reading))


def _codes(plans: Iterator[Plan]) -> tuple[str, ...]:
    return tuple(sorted({plan.municipality_code for plan in plans}))


@lru_cache(maxsize=4096)
def _near(name: str, plans: tuple[Plan, ...]) -> tuple[str, ...]:
    """Return the covered municipalities that a name is meant for: one letter off, else spelt otherwise but read the same.

    Of several that are one letter off, one whose own letter sounds like the other is the one meant.
    """
    near = [plan for plan in plans if one_letter_off(plan.municipality, name) and _spells(plan.municipality, name)]
    alike = [plan for plan in near if _sounds_alike(plan.municipality, name)]
    if near:
        return _codes(iter(alike if len(alike) == 1 else near))
    return _codes(plan for plan in plans if plan.municipality[-1:] == name[-1] and _read_as(name[:-1], _stems(plan)[1]))


def one_letter_off(name: str, other: str) -> bool:
    """Return whether two names end alike and one letter was changed, added or left out before that.

    >>> one_letter_off("上郡町", "上軍町"), one_letter_off("鏡野町", "鏡町"), one_letter_off("鏡野町", "鏡野市")
    (True, True, False)
    """
    if len(name) < 3 or name[-1] != other[-1] or name == other:
        return False
    if len(name) == len(other):
        return sum(a != b for a, b in zip(name, other, strict=True)) == 1
    longer, shorter = sorted((name, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer) - 1)
    )


def _spells(name: str, other: str) -> bool:
    """Return whether each kana of the other name stands for a letter that is read so, and is no particle (「上の町」)."""
    if len(name) != len(other):
        return not set(re.findall(r"[ぁ-んァ-ヶ]", other)) - set(name)
    pairs = [(a, b) for a, b in zip(name, other, strict=True) if a != b]
    return all(jaconv.hira2kata(b) in letter_readings(a) for a, b in pairs if re.match(r"[ぁ-んァ-ヶ]", b))


def _sounds_alike(name: str, other: str) -> bool:
    """Return whether the one letter in which two names of a length differ has a Chinese reading in common.

    >>> _sounds_alike("上郡町", "上群町"), _sounds_alike("上里町", "上群町")
    (True, False)
    """
    if len(name) != len(other):
        return False
    pair = next((a, b) for a, b in zip(name, other, strict=True) if a != b)
    common = letter_readings(pair[0]) & letter_readings(pair[1])
    return any(_CHINESE.fullmatch(reading) for reading in common)


def _read_as(letters: str, reading: str) -> bool:
    """Return whether letters can be read so, one after the other or as a word; 「ご」 and 「こ」 count as one.

    >>> _read_as("神里", "かみさと"), _read_as("鏡の", "かがみの"), _read_as("神里", "かみごおり")
    (True, True, False)
    """
    wanted = _unvoiced(reading)
    return _unvoiced(_usual_reading(letters)) == wanted or _one_by_one(letters, wanted)


def _one_by_one(letters: str, wanted: str) -> bool:
    if not letters:
        return not wanted
    starts = {_unvoiced(reading) for reading in letter_readings(letters[0])}
    return any(wanted.startswith(s) and _one_by_one(letters[1:], wanted[len(s) :]) for s in starts if s)


def _unvoiced(reading: str) -> str:
    return jaconv.hira2kata(reading).translate(_VOICED)


def _usual_reading(letters: str) -> str:
    return "".join(token.reading for token in tokenize(letters))


@lru_cache(maxsize=4096)
def letter_readings(letter: str) -> frozenset[str]:
    """Return how a letter is read, in katakana: alone, and in the names of municipalities.

    >>> sorted(letter_readings("里"))
    ['サト', 'リ']
    """
    return _readings_in_names().get(letter, frozenset()) | {jaconv.hira2kata(_usual_reading(letter))}


@cache
def _readings_in_names() -> dict[str, frozenset[str]]:
    """Return for each first or last letter of a municipality's name what is left of its reading, the rest read as usual."""
    readings: dict[str, set[str]] = {}
    for municipality in municipalities():
        name = SUFFIX.sub("", municipality.name)
        reading = jaconv.hira2kata(READING_SUFFIX.sub("", municipality.reading))
        start, end = _usual_reading(name[:-1]), _usual_reading(name[1:])
        if reading.startswith(start):
            readings.setdefault(name[-1], set()).add(reading.removeprefix(start))
        if reading.endswith(end):
            readings.setdefault(name[0], set()).add(reading.removesuffix(end))
    return {letter: frozenset(r for r in found if _BEAT.match(r)) for letter, found in readings.items()}
