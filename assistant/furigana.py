"""The readings of Japanese text: hiragana over its kanji, where the reading is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.place_names import place_names, town_readings
from index.tokens import Token, tokenize

_KANJI = r"[\u4e00-\u9fff々〆ヶ]"
_HAS_KANJI = re.compile(r"[\u4e00-\u9fff]")
_PARTS = re.compile(rf"({_KANJI}+)")

# Words that are read in several ways, which the dictionary cannot tell apart: no reading is better than a wrong one.
UNSURE = frozenset(
    "方 日 間 中 上 下 他 本 何 家 後 前 私 主 物 者 内 外 側 元 面 角 生 今日 明日 昨日 一日 人 行っ 入っ 開い 空い 辛い 止め 抱い "
    "市場 人気 上手 下手 最中 一時 分 月 度 時 数 歳 頃 種 手 目 口 体 身 所 場 市 町 村 県 課 班 係 額 率 性 化 的 版 像 策 表".split()
)
# Words whose usual reading is not the dictionary's first.
USUAL = {"日本": "にほん", "本町": "ほんちょう"}
# Of these the reading after a figure is one and the same.
AFTER_FIGURE = {
    "年": "ねん",
    "年度": "ねんど",
    "月": "がつ",
    "年間": "ねんかん",
    "円": "えん",
    "章": "しょう",
    "条": "じょう",
    "号": "ごう",
}
# Words on the list above that have one reading when nothing stands beside them.
ALONE = {
    "町": "まち",
    "県": "けん",
    "市": "し",
    "課": "か",
    "班": "はん",
    "率": "りつ",
    "額": "がく",
    "策": "さく",
    "者": "もの",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and its reading in hiragana, "" where it has no kanji or the reading is not certain."""

    text: str
    ruby: str


def furigana(text: str) -> tuple[Piece, ...]:
    """Return ``text`` in pieces with readings over the kanji alone; the texts joined are ``text``.

    >>> [(p.text, p.ruby) for p in furigana("計画を見直します")]
    [('計画', 'けいかく'), ('を', ''), ('見直', 'みなお'), ('します', '')]
    >>> [p.ruby for p in furigana("3人")]
    ['']
    """
    names = {place.start: place for place in place_names(text) if place.reading}
    pieces: list[Piece] = []
    done = 0
    tokens = tokenize(text, units="C")
    for at, token in enumerate(tokens):
        if token.start in names and token.start >= done:
            place = names[token.start]
            pieces.append(Piece(place.name, place.reading))
            done = place.end
        if token.start < done:
            if token.end > done:  # a name ends inside a word
                pieces.append(Piece(text[done : token.end], ""))
                done = token.end
            continue
        pieces += _pieces(token, tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None)
        done = token.end
    return _joined(pieces)


def _pieces(token: Token, before: Token | None, after: Token | None) -> list[Piece]:
    word = token.surface
    if not _HAS_KANJI.search(word):
        return [Piece(word, "")]
    if before is not None and before.pos[1] == "数詞":
        return [Piece(word, AFTER_FIGURE.get(word, "") if _is_digit(before.surface) else "")]
    alone = not (_touches(before) or _touches(after))
    if word in UNSURE:
        return [Piece(word, ALONE.get(word, "") if alone else "")]
    if token.pos[1] == "数詞" or token.pos[2] == "人名" or (len(word) == 1 and not alone):
        return [Piece(word, "")]
    reading = USUAL.get(word) or _hiragana(token.reading)
    if not all(town.startswith(reading) for town in town_readings(word)):
        return [Piece(word, "")]  # a town's name without 町 that is read otherwise than the word
    return _over_kanji(word, reading)


def _touches(other: Token | None) -> bool:
    """Return whether a neighbour is a noun or a part of one, so that a single kanji beside it belongs to a compound."""
    return other is not None and (other.pos[0] in ("名詞", "接尾辞", "接頭辞") or other.pos[1] == "数詞")


def _is_digit(text: str) -> bool:
    return text[-1:].isdecimal()


def _over_kanji(word: str, reading: str) -> list[Piece]:
    """Return a word with its reading over its kanji; without one where kana and kanji cannot be matched in one way only."""
    parts = [part for part in _PARTS.split(word) if part]
    kanji = [part for part in parts if _PARTS.fullmatch(part)]
    found = set()
    for many in (".+", ".+?"):
        pattern = "".join(f"({many})" if part in kanji else re.escape(_hiragana(part)) for part in parts)
        match = re.fullmatch(pattern, reading)
        found.add(match.groups() if match else None)
    groups = found.pop() if len(found) == 1 else None
    if groups is None:
        return [Piece(word, "")]
    readings = iter(groups)
    return [Piece(part, next(readings) if part in kanji else "") for part in parts]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with neighbours that have no reading made one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and not piece.ruby and not joined[-1].ruby:
            joined[-1] = Piece(joined[-1].text + piece.text, "")
        elif piece.text:
            joined.append(piece)
    return tuple(joined)


def _hiragana(text: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)
