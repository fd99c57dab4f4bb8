"""Words that one plan spells in several ways: misread ones beside right ones (デジタルデバインド, デジタルデバイド), and ー left out.

Which spelling is right the plan does not say, so none is replaced: what carries one of them is found by the others too.
Only the plan's own words are looked at. Two words count as one where their letters differ in nothing but ー, the size of
a vowel, or look-alikes (ソ ン, シ ツ); a long word, also where it has a letter too many. One letter for another is another
word (オンライン, オフライン; ローコード, ノーコード).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from unicodedata import normalize

from ingest.look_alikes import TO_KATAKANA

# A run of katakana with what may stand in it for a katakana letter: look-alikes, and letters that no Japanese text has
# (Cyrillic to Lao, Hangul); Greek ones it has (プラスα).
_FOREIGN = "Ѐ-\u0eff가-힣"
_RUN = re.compile(rf"[ァ-ヺー一二八三千才力口夕卜工へべぺり\-{_FOREIGN}]{{3,}}")
_KATAKANA = re.compile("[ァ-ヺ][ァ-ヺー]{2,39}")
_MISREAD = re.compile(rf"(?P<head>[ァ-ヺ][ァ-ヺー]{{1,39}})(?P<unread>[{_FOREIGN}]{{1,4}})(?P<tail>[ァ-ヺー]{{0,40}})")
_SAME_SIZE = str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ")
_SAME_SHAPE = str.maketrans("ソシ", "ンツ")
_HYPHEN = str.maketrans("‐–—―─−", "------")  # as search text has them
_DASH = str.maketrans("-", "ー")
_LONG = 8  # letters: in encyclopaedias and bulletins, shorter pairs that differ by a letter were often two words
_SAFE = 4  # letters without ー: シール and ツール, レベル and レーベル are shorter
_SURE = 3  # letters that a run must have besides foreign ones to tell which word it was
_MANY = 8  # spellings: no word has more
_MISREAD_LIMIT = 200  # misread runs with foreign letters: a text with more of them is in another language


def variants(text: str) -> dict[str, tuple[str, ...]]:
    """Return, for each word that a plan's ``text`` spells in several ways, its other spellings, the most frequent first.

    A spelling with letters of a foreign script is nobody's: it has others, and is none.

    >>> variants("サーバーの更新\\nデジタルデバインド対策\\nデジタルデバйд対策\\nサーバとデジタルデバイド")["デジタルデバйд"]
    ('デジタルデバイド', 'デジタルデバインド')
    """
    runs = Counter(_RUN.findall(normalize("NFKC", text).translate(_HYPHEN)))
    words = Counter({run: n for run, n in runs.items() if _KATAKANA.fullmatch(run)})
    groups = _groups(words)
    others = {word: _by_count(words, groups[word] - {word}) for word in words if len(groups[word]) > 1}
    odd = [run for run in runs if run not in words]
    looks_alike = {run: {run.translate(TO_KATAKANA).translate(_DASH)} & words.keys() for run in odd}
    misread = islice(filter(None, map(_MISREAD.fullmatch, odd)), _MISREAD_LIMIT)
    unread = {match[0]: _fitting(match, words) for match in misread}
    for run, meant in (looks_alike | unread).items():
        if meant:
            best = _by_count(words, meant)
            others[run] = tuple(dict.fromkeys((*best, *(word for one in best for word in others.get(one, ())))))
    return others


def other_spellings(words: str, others: Mapping[str, tuple[str, ...]]) -> str:
    """Return the other spellings of what stands in search text, parted by spaces; ``others`` is what ``variants`` returns.

    >>> other_spellings("サーバの更新", {"サーバ": ("サーバー",)})
    'サーバー'
    """
    if not others:
        return ""
    runs = dict.fromkeys(_RUN.findall(words))
    return " ".join(dict.fromkeys(word for run in runs for word in others.get(run, ()) if word not in runs))


def _by_count(words: Counter[str], some: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(some, key=lambda word: (-words[word], word))[:_MANY])


def _groups(words: Counter[str]) -> dict[str, set[str]]:
    """Return, for each word, the set of spellings that it belongs to: one set for all of them."""
    groups = {word: {word} for word in words}
    first: dict[str, str] = {}
    for word in words:
        for key in _keys(word):
            _join(groups, word, first.setdefault(key, word))
        if len(word) >= _LONG:
            for shorter in filter(groups.__contains__, _one_letter_less(word)):
                _join(groups, word, shorter)
    return groups


def _join(groups: dict[str, set[str]], one: str, other: str) -> None:
    if groups[one] is not groups[other] and len(groups[one] | groups[other]) <= _MANY:
        groups[one] |= groups[other]
        for word in groups[other]:
            groups[word] = groups[one]


def _keys(word: str) -> Iterator[str]:
    """Yield what spellings of one word have in common."""
    plain = word.translate(_SAME_SIZE)
    yield plain.rstrip("ー")
    without = plain.translate(_SAME_SHAPE).replace("ー", "")
    if len(without) >= _SAFE:
        yield without


def _one_letter_less(word: str) -> Iterator[str]:
    """Yield a word without one of its letters; the first one stays, for words that differ there are two words."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _fitting(misread: re.Match[str], words: Counter[str]) -> set[str]:
    """Return the words that have katakana where a run has foreign letters: as many of them, else one more."""
    head, unread, tail = misread.group("head", "unread", "tail")
    if len(head + tail) < _SURE:
        return set()
    fitting = {word for word in words if word.startswith(head) and word.endswith(tail)}
    length = len(head) + len(unread) + len(tail)
    same = {word for word in fitting if len(word) == length}
    return same or {word for word in fitting if len(word) == length + 1}
