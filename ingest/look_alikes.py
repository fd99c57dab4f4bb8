"""Letters that OCR put for one of another script that looks alike, and what must stand beside one for it to be read right.

A repair changes one letter into one letter, and only where its neighbours leave no other reading: a correct word that is
built the same way (口コミ, リーダー力アップ, ドル二セット, 数カ所) stays. What the neighbours cannot decide is left to the
plan's own words (see ``ingest.variants``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

# Kanji and hiragana that look like katakana. 二八三千一 are numerals as well: see _COUNTED.
TO_KATAKANA = str.maketrans("一二八三千才力口夕卜工へべぺり‐‑–—―─−", "ーニハミチオカロタトエヘベペリー" + "ー" * 6)
TO_KANJI = str.maketrans("ーニハカロタエ囗", "一二八力口夕工口")
# Cyrillic, then Greek letters that are drawn as Latin ones are.
TO_LATIN = str.maketrans("АВЕЅІЈКМНОРСТУХаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaeopcyxisjABEZHIKMNOPTYXo")
TO_DIGIT = str.maketrans("OolI", "0011")
TO_LETTER = str.maketrans("0l", "OI")

_K = "[ァ-ヺー]"
# After a numeral: what is counted (一ヶ月, 二セット). Before one: what is numbered (フェーズ二).
_COUNTED = (
    "(?![ヶヵケカ][所月年国条店村町字箇]|メートル|キロ|センチ|ミリ|トン|グラム|リットル|ヘクタール|アール|ドル|ユーロ|ポンド"
    "|パーセント|ポイント|セット|ページ|クラス|チーム|グループ|コース|ルート|ケース|タイプ|パターン|カ国|ヵ国)"
)
_NUMBERED = (
    "(?<!ステップ)(?<!フェーズ)(?<!レベル)(?<!ステージ)(?<!タイプ)(?<!パターン)(?<!ケース)(?<!プラン)(?<!ランク)"
    "(?<!ラウンド)(?<!パート)(?<!コース)(?<!ゾーン)(?<!クラス)(?<!ルート)(?<!グループ)(?<!チーム)"
)
_DASH = "[‐‑–—―─−]"

# Each rule: when a letter is read as another one, the letters, and why that is safe.
_RULES: tuple[tuple[str, dict[int, int], str], ...] = (
    (
        r"[二八三千才力口夕工](?=[ァィゥェォャュョン])|(?<=[ァ-ヺー]ッ)[二八三千才力口夕工]",
        TO_KATAKANA,
        "no word begins with ン or a small vowel, and none ends in ッ: beside them stands a kana (二ュース, ピッ千)",
    ),
    (
        r"(?:(?<![一-龥々])[二八三千才力口夕工]|(?<=[一-龥])(?<![第〇一二三四五六七八九十百千])[二八夕])(?=ー[ァ-ヺ])",
        TO_KATAKANA,
        "ー lengthens a kana (二ーズ); behind a kanji it may be a dash (入力ー出力)",
    ),
    (
        rf"(?<={_K})[二八三千才力口夕工](?=ー)",
        TO_KATAKANA,
        "ー lengthens a kana, and katakana goes before it (メー力ー)",
    ),
    (rf"卜(?={_K})|(?<={_K})卜", TO_KATAKANA, "卜 is the rarest of kanji; beside katakana it is ト (サイ卜)"),
    (
        rf"(?<=[ァ-ヺ])(?<![ンッ]){_NUMBERED}一(?=[ァ-ヺ]){_COUNTED}",
        TO_KATAKANA,
        "inside katakana; after ン and ッ no ー can stand (オンライン一ストップ)",
    ),
    (rf"(?<={_K}){_NUMBERED}[二八三千](?=[ァ-ヺ]){_COUNTED}", TO_KATAKANA, "inside katakana (コミュ二ティ)"),
    (rf"(?<={_K})[工夕才](?=[ァ-ヺ])|(?<={_K})口(?=[ァ-ヺ])(?!コミ|ケア)", TO_KATAKANA, "inside katakana (テ口リズム)"),
    (
        r"(?<![ァ-ヺー][ァ-ヺー])(?<=[ァ-ヺ])力(?=[ァ-ヺ])",
        TO_KATAKANA,
        "inside katakana behind one letter (メ力ニズム); behind a word it may be power (リーダー力アップ)",
    ),
    (
        r"(?<![ァ-ヺー一-龥々おご])口(?=[ァ-ヺ]{3})(?!コミ|パク|ケア|ケンカ|ゲンカ|トレ|レク|ベタ)",
        TO_KATAKANA,
        "opens a katakana word (口ボット), but not 口コミ, お口ケア",
    ),
    (
        r"(?<![ァ-ヺー一-龥々])(?:夕(?=[ァ-ヺ]{3})|工(?=[ァ-ヺ]{2})|(?<![0-9])才(?=[ァ-ヺ]{2}))",
        TO_KATAKANA,
        "opens a katakana word (夕ブレット, 工リア, 才フィス); 3才クラス counts years",
    ),
    (
        r"(?<![ァ-ヺー一-龥々ぁ-ん])力(?=[ァ-ヺ]{2})(?!アップ|ワザ|コブ|ダメシ|ズク|モチ)",
        TO_KATAKANA,
        "opens a katakana word (力メラ), but not 力ワザ, 学ぶ力アップ",
    ),
    (
        rf"(?<={_K})夕(?=[のをにはがともで、。)」・:,/~]|[一-龥](?<![食方刊日張暮刻焼立映涼凪陽景霞闇])|$)",
        TO_KATAKANA,
        "closes a katakana word (デー夕を, デー夕連携), but センター夕食",
    ),
    (
        rf"(?<={_K})[べぺり](?=[ァ-ヺ])|(?<![ァ-ヺーぁ-ん一-龥々])[べぺ](?=ー?[ァ-ヺ])|(?<![ぁ-ん])[へべぺり](?=ー[ァ-ヺ])",
        TO_KATAKANA,
        "hiragana inside katakana (スぺース); へ is a particle there (クラウドへデータを)",
    ),
    (
        r"(?<=[「『(、。])へ(?=[ァ-ヺ]{2})",
        TO_KATAKANA,
        "no clause begins with a particle (「へルプデスク」)",
    ),
    (
        rf"(?<=[サ-ヺ])(?<![ァ-ヺー][ァ-ヺー]){_DASH}(?=[ァ-ヺ])|(?<=[ァ-コ])(?<![ァ-ヺー][ァ-ヺー]){_DASH}(?=[ァ-ヺ]{{2}})",
        TO_KATAKANA,
        "a dash behind the first letter of a word (デ―タ); ア―エ is a range",
    ),
    (
        rf"(?<=[ァ-ヺ]){_DASH}(?=[のをにはがとで])",
        TO_KATAKANA,
        "a dash before a particle (センタ―の)",
    ),
    (
        r"囗",
        TO_KANJI,
        "囗 stands in no word (窓囗)",
    ),
    (
        r"(?<=[人窓入出戸河糸山川谷江])ロ(?![ァ-ヺー])|(?<![ァ-ヺー号項条])ロ(?=[座腔頭径])",
        TO_KANJI,
        "beside kanji that make a word with 口 (人ロ, ロ座)",
    ),
    (
        r"(?<=[能協効努権体気実学労電動圧出入活魅威勢火水腕知迫有強働行想重磁握])カ(?![ァ-ヺー所月年国条店村箇])",
        TO_KANJI,
        "behind kanji that make a word with 力 (能カ); 数カ所 counts",
    ),
    (
        r"(?<![ァ-ヺー])エ(?=事(?![業項務例前後故象態実由柄])|業(?![務者種績])|場(?![所合面])|程(?!度)|[芸賃])",
        TO_KANJI,
        "before kanji that make a word with 工 (エ事); エ事業 is item エ",
    ),
    (
        r"(?<=[施着竣起加商大人理])エ(?![ァ-ヺー])",
        TO_KANJI,
        "behind kanji that make a word with 工 (人エ)",
    ),
    (
        r"(?<![ァ-ヺー])タ(?=[方食刊暮刻])|(?<=七)タ(?![ァ-ヺー])",
        TO_KANJI,
        "beside kanji that make a word with 夕 (タ方)",
    ),
    (
        r"(?<![ァ-ヺー])ニ(?=[十酸])|(?<=[第十百])[ニハ](?![ァ-ヺー])",
        TO_KANJI,
        "numerals (第ニ次, 十ハ)",
    ),
    (
        r"(?<=[第唯統単均同])ー(?![ァ-ヺー])|(?<=[のをにはがでともる誰、。(「])ー(?=[般部定括貫環覧元方人])|^ー(?=[般括貫])",
        TO_KANJI,
        "ー lengthens no kanji and opens no word (統ー, のー部)",
    ),
    (
        f"(?<![Ѐ-ӿͰ-Ͽ])(?:(?<=[A-Za-z])[{''.join(map(chr, TO_LATIN))}]+|[{''.join(map(chr, TO_LATIN))}]+(?=[A-Za-z]))(?![Ѐ-ӿͰ-Ͽ])",
        TO_LATIN,
        "beside a Latin letter, and no other letter of the foreign script (АI, DΧ)",
    ),
    (
        r"(?<![A-Za-z0-9])[0-9][0-9OolI]*(?=[年月日人件円台戸回%])|(?<![A-Za-z0-9])[0-9][0-9OolI]*[0-9](?![A-Za-z0-9])",
        TO_DIGIT,
        "between digits, or a digit and what is counted (2O23, 1O月); Si6O18 is a formula",
    ),
    (r"(?<=[A-Z]{2})0(?=[A-Z]{2})", TO_LETTER, "a zero between capitals (CL0UD)"),
    (r"(?<![A-Za-z0-9])l(?=[A-Z]+(?![a-z]))", TO_LETTER, "a small l that opens a word of capitals is I (lCT)"),
)

_ODD = f"[{''.join(map(chr, TO_KATAKANA))}]"
# Each way of reading: its table, a quick look for anything to read so, the letters that its rules begin at.
_TABLES: tuple[tuple[dict[int, int], str, str], ...] = (
    (TO_KATAKANA, f"{_ODD}{_K}|{_K}{_ODD}", _ODD),
    (TO_KANJI, "[ニハカロタエ][一-龥]|[一-龥][ーニハカロタエ]|ー[般部定括貫環覧元方人]|囗", "[ーニハカロタエ囗]"),
    (TO_LATIN, "[Ѐ-ӿͰ-Ͽ]", "[Ѐ-ӿͰ-Ͽ]"),
    (TO_DIGIT, "[0-9][OolI]", "[0-9]"),
    (TO_LETTER, "[A-Za-z]0|l[A-Z]", "[0l]"),
)


def _reader(letters: dict[int, int]) -> Callable[[re.Match[str]], str]:
    return lambda match: match[0].translate(letters)


def _rules(letters: dict[int, int], first: str) -> str:
    return f"(?={first})(?:{'|'.join(pattern for pattern, table, _ in _RULES if table is letters)})"


# As steps of ``ingest.search_text``: the quick look, the pattern, the replacement, letter for letter.
LOOK_ALIKES = tuple(
    (re.compile(look), re.compile(_rules(letters, first)), _reader(letters)) for letters, look, first in _TABLES
)
