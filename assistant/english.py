"""Questions in English: recognised, and worded in Japanese by a table, so that all that follows works as for Japanese ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asking import strip_markup
from assistant.english_words import ARTICLES, LONGEST, NUMBER, Entry, look_up, words_of
from assistant.wording import ORDER

# Words that English sentences are made of, and neither Japanese in Roman letters nor the neighbouring languages.
_GRAMMAR = frozenset(
    """
    what which how when where who whom whose why the of is are were does did has have had will would could should
    there with from about between please tell explain list this that these those my your their our and for by if
    """.split()
)
# A Japanese word goes on, or a sentence ends, in these: whoever writes them writes Japanese.
_JAPANESE = re.compile(
    r"[\u4e00-\u9fffァ-ヶーA-Za-z0-9」』)）][のはがをにでとも](?![ぁ-ん]?[\u4e00-\u9fff])|(?:^|\s)(?:とは|って|は|の|が|を|に|で)"
    r"|[ぁ-ん]{6,}|[ぁ-ん][?？。\s]*$"
)
_LATIN = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』")
_SENTENCE = re.compile(r"(?<=[?？!！。\n])|(?<=[a-z0-9)]\.)\s")
_TOWN_OF = re.compile(r"\b([Tt]own|[Cc]ity|[Vv]illage) of ([A-Z]\w+)")
# 「What is RPA?」 and 「What is a CIO?」 ask what a word means; 「What is the fee?」 and 「What is the town's goal?」 do not.
_MEANING = re.compile(
    r"^what(?:'s| is| are) (?!(?:the|its|their|your|this|that|there|it|in|on|being|[\w-]+ed|\w+(?: \w+)?'s|\w+ \w+ing)\b)(?:an? )?",
    re.IGNORECASE,
)
_TOWN = re.compile(r"town|city|village|ward|cho|machi|mura|son|shi", re.IGNORECASE)
_PIECE = re.compile(
    r"「[^」]*」|『[^』]*』|[0-9]+(?:st|nd|rd|th)\b|[0-9]+(?:[.,][0-9]+)*|[A-Za-z\u00c0-\u024f]+(?:[-&'.][A-Za-z\u00c0-\u024f0-9]+)*"
    r"|[\u3005\u3041-\u30ff\u4e00-\u9fff\uff66-\uff9f]+|,"
)
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_RELATIVE = frozenset({"who", "whose", "whom", "where", "when", "which", "what", "how"})
_JOINS = frozenset({"and", "or", ","})
_FEWEST_KNOWN = 2  # words that the table knows which make keywords English: one may be a name or a loan word
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word as typed and as the table looks it up; ``number`` is set for a number, also one written as a word."""

    text: str
    key: str
    number: str = ""


def in_english(text: str) -> bool:
    """Return whether a question is asked in English, perhaps with Japanese names in it.

    >>> in_english("What is the 計画期間 of 平生町?"), in_english("RPAとは何ですか"), in_english("Hirao-cho no keikaku wa itsu made?")
    (True, False, False)
    """
    plain = _QUOTED.sub(" ", strip_markup(text).replace("’", "'"))
    if _JAPANESE.search(plain):
        return False
    words = [word.casefold() for word in _LATIN.findall(plain) if word.isascii()]
    letters = sum(c.isalpha() and not c.isascii() and not "\u3000" < c < "\ua000" for c in plain)  # é, ự, 한, я
    if letters > len(words) / 4:
        return False
    return any(word in _GRAMMAR for word in words) or _in_known_words(words)


def _in_known_words(words: Sequence[str]) -> bool:
    """Return whether words without grammar are English: keywords, for most of which the table has Japanese ones."""
    entries = (look_up([word]) for word in words)
    known = sum(entry is not None and not entry.empty for entry in entries)
    return known >= max(_FEWEST_KNOWN, len(words) / 2)


def into_japanese(text: str) -> str:
    """Return an English text in Japanese words, sentence by sentence: its topics in their order, then what it asks.

    Names, years, abbreviations and what the table does not know stay as they are; orders to the assistant too.

    >>> into_japanese("What percentage of people in Hirao Town were 65 or older in 2020?")
    '割合 人 Hirao Town 65歳以上 2020年 何パーセントですか?'
    """
    plain = _TOWN_OF.sub(r"\2 \1", strip_markup(text).replace("’", "'"))
    sentences = (part.strip() for part in _SENTENCE.split(plain))
    return "".join(_order(s) if ORDER.search(s) else _sentence(s) for s in sentences if s)


def worded(text: str) -> str:
    """Return a message of a conversation with its lines that are in English in Japanese words.

    >>> worded("How many people?\\n43人です。")
    '人数 何人ですか?\\n43人です。'
    """
    return "\n".join(into_japanese(line) if in_english(line) else line for line in text.split("\n"))


def _order(sentence: str) -> str:
    return sentence if sentence[-1] in "?!。" else f"{sentence}。"


def _sentence(sentence: str) -> str:
    pieces = _pieces(_MEANING.sub("definition of ", sentence))
    words: list[str] = []
    asks: list[Entry] = []
    at = 0
    while at < len(pieces):
        entry, length = _longest(pieces, at)
        if asks and pieces[at].key in _RELATIVE and pieces[at - 1].key not in _JOINS:  # 「people who …」 asks nothing
            length = 1
        elif entry is None:
            said, length = _unknown(pieces, at)
            words.append(said)
        else:
            number = next((p.number for p in pieces[at : at + length] if p.number), "")
            words.append(entry.words.replace(NUMBER, number))
            asks += [entry] if entry.asks else []
        at += length
    said = " ".join(dict.fromkeys(word for word in (*words, *_asked(asks)) if word)).replace("つの ", "つの")
    return f"{said}{'?' if asks or sentence.endswith('?') else '。'}" if said else ""


def _asked(asks: Sequence[Entry]) -> list[str]:
    """Return what a sentence asks: all of the first rank, else the first of the lowest rank."""
    first = [entry.asks for entry in asks if entry.rank == 1]
    return first or [entry.asks for entry in sorted(asks, key=lambda entry: entry.rank)[:1]]


def _pieces(sentence: str) -> list[_Piece]:
    """Return the words and numbers of a sentence; one with a hyphen is parted where the table knows its parts."""
    found: list[str] = [piece for piece in _PIECE.findall(sentence) if piece.casefold() not in ARTICLES]
    if not any(c.islower() for c in sentence):  # typed in capitals throughout: they tell nothing
        found = [piece.lower() for piece in found]
    pieces: list[_Piece] = []
    for piece in found:
        bare = re.sub(r"'s$|'$", "", piece)
        parts = bare.split("-")
        if len(parts) > 1 and all(part.isdecimal() or look_up(words_of(part)) for part in parts):
            pieces += map(_piece, parts)
        else:
            pieces.append(_piece(piece if look_up(words_of(piece)) else bare))
    return pieces


def _piece(text: str) -> _Piece:
    if text[0].isdecimal():
        number = re.sub(r"\D+$", "", text)
        return _Piece(number, number, number)
    if text == ",":
        return _Piece("", text)
    keys = words_of(text)
    key = keys[0] if len(keys) == 1 else text.casefold()
    return _Piece(text, key, str(_NUMBERS.index(key)) if key in _NUMBERS[2:] else "")


def _longest(pieces: list[_Piece], at: int) -> tuple[Entry | None, int]:
    """Return the entry of the longest phrase that begins at a piece, and how many pieces it takes."""
    for length in range(min(LONGEST, len(pieces) - at), 0, -1):
        part = pieces[at : at + length]
        if _names_town(pieces, at, length):
            continue
        spelt = [p.key for p in part]
        numbered = [NUMBER if p.number else p.key for p in part]
        for keys in (spelt, numbered) if numbered != spelt else (spelt,):
            if entry := look_up(keys, first=at == 0):
                return entry, length
    return None, 1


def _names_town(pieces: list[_Piece], at: int, length: int) -> bool:
    """Return whether a known word is a town's name here: 「Date City」, but 「The Town」 and 「Which City」 are none."""
    if length != 1 or at + 1 >= len(pieces) or not pieces[at].text[:1].isupper():
        return False
    following = pieces[at + 1].text
    entry = look_up([pieces[at].key])
    return (
        following[:1].isupper()
        and _TOWN.fullmatch(following) is not None
        and not (entry is None or entry.empty or entry.asks)
    )


def _unknown(pieces: list[_Piece], at: int) -> tuple[str, int]:
    """Return a piece that the table does not know, a town's name with its Town, and how many pieces that takes."""
    piece = pieces[at]
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if piece.number:
        if _YEAR.fullmatch(piece.number):
            return f"{piece.number}年", 1
        few = len(piece.number) < 3 and following is not None and piece.number.isdecimal() and int(piece.number) <= 10
        return (f"{piece.number}つの" if few else piece.number), 1
    if following is not None and _TOWN.fullmatch(following.text) and _longest(pieces, at + 1)[1] == 1:
        return f"{piece.text} {following.text}", 2
    return piece.text, 1
