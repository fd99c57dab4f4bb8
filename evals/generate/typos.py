"""Questions with slips of the finger: a letter too many, one too few, two exchanged, a word turned into the wrong kanji."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from evals.generate.town_names import name_spans, touches
from index.tokens import Token, is_content, tokenize
from ingest.document import Plan

_TABLE = Path(__file__).with_name("homophones.txt")
_KANA_WORD = re.compile(r"[ァ-ヶー]{3,}|[ぁ-ん]{4,}")
_LATIN_WORD = re.compile(r"[A-Za-z]{5,}")  # in a shorter one, such as DX, any letter makes it another word
_SMALL_KANA = re.compile(r"[ァィゥェォッャュョぁぃぅぇぉっゃゅょ]")
_LONG = 30  # characters of a question from which it gets two slips


def with_typos(text: str, plans: Sequence[Plan], rng: random.Random) -> str:
    """Return ``text`` with one slip, or two when it is long; ``text`` itself where no word can take one.

    Names of municipalities, numbers and short abbreviations stay right: a slip there would ask for something else.

    >>> with_typos("スケジュールは", (), random.Random(1))
    'スケジュールルは'
    >>> with_typos("計画の期間は", (), random.Random(1))
    '計画の帰還は'
    >>> with_typos("鏡野町は", (), random.Random(1))
    '鏡野町は'
    """
    spans = name_spans(text, plans)
    words = [token for token in tokenize(text) if _can_slip(token) and not touches(token.start, token.end, spans)]
    count = min(len(words), 2 if len(text) >= _LONG else 1)
    for token in sorted(rng.sample(words, count), key=lambda token: -token.start):
        text = text[: token.start] + _slip(token.surface, rng) + text[token.end :]
    return text


def homophones(word: str) -> tuple[str, ...]:
    """Return the words that an input method offers for the same reading (``homophones.txt``).

    >>> homophones("期間")
    ('機関', '基幹', '帰還')
    """
    return _homophones().get(word, ())


def _can_slip(token: Token) -> bool:
    return is_content(token) and bool(homophones(token.surface) or _letters(token.surface))


def _letters(word: str) -> bool:
    return bool(_KANA_WORD.fullmatch(word) or _LATIN_WORD.fullmatch(word))


def _slip(word: str, rng: random.Random) -> str:
    if others := homophones(word):
        return rng.choice(others)
    slips: tuple[Callable[[str, int], str], ...] = (_swapped, _dropped, _doubled)
    slip = rng.choice(slips)
    places = [at for at in range(1, len(word) - 1) if _is_natural(slip(word, at), word, at)]
    return slip(word, rng.choice(places)) if places else word + word[-1]


def _is_natural(wrong: str, word: str, at: int) -> bool:
    """Return whether a slip changes the word, leaves no small kana without its own, and makes no run of long marks.

    The first letter is seldom the wrong one, and without it a word is another: it is never changed.
    """
    return wrong != word and not _SMALL_KANA.search(word[at : at + 3]) and "ーー" not in wrong


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int) -> str:
    return word[: at + 1] + word[at:]


@cache
def _homophones() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words = line.split()
            table |= {word: tuple(other for other in words if other != word) for word in words}
    return table
