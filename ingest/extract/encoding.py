"""The bytes of a text file -> its text, whatever a Japanese office machine saved it as.

Every encoding that reads the bytes without an error is a candidate, and the one whose text looks most like Japanese
is it. A detector that counts byte statistics needs more text than a short notice has.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import lru_cache

from ingest.extract.extracted import ExtractionError

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The name a page declares -> the codec that reads what is really written under that name (① and ㈱ included).
_DECLARED = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "cp932", "ms932"), "cp932"),
    **dict.fromkeys(("euc-jp", "euc_jp", "x-euc-jp", "eucjp", "cp51932"), "euc_jis_2004"),
    **dict.fromkeys(("iso-2022-jp", "jis", "csiso2022jp"), "iso-2022-jp"),
}
_CANDIDATES = ("utf-8", "cp932", "euc_jis_2004", "utf-16-le", "utf-16-be")  # at equal score the first is taken
_ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\([DQ]|\([BJI])")
_KANJI_SET = frozenset({b"$@", b"$B", b"$(Q"})
_SAMPLE = 20_000  # characters, from the beginning, that are enough to tell
# What a page says of itself counts, but pages are converted and go on saying the old thing. That bytes are UTF-8 by
# chance is rare.
_BONUS = 0.2
_GOOD_ENOUGH = 0.05  # below this the bytes read as no language that plans are written in


def decode(data: bytes, *, declared: str = "") -> str:
    """Return the text of a file's bytes, without a byte order mark. ``declared`` is the encoding that it names itself.

    >>> [decode("見本町の計画".encode(name)) for name in ("cp932", "euc_jp", "iso2022_jp", "utf-16-le")]
    ['見本町の計画', '見本町の計画', '見本町の計画', '見本町の計画']

    Raises:
        ExtractionError: no encoding reads it.
    """
    for mark, name in _BOMS:
        if data.startswith(mark) and (text := _read(data[len(mark) :], name)) is not None:
            return text
    if _ESCAPE.search(data[:1_000_000]) and (text := _read(data, "iso-2022-jp")) is not None:
        return text
    said = _DECLARED.get(declared.strip().lower(), "")
    best, best_score = "", 0.0 if not data else _GOOD_ENOUGH
    for name in _CANDIDATES:
        text = None if name.startswith("utf-16") and len(data) % 2 else _read(data, name)
        if text is None:
            continue
        score = _japanese(text) + _BONUS * (name == said) + _BONUS * (name == "utf-8" and not text.isascii())
        if score > best_score:
            best, best_score = text, score
        if name == "utf-8" and _surely_utf8(text):
            break
    if data and not best:
        raise ExtractionError("文字コードを判別できません。文字コードを UTF-8 にして保存し直してください。")
    return best


def _read(data: bytes, name: str) -> str | None:
    try:
        return _decode_jis(data) if name == "iso-2022-jp" else data.decode(name)
    except (UnicodeDecodeError, ValueError):
        return None


def _surely_utf8(text: str) -> bool:
    """Return whether text that was read as UTF-8 can be nothing else: ten letters of three bytes do not happen by chance."""
    return "\x00" not in text and len(re.findall(r"[\u3041-\u30fc\u4e00-\u9fff]", text[:_SAMPLE])) >= 10


def _decode_jis(data: bytes) -> str:
    """Return ISO-2022-JP text; each stretch goes through its 8-bit sister, which knows ① and ㈱ too."""
    parts = _ESCAPE.split(data)
    out = [parts[0].decode("ascii")]
    for escape, words in zip(parts[1::2], parts[2::2], strict=True):
        # a line end brings ASCII back, though the standard asks for an escape before it
        if escape in _KANJI_SET:
            out.append(re.sub(rb"[\x21-\x7e]+", _set_high_bits, words).decode("euc_jis_2004"))
        elif escape == b"$(D":
            out.append((b"\x1b" + escape + words + b"\x1b(B").decode("iso2022_jp_ext"))
        elif escape == b"(I":
            out.append(re.sub(rb"[\x21-\x5f]+", _set_high_bits, words).decode("cp932"))
        else:
            out.append(words.decode("ascii"))
    return "".join(out)


def _set_high_bits(match: re.Match[bytes]) -> bytes:
    return bytes(byte | 0x80 for byte in match[0])


def _japanese(text: str) -> float:
    """Return how much a text looks like Japanese (or plain English): 1 for kana, down to -5 for what no text holds."""
    counts = Counter(text[:_SAMPLE])
    total = sum(counts.values())
    return sum(_worth(character) * count for character, count in counts.items()) / total if total else 1.0


_WORTH = (  # first, last, worth of a character in that range; others are -1
    ("\t", "\r", 0.9),
    (" ", "~", 0.96),  # above a kanji: two Latin letters are a kanji in UTF-16
    ("、", "〟", 1.0),
    ("ぁ", "ー", 1.0),
    ("①", "⓿", 0.7),
    ("！", "｠", 0.9),
    ("｡", "ﾟ", 0.1),  # half-width katakana: what EUC-JP looks like when it is read as Shift_JIS
    ("\u3400", "\u4dbf", -0.5),
    ("\u00a0", "\u00ff", 0.2),
    ("\uf900", "\ufaff", 0.2),
    ("\u0391", "\u0451", 0.4),
    ("\u2010", "\u203e", 0.8),
    ("\u2160", "\u217f", 0.7),
    ("\u2190", "\u25ff", 0.7),
    ("\u2600", "\u27bf", 0.5),
    ("\u3200", "\u33ff", 0.6),
    ("\U0001f300", "\U0001faff", 0.5),
)


@lru_cache(maxsize=20_000)
def _worth(character: str) -> float:
    if "\u4e00" <= character <= "\u9fff":
        return _kanji_worth(character)
    for first, last, worth in _WORTH:
        if first <= character <= last:
            return worth
    return -5.0 if character < " " or "\ud800" <= character <= "\uf8ff" or character >= "\ufff0" else -1.0


def _kanji_worth(character: str) -> float:
    """Return 0.95 for a kanji of JIS level 1, the common ones; less for level 2, and for one that Japanese has not."""
    try:
        code = character.encode("cp932")
    except UnicodeEncodeError:
        return -0.5
    return 0.95 if code < b"\x98\x73" else 0.3
