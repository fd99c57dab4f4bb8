"""spaCy's name for a word in its vocabulary files: a 64-bit hash of its UTF-8 bytes."""

from __future__ import annotations

from functools import lru_cache

_MASK = (1 << 64) - 1
_MULTIPLIER = 0xC6A4A7935BD1E995
_SEED = 1  # spaCy's StringStore hashes with this seed


@lru_cache(maxsize=65_536)
def word_hash(word: str) -> int:
    """Return MurmurHash64A of a word, as spaCy's ``StringStore`` computes it (source: Austin Appleby, MurmurHash2).

    >>> word_hash("の")
    2917952641780334418
    """
    data = word.encode("utf-8", "replace")
    value = _SEED ^ (len(data) * _MULTIPLIER & _MASK)
    whole = len(data) // 8 * 8
    for start in range(0, whole, 8):
        value = (value ^ _scramble(int.from_bytes(data[start : start + 8], "little"))) * _MULTIPLIER & _MASK
    if whole < len(data):
        value = (value ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _MASK
    value ^= value >> 47
    value = value * _MULTIPLIER & _MASK
    return value ^ (value >> 47)


def _scramble(block: int) -> int:
    block = block * _MULTIPLIER & _MASK
    return (block ^ (block >> 47)) * _MULTIPLIER & _MASK
