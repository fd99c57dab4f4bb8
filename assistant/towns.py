"""Which municipality a question is about: names, readings, names without 町, one-letter misspellings, prefectures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

import jaconv

from assistant.wording import ONLY_THIS, SET_ASIDE, SUFFIX_HOMOPHONES
from ingest.document import Plan
from ingest.municipalities import municipalities, prefectures

SUFFIX = re.compile(r"(?:市|町|村|区)$")
_READING_SUFFIX = re.compile(r"(?:ちょう|まち|むら|そん|し)$")
_PARTICLE = re.compile(r"[のはがをにでともへや、。?？\s(（「]|って|から|まで|だと|$")
_NAME_LIKE = re.compile(r"[\u4e00-\u9fffぁ-んァ-ヶ々]{1,5}?[市町村郡]")
# Only kanji, for kana before 町 belong to the sentence (「うちの町」).
_UNKNOWN_NAME = re.compile(r"[\u4e00-\u9fff々]{1,4}[市町村郡]")
_ASKED_OF = re.compile(r"の|は|では|に(?:は|つ)|って")
# What stands before 町 or 市町村 without naming one.
_GENERIC = re.compile(
    r"^(?:[0-9各本同当全両他近隣県国何どのこそあ我]|うち|わが|ほか|この|その|どの|となり|隣|自分|地元|市|区|都|下|城|港|宿|門前|数|対象|先|住|私|農|山|漁|過疎|小規模|参加|関係|周辺|広域|政令|中核|指定|構成|合併|旧|新|実施|先進|類似|別|姉妹)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A municipality named in a text. ``codes`` are the covered ones it stands for; empty when it is not covered."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    guessed: bool = False  # a misspelling taken for the one covered name that differs in one letter
    prefecture: bool = False


def fold(text: str) -> str:
    """Return text as names are compared: NFKC, katakana as hiragana, lower case. Length is kept for kana and kanji."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in folded)


def find_mentions(text: str, plans: Sequence[Plan]) -> list[Mention]:
    """Return the municipalities that ``text`` (NFKC) names and does not set aside, in order.

    The longest name wins at each place, so a name inside another never counts.
    """
    mentions = _all_mentions(text, plans)
    only = [m for m in mentions if ONLY_THIS.match(text, m.end)]
    return only or [m for i, m in enumerate(mentions) if not _set_aside(text, m, mentions[i + 1 :])]


def without_mentions(text: str, plans: Sequence[Plan], *, keep: Collection[str] = ()) -> str:
    """Return ``text`` with the municipalities' names blanked out, set aside ones too, together with what sets them aside.

    A prefecture stays unless it only says where the municipality after it lies, for plans speak of prefectures; and so do
    the names in ``keep``: a question about another municipality, put to this one's plan, wants that name in the answer.
    """
    letters = list(text)
    mentions = _all_mentions(text, plans)
    for mention, following in zip_longest(mentions, mentions[1:]):
        address = following is not None and following.start == mention.end and not following.prefecture
        if mention.name not in keep and (address or not mention.prefecture):
            aside = SET_ASIDE.match(text, mention.end)
            end = aside.end() if aside else mention.end
            letters[mention.start : end] = " " * (end - mention.start)
    return "".join(letters)


def _all_mentions(text: str, plans: Sequence[Plan]) -> list[Mention]:
    """Return every municipality that a text names, set aside or not, in order."""
    mentions = _exact(text, plans)
    mentions += _name_like(text, plans, mentions)
    return sorted(mentions, key=lambda mention: mention.start)


def _exact(text: str, plans: Sequence[Plan]) -> list[Mention]:
    folded = fold(text)
    if len(folded) != len(text):  # a letter that folds to several: positions would drift
        folded = text
    covered = _covered(tuple(plans))
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
        if piece in covered and _stands_alone(piece, folded, at, end):
            return Mention(at, end, text[at:end], covered[piece])
        if piece in _everywhere():
            return Mention(at, end, text[at:end], ())
        if piece in prefectures():
            codes = tuple(sorted(code for name, codes in covered.items() if name == f"@{piece}" for code in codes))
            return Mention(at, end, piece, codes, prefecture=True)
    return None


_LONGEST = 14  # letters of the longest name or reading


def _stands_alone(piece: str, folded: str, start: int, end: int) -> bool:
    """Return whether a name is meant: a full name always, a name without 町 only where a word ends there."""
    if SUFFIX.search(piece) or _READING_SUFFIX.search(piece):
        return True
    if piece.isascii():
        return not re.match(r"[a-z]", folded[end : end + 1]) and not re.match(r"[a-z]", folded[start - 1 : start])
    following = folded[end : end + 1]
    if re.fullmatch(r"[ぁ-ん]+", piece):  # a bare reading may be part of any word: wants edges on both sides
        before = folded[start - 1 : start]
        return _PARTICLE.match(folded, end) is not None and not re.match(r"[ぁ-んァ-ヶ]", before)
    return not re.match(r"[\u4e00-\u9fff]", following) and not re.match(r"[\u4e00-\u9fff]", folded[start - 1 : start])


@cache
def _covered(plans: tuple[Plan, ...]) -> dict[str, tuple[str, ...]]:
    """Return every way to write a covered municipality -> its codes; ``@県`` holds a prefecture's."""
    names: dict[str, set[str]] = {}
    for plan in plans:
        reading = fold(plan.reading)
        stem = _READING_SUFFIX.sub("", reading)
        ways = {plan.municipality, SUFFIX.sub("", plan.municipality), reading, stem, stem + plan.municipality[-1:]}
        ways |= {*_romaji(stem), f"@{plan.prefecture}"}
        ways |= {plan.municipality[:-1] + heard for heard in SUFFIX_HOMOPHONES.get(plan.municipality[-1:], "")}
        for way in ways:
            if len(way) >= 2:
                names.setdefault(fold(way), set()).add(plan.municipality_code)
    return {name: tuple(sorted(codes)) for name, codes in names.items()}


def _romaji(kana: str) -> set[str]:
    """Return the usual spellings of a reading in Roman letters: with long vowels written out, and with them short.

    >>> sorted(_romaji("かみごおり"))
    ['kamigoori', 'kamigori']
    """
    spelt = jaconv.kana2alphabet(kana)
    return (
        {spelt, re.sub(r"o[ou]|uu", lambda match: match[0][0], spelt)} if spelt.isascii() and len(spelt) > 3 else set()
    )


@cache
def _everywhere() -> frozenset[str]:
    return frozenset(m.name for m in municipalities())


def _name_like(text: str, plans: Sequence[Plan], known: Sequence[Mention]) -> list[Mention]:
    """Return what looks like a municipality's name and is none.

    One letter off a covered name it is a guess at that one; as near to two of them it stands for neither alone; like none
    of them it is a name that is not covered, so that its question never falls through to the others.
    """
    found = []
    for match in _NAME_LIKE.finditer(text):
        if any(m.start < match.end() and match.start() < m.end for m in known):
            continue
        names = [(start, text[start : match.end()]) for start in range(match.start(), match.end() - 1)]
        guess = next((m for start, name in names if (m := _guess(start, name, plans)) is not None), None)
        if guess is not None:
            found.append(guess)
        elif _UNKNOWN_NAME.fullmatch(match[0]) and not _GENERIC.match(match[0]) and _ASKED_OF.match(text, match.end()):
            found.append(Mention(match.start(), match.end(), match[0], ()))
    return found


def _guess(start: int, name: str, plans: Sequence[Plan]) -> Mention | None:
    near = [p for p in plans if _one_letter_off(p.municipality, name)]
    if not near or _GENERIC.match(name):
        return None
    codes = tuple(sorted({p.municipality_code for p in near}))
    return Mention(start, start + len(name), name, codes, guessed=True)


def _one_letter_off(name: str, other: str) -> bool:
    """Return whether two names end alike and one letter was changed, added or left out before that.

    >>> _one_letter_off("上郡町", "上軍町"), _one_letter_off("鏡野町", "鏡町"), _one_letter_off("鏡野町", "鏡野市")
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


def _set_aside(text: str, mention: Mention, later: Sequence[Mention]) -> bool:
    at = mention.end
    for other in (*later, None):
        if SET_ASIDE.match(text, at):
            return True
        between = text[at : other.start] if other else ""
        if other is None or not re.fullmatch(r"(?:でも|や|とか|、|\s|も|と|・)*", between):
            return False
        at = other.end
    return False
