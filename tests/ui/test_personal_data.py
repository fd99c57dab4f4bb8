"""Personal data are taken out of questions; what a question is about stays."""

from __future__ import annotations

import pytest

from ui.personal_data import KINDS, without_personal_data


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("連絡先は0820-56-7111です", "7111"),
        ("０９０ー１２３４ー５６７８に電話をください", "5678"),
        ("(0820)56-7111まで", "56-7111"),
        ("090 1234 5678", "1234"),
        ("+81 90-1234-5678", "1234"),
        ("090\u200b1234\u200b5678", "1234"),
        ("電話番号は52-1234です", "1234"),
        ("taro.yamada+x@example.lg.jp へ", "yamada"),
        ("＠なし、ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "example"),
        ("@hirao_taro です", "hirao_taro"),
        ("〒742-1195に住む", "1195"),
        ("郵便は742-1195", "1195"),
        ("平生町大字佐賀210番地の1に住んでいます", "210"),
        ("三丁目2-3の街灯が切れています", "2-3"),
        ("住所は見本町大字中村字上12の3です", "字上12"),
        ("マイナンバーは1234 5678 9012です", "5678"),
        ("１２３４５６７８９０１２のカード", "123456789012"),
        ("昭和30年5月1日生まれです", "30年5月"),
        ("私は山田花子です。補助金はありますか", "山田"),
        ("わたしは鈴木と申します", "鈴木"),
        ("佐藤一郎と申します。", "佐藤"),
        ("名前は田中次郎、70歳です", "田中"),
        ("氏名：高橋三郎", "高橋"),
        ("口座1234567に振り込んで", "1234567"),
    ],
)
def test_personal_data_are_taken_out(text: str, gone: str) -> None:
    """However it is typed (full width, parted, with invisible characters), a placeholder stands in its place."""
    shown = without_personal_data(text)
    assert gone not in shown
    assert any(kind.shown in shown for kind in KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "計画期間は令和5年度から令和9年度までですか?",
        "2025-2029年の取組を教えてください",
        "令和5年4月1日から始まる取組は?",
        "私は高齢者です。スマホ教室はありますか?",
        "私は一人暮らしで不安です",
        "私は65歳ですが、対象ですか",
        "予算は12000000円ですか",
        "人口12,345人の町の計画ですか",
        "マイナンバーカードの交付率90.5%はいつの数値ですか",
        "第2章 3.1の表1-2の担当課は?",
        "オンライン申請31手続とは何ですか",
    ],
)
def test_the_topic_of_a_question_stays(text: str) -> None:
    """Years, periods, amounts, chapters, ages and roles are what a question is about."""
    assert without_personal_data(text) == text
