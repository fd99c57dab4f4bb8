"""Japanese words of a text: tokens with their offsets, and the content terms that the lexical index holds."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sudachipy import Dictionary, Tokenizer

# Change it whenever this file would give other terms for the same text.
_RULES = "A/1"

# Sudachi refuses more than 49,149 bytes at once, counted after its own normalisation, which can turn one character
# into eighteen. A window of this many characters is always accepted.
WINDOW = 800

# Where a long text may be cut without cutting a word.
_BREAK = re.compile(r"[\n。．！？!?]")

_SURROGATE = re.compile("[\ud800-\udfff]")

# Parts of speech that carry grammar, not content. 接尾辞 stays: 課, 率 and 化 tell one office or figure from another.
FUNCTION_POS: dict[str, str] = {
    "助詞": "marks case or mood",
    "助動詞": "inflection: です, ます, られる",
    "補助記号": "punctuation and list marks",
    "空白": "white space",
    "接頭辞": "politeness and ordinals: お, ご, 第",
    "代名詞": "points at something, or asks: これ, いつ, 誰",
    "連体詞": "points at something, or asks: この, どのような",
    "接続詞": "joins sentences: また, しかし",
    "感動詞": "greets or answers: はい, ありがとう",
}

# Normalised forms that stand in every text or every question, so that they say nothing about either.
EMPTY_WORDS: dict[str, str] = {
    "為る": "light verb する",
    "居る": "light verb いる",
    "有る": "light verb ある",
    "成る": "light verb なる",
    "出来る": "light verb できる",
    "つく": "part of について",
    "因る": "part of による",
    "於く": "part of において",
    "事": "formal noun",
    "こと": "formal noun",
    "物": "formal noun",
    "もの": "formal noun",
    "為": "formal noun ため",
    "訳": "formal noun わけ",
    "等": "formal noun: and so on",
    "何": "asks",
    "何故": "asks",
    "どう": "asks",
    "幾つ": "asks",
    "幾ら": "asks",
    "教える": "asks: 教えてください",
    "知る": "asks: 知りたい",
    "下さる": "asks politely",
    "頂く": "asks politely",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it stands in a text: ``text[start:end] == surface``. ``pos`` holds Sudachi's first four levels.

    ``base`` is the word uninflected, in the text's own spelling; ``form`` says how it inflects and which form this is.
    """

    surface: str
    norm: str
    reading: str
    pos: tuple[str, str, str, str]
    start: int
    end: int
    base: str
    form: tuple[str, str]


def tokenize(text: str, units: Literal["A", "C"] = "A") -> list[Token]:
    """Return every word of ``text`` in order, white space and punctuation included, in Sudachi's shortest units.

    ``units="C"`` gives its longest ones, whose readings are those of whole words. Any length, and any thread.

    >>> [(token.surface, token.norm, token.start) for token in tokenize("取組の期間")]
    [('取組', '取り組み', 0), ('の', 'の', 2), ('期間', '期間', 3)]
    >>> [(token.base, token.form) for token in tokenize("図り、")[:1]]
    [('図る', ('五段-ラ行', '連用形-一般'))]
    >>> [(token.surface, token.reading) for token in tokenize("高齢者", units="C")]
    [('高齢者', 'コウレイシャ')]
    """
    tokenizer = _tokenizer()
    readable = _SURROGATE.sub("\ufffd", text)
    tokens: list[Token] = []
    for start, end in _windows(readable):
        for word in tokenizer.tokenize(readable[start:end], mode=units):
            pos = word.part_of_speech()
            tokens.append(
                Token(
                    text[start + word.begin() : start + word.end()],
                    word.normalized_form(),
                    word.reading_form(),
                    (pos[0], pos[1], pos[2], pos[3]),
                    start + word.begin(),
                    start + word.end(),
                    word.dictionary_form(),
                    (pos[4], pos[5]),
                )
            )
    return tokens


def terms(text: str) -> list[str]:
    """Return the content words of ``text`` as the lexical index keeps them: normalised, folded, function words dropped.

    >>> terms("取組の期間はいつからですか。")
    ['取り組み', '期間']
    """
    return [token.norm.casefold() for token in tokenize(text) if is_content(token)]


def tokens_version() -> str:
    """Return what decides the terms of a text: these rules, and the analyser and dictionary that are installed."""
    return f"{_RULES} sudachipy {version('sudachipy')} sudachidict-core {version('sudachidict-core')}"


def is_content(token: Token) -> bool:
    """Return whether a word tells one text from another; grammar, marks and question words do not."""
    if not any(character.isalnum() for character in token.surface):
        return False
    if token.norm in EMPTY_WORDS:
        return False
    # A rare character such as 𠮷 is unknown to the dictionary and comes back as a mark; it is a letter all the same.
    return token.pos[0] == "補助記号" or token.pos[0] not in FUNCTION_POS


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield consecutive ranges of at most ``WINDOW`` characters that cover the text, cut at sentence ends where any."""
    start = 0
    while start < len(text):
        end = min(start + WINDOW, len(text))
        if end < len(text):
            breaks = [match.end() for match in _BREAK.finditer(text, start, end)]
            end = breaks[-1] if breaks else end
        yield start, end
        start = end


_local = threading.local()


def _tokenizer() -> Tokenizer:
    """Return this thread's tokenizer: Sudachi lets only one thread at a time use one."""
    if not hasattr(_local, "tokenizer"):
        with _loading:
            _local.tokenizer = _dictionary().tokenizer(mode="A")
    tokenizer: Tokenizer = _local.tokenizer
    return tokenizer


_loading = threading.Lock()


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    """Return the core dictionary, mapped into memory once for the process."""
    from sudachipy import Dictionary

    return Dictionary(dict="core")
