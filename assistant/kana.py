"""Questions written in kana alone: words are found again by their readings in the plans."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from index.tokens import tokenize

_KANJI = re.compile(r"[\u4e00-\u9fff]")
_RUN = re.compile(
    r"(?<!「)(?<![ぁ-ん])[ぁ-んー]{3,}|(?<=「)[ぁ-んー]{3,}(?!」)|[ｦ-ﾟ]{3,}"
)  # 「しんか」 in quotation marks is meant as it is
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,4}[都道府県市区町村](?![\u4e00-\u9fff])"
)  # a name may be all the kanji that somebody has
_HALF_WIDTH = re.compile(r"[ｦ-ﾟ]{3,}")  # typed on an old machine or by a scanner: any word may stand in it
_READING = re.compile(r"(?<=[\u4e00-\u9fff々])[（(][ぁ-んー\s]{1,12}[）)]")
_MOSTLY_KANA = 8  # hiragana for each kanji, from which a question counts as written in kana
_APART = re.compile(r"[ぁ-ん、。]\s+(?=\S)")  # words written apart, as やさしい日本語 writes them
_GAPS = 3
_KANA_APART = 2  # hiragana for each kanji where words are written apart
# Words of asking that sound like a plan's words (「同士て」): they stay as they are.
_ASKING = re.compile(
    r"どうして|どうやって|どのよう|どんな|どこ|どれ|どちら|どっち|どなた|だれ|いつ|なぜ|なんの?ため|なに|いくら|いくつ"
)
_SHORTEST = 3  # kana of a reading that is looked for: shorter ones stand by chance inside others
_PARTICLES = frozenset("はがをにでのとも")
_SHORT_PARTICLES = frozenset("から まで です ですか ますか か や へ".split())
_HALF_WIDTH_WORD = re.compile(r"(?<![ｦ-ﾟ])[ｦ-ﾟ]+(?![ｦ-ﾟ])")
_AFTER_PARTICLE = 4  # the same where the tokenizer sees no word begin, as it may behind a particle
_LONGEST = 16


def in_kana(text: str) -> bool:
    """Return whether a question is written in kana instead of kanji.

    >>> in_kana("けいかくの きかんは いつまで"), in_kana("計画の期間はいつまでですか")
    (True, False)
    >>> in_kana("甲乙町 おーぷんでーたは どうするん")
    True
    >>> in_kana("上の町の DXの けいかくは、いつから いつまでの ものですか。")
    True
    """
    if _HALF_WIDTH.search(text):
        return True
    kana = len(re.findall(r"[ぁ-ん]", text))
    kanji = len(_KANJI.findall(_PLACE.sub("", text)))
    each = _KANA_APART if len(_APART.findall(text)) >= _GAPS else _MOSTLY_KANA
    return kana >= _MOSTLY_KANA and kana > each * kanji


def respell(text: str, readings: Mapping[str, str]) -> str:
    """Return ``text`` with runs of hiragana written as the words of ``readings`` (katakana reading -> word) where one fits.

    >>> respell("けいかくの きかんは", {"ケイカク": "計画", "キカン": "期間"})
    '計画の 期間は'
    >>> respell("「しんか」の きかん", {"シンカ": "進化", "キカン": "期間"})
    '「しんか」の 期間'
    >>> respell("どうして だいじょうぶ ですか", {"ドウシ": "同士", "イジョウ": "以上"})
    'どうして だいじょうぶ ですか'
    """
    text = _HALF_WIDTH_WORD.sub(lambda match: _hiragana_if_asking(match[0]), text)
    return _RUN.sub(lambda match: _respell_run(unicodedata.normalize("NFKC", match[0]), readings), text)


def _hiragana_if_asking(word: str) -> str:
    """Return a half-width word of asking or a particle in hiragana, anything else as it is: ﾀﾞﾚ, ﾊ, but not ｽﾏﾎ."""
    wide = unicodedata.normalize("NFKC", word)
    kana = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in wide)
    return kana if _ASKING.fullmatch(kana) or kana in _PARTICLES or kana in _SHORT_PARTICLES else word


def without_readings(text: str) -> str:
    """Return ``text`` without the readings that やさしい日本語 puts behind its kanji.

    >>> without_readings("役場（やくば）で 書（か）きます（はい）")
    '役場で 書きます（はい）'
    """
    return _READING.sub("", text)


def _respell_run(run: str, readings: Mapping[str, str]) -> str:
    out, at = [], 0
    begins = {token.start for token in tokenize(run)}  # 「だいじょうぶ」 holds no 「いじょう」
    while at < len(run):
        if asking := _ASKING.match(run, at):
            out.append(asking[0])
            at = asking.end()
            continue
        shortest = _SHORTEST if at in begins else _AFTER_PARTICLE if run[at - 1] in _PARTICLES else _LONGEST + 1
        for length in range(min(_LONGEST, len(run) - at), shortest - 1, -1):
            word = readings.get(katakana(run[at : at + length]))
            if word is not None:
                out.append(word)
                at += length
                begins.add(at)
                break
        else:
            out.append(run[at])
            at += 1
    return "".join(out)


def katakana(text: str) -> str:
    """Return hiragana as katakana, anything else as it is."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)
