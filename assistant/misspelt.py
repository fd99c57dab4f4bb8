"""Words that are written wrongly: found again by how the plans' words sound, loanwords by their letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches

import jaconv

from index.tokens import Token, is_content, tokenize

_WORDS = 4  # tokens that are looked for together at most
_SHORTEST = 4  # kana of a reading that is looked for: shorter ones sound like too many words
_TWO = 2
_LETTERS = {
    "エー": "A", "ビー": "B", "シー": "C", "ディー": "D", "デー": "D", "イー": "E", "エフ": "F", "ジー": "G", "エイチ": "H", "エッチ": "H",
    "アイ": "I", "ジェー": "J", "ジェイ": "J", "ケー": "K", "ケイ": "K", "エル": "L", "エム": "M", "エヌ": "N", "オー": "O", "ピー": "P",
    "キュー": "Q", "アール": "R", "エス": "S", "ティー": "T", "テー": "T", "ユー": "U", "ブイ": "V", "ダブリュー": "W", "エックス": "X",
    "ワイ": "Y", "ゼット": "Z",
}  # fmt: skip
_LETTER = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_SPOKEN_LETTERS = re.compile(rf"(?:{_LETTER.pattern}){{2,6}}")
_LARGE = str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ")
_LOANWORD = re.compile(r"[ァ-ヶー]{4,}")
_LIKE = 0.8  # how like a loanword must be to the plans' word (difflib's ratio): one letter wrong of five
_KANA = re.compile(r"[ぁ-ん]+")
_KANJI = re.compile(r"[\u4e00-\u9fff]")
_KATAKANA = re.compile(r"[ァ-ヶー]+")
_PLACE = re.compile(r"[都道府県市区町村]$")  # names of municipalities have rules of their own (assistant.towns)


def misspelt(text: str, readings: Mapping[str, str], in_plans: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Return the runs of words of ``text`` that the plans do not hold, each with the words of theirs that sound alike.

    ``readings`` maps the reading of the plans' words, alone and side by side, to the words; ``in_plans`` says whether the
    plans hold some words. A word in kanji alone stays as it is: too many sound alike.

    >>> misspelt("税務科の窓ぐちは", {"ゼイムカ": "税務課", "マドグチ": "窓口"}, lambda words: words in ("税務", "科"))
    [('税務科', '税務課'), ('窓ぐち', '窓口')]
    >>> misspelt("講演の時間は", {"コウエン": "公園"}, lambda words: False)
    []
    >>> misspelt("マイイナポータルは", {"マイナポータル": "マイナポータル"}, lambda words: False)
    [('マイイナポータル', 'マイナポータル')]
    """
    spelt_out = list(_spelt_out(text, in_plans))
    for wrong, _ in spelt_out:
        text = text.replace(wrong, " ")
    return [*spelt_out, *_by_sound(text, readings, in_plans), *_by_letters(text, readings, in_plans)]


def _spelt_out(text: str, in_plans: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield abbreviations that are written as they are spoken, each in Latin letters: 「ディーエックス」, 「えーあい」."""
    for match in _SPOKEN_LETTERS.finditer(jaconv.hira2kata(text)):
        letters = "".join(_LETTERS[name] for name in _LETTER.findall(match[0]))
        if in_plans(letters):
            yield text[match.start() : match.end()], letters


def _by_letters(text: str, readings: Mapping[str, str], in_plans: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield loanwords with a letter too many, too few or in another's place, each with the plans' word."""
    for spelt in _LOANWORD.findall(text):
        if not in_plans(spelt):
            words = [w for r, w in readings.items() if r == w and abs(len(w) - len(spelt)) <= 1]
            alike = {word.translate(_LARGE): word for word in words}  # 「チヤツト」: small letters typed large
            yield from ((spelt, alike[m]) for m in get_close_matches(spelt.translate(_LARGE), alike, 1, _LIKE))


def _by_sound(text: str, readings: Mapping[str, str], in_plans: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Return runs of words, each with the plans' words that sound alike."""
    tokens = tokenize(text)
    found, i = [], 0
    while i < len(tokens):
        count, word = _alike(tokens[i : i + _WORDS], readings, in_plans)
        if word:
            found.append((_spelt(tokens[i : i + count]), word))
        i += count
    return found


def _alike(tokens: Sequence[Token], readings: Mapping[str, str], in_plans: Callable[[str], bool]) -> tuple[int, str]:
    """Return how many tokens are one misspelt run of words, the longest first, and what the plans write for it."""
    for count in range(len(tokens), 0, -1):
        run = tokens[:count]
        spelt, reading = _spelt(run), "".join(token.reading for token in run)
        if len(reading) < _SHORTEST or not _KATAKANA.fullmatch(reading) or not _may_be_wrong(run, spelt):
            continue
        word = readings.get(reading, "")
        if word and word != spelt and _written_alike(run, spelt, word) and not in_plans(spelt):
            return count, word
    return 1, ""


def _may_be_wrong(run: Sequence[Token], spelt: str) -> bool:
    """Return whether a run is made of words with a topic; a proper name is what it says."""
    if _PLACE.search(spelt) or any("固有名詞" in token.pos or not is_content(token) for token in run):
        return False
    return _KANJI.search(spelt) is not None or all(token.pos[0] == "名詞" for token in run)


def _written_alike(run: Sequence[Token], spelt: str, word: str) -> bool:
    """Return whether one slip of the pen turns the plans' words into a run: kana for kanji, or one wrong part of several."""
    if re.findall(r"[0-9]+", spelt) != re.findall(r"[0-9]+", word):
        return False
    if _KANA.search(spelt):
        return len(run) > 1 or _KANJI.search(spelt) is not None or _KANA.fullmatch(spelt) is not None
    # 「税務科」 for 税務課; but 「電子決済」 is no 電子決裁
    wrong = [token.surface for token in run if token.surface not in word]
    return len(run) > _TWO or len(wrong) == len(run) > 1 or all(len(part) == 1 for part in wrong)


def _spelt(run: Sequence[Token]) -> str:
    return "".join(token.surface for token in run)
