"""Letters that OCR put for look-alikes of another script are read right, and right words stay as they are."""

from __future__ import annotations

import re

import pytest

from ingest.document import Document
from ingest.look_alikes import LOOK_ALIKES, TO_KATAKANA, TO_LATIN
from ingest.search_text import normalise, read


@pytest.mark.parametrize(
    ("misread", "right"),
    [
        ("デ一タの連携", "データの連携"),
        ("デー夕連携", "データ連携"),
        ("住民二ーズ", "住民ニーズ"),
        ("コミュ二ティ", "コミュニティ"),
        ("二ュースを読む", "ニュースを読む"),
        ("AI口ボット", "AIロボット"),
        ("マイナンバー力ードと「力メラ」", "マイナンバーカードと「カメラ」"),
        ("メー力ー", "メーカー"),
        ("夕ブレット、才フィス、工リア", "タブレット、オフィス、エリア"),
        ("急ピッ千でサイ卜を", "急ピッチでサイトを"),
        ("スぺース、ホームぺージ、「へルプデスク」", "スペース、ホームページ、「ヘルプデスク」"),
        ("センタ―のデ―タ", "センターのデータ"),
        ("人ロ減少と窓ロとロ座", "人口減少と窓口と口座"),
        ("書かない窓囗", "書かない窓口"),
        ("能カと協カを", "能力と協力を"),
        ("道路エ事の施エ", "道路工事の施工"),
        ("統ーした、第ー章のー部", "統一した、第一章の一部"),
        ("第ニ次計画", "第二次計画"),
        ("タ方まで", "夕方まで"),
        ("АIとDΧ", "AIとDX"),  # Cyrillic А, Greek Χ
        ("2O23年度の1l月", "2023年度の11月"),
        ("CL0UDとlCT", "CLOUDとICT"),
    ],
)
def test_a_look_alike_is_read_as_its_neighbours_are(misread: str, right: str) -> None:
    """A letter of another script is read as the one it looks like where its neighbours leave no doubt."""
    assert normalise(misread) == right


@pytest.mark.parametrize(
    "right",
    [
        "口コミとお口ケア、口パク",
        "リーダー力アップと学ぶ力アップ",
        "データ入力システムの入力ー出力",
        "数カ所、一カ月、八ヶ岳、3カ国語",
        "エ事業の実施、同号ロに定める",
        "導入ロボットと自動カメラ、窓口ロボット",
        "データ一覧、アジア一の、データ一つ",
        "フェーズ二プラン、コンビニ二カ所、ドル二セット",
        "オンライン一ストップ",
        "センター夕食、センター夕方",
        "クラウドへデータを移し、国へシステムを",
        "お調べツールと述べサイト",
        "3才クラスの天才クリエイター",
        "ミニ重機とコンビニ酸素",
        "ア-エの項目",
        "プラスαとΔTとКГБ",
        "Si6O18とH2O2、10lの水、x0y",
        "IoTとLTEと4K、A4、5Gの1Lパック",
    ],
)
def test_right_words_stay(right: str) -> None:
    """What is written right stays, also where a look-alike stands between letters of the other script."""
    assert normalise(right) == right


@pytest.mark.parametrize("doubtful", ["業務用口ボット", "学ぶ力メラ", "データ力タログ", "セミナ一等"])
def test_doubt_leaves_a_letter_as_it_is(doubtful: str) -> None:
    """Where the neighbours allow both readings nothing is changed: 用口 and 学ぶ力 may be words."""
    assert normalise(doubtful) == doubtful


def test_right_plans_stay(documents: tuple[Document, ...]) -> None:
    """No look-alike is found in the five plans: their search text is what the other steps make of it."""
    for document in documents:
        for unit in (unit for chunk in document.chunks for unit in chunk.units):
            for look, pattern, replace in LOOK_ALIKES:
                if look.search(unit.search_text):
                    assert pattern.sub(replace, unit.search_text) == unit.search_text


def test_an_item_letter_is_no_kanji() -> None:
    """A space parts an item's letter from its words, so the letter is not taken for theirs."""
    assert normalise("エ 事務の改善") == "エ事務の改善"
    assert normalise("エ 工事の計画") == "エ工事の計画"
    assert normalise("ロ 座席の数") == "ロ座席の数"


def test_most_damage_to_the_plans_words_is_repaired(documents: tuple[Document, ...]) -> None:
    """Letters inside katakana and Latin words of the plans, each put wrong once: most are repaired, Latin ones all."""
    katakana = {chr(right): chr(wrong) for wrong, right in TO_KATAKANA.items() if chr(wrong) not in "‐‑–—―─−"}
    latin = {chr(right): chr(wrong) for wrong, right in TO_LATIN.items()}
    units = {unit.search_text for document in documents for chunk in document.chunks for unit in chunk.units}
    assert _repaired(units, katakana, "(?<=[ァ-ヺー])[ァ-ヺー](?=[ァ-ヺー])") >= 0.95
    assert _repaired(units, latin, "(?<=[A-Za-z])[A-Za-z]|[A-Za-z](?=[A-Za-z])") == 1


def _repaired(units: set[str], damage: dict[str, str], where: str) -> float:
    """Return the share of damaged letters that are read right again."""
    right = tried = 0
    for unit in sorted(units):
        for match in re.finditer(where, unit):
            if match[0] in damage:
                tried += 1
                damaged = unit[: match.start()] + damage[match[0]] + unit[match.end() :]
                right += normalise(damaged) == normalise(unit)
    assert tried > 500
    return right / tried


def test_a_repaired_word_leads_back_to_the_misread_one() -> None:
    """The map back of a repaired word points at the letters that the plan has."""
    source = "本町の デ一タ<sup>※1</sup>と 口ボット"
    result = read(source)
    for repaired, misread in (("データ", "デ一タ"), ("ロボット", "口ボット")):
        start = result.text.find(repaired)
        assert start >= 0
        first, end = result.source_range(start, start + len(repaired))
        assert source[first:end] == misread
