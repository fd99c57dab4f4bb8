"""What a question asks for in so many words has to stand in what answers it: an hour, a month, a place, a number of people."""

from __future__ import annotations

import pytest

from assistant.asking import normalise_question, wanted_kinds
from assistant.kinds import lacks
from ingest.search_text import normalise


@pytest.mark.parametrize(
    ("question", "lacking", "telling"),
    [
        ("休日窓口の曜日は？", "月2回の休日窓口を開きます。", "毎月第2日曜日に休日窓口を開きます。"),
        ("休日窓口の受付時間は？", "月2回の休日窓口を開きます。", "午前9時から正午まで受け付けます。"),
        ("移行は何年何月の予定ですか", "令和7年度までに移行します。", "令和8年1月に移行します。"),
        ("教室の会場は？", "スマホ教室を毎年開きます。", "スマホ教室を中央公民館で開きます。"),
        ("LINEを受け取っている人の数", "LINE公式アカウントの機能を広げます。", "登録者は3,200人です。"),
        ("受信機を何台調達しますか", "水位センサーを3か所から9か所に増やします。", "受信機を120台調達します。"),
        ("事業の実施年度", "民間と事業を実施します。", "令和7年度に民間と事業を実施します。"),
    ],
)
def test_a_piece_without_it_is_no_answer(question: str, lacking: str, telling: str) -> None:
    """However near it comes in its words."""
    focus = normalise_question(question)
    wanted = wanted_kinds(focus)
    assert lacks(normalise(lacking), wanted, focus)
    assert not lacks(normalise(telling), wanted, focus)


def test_how_often_is_no_percentage() -> None:
    """「どのくらいの割合でやるの」 is answered by 「毎年」."""
    focus = normalise_question("教室はどのくらいの割合でやるの？")
    assert not lacks("毎年", wanted_kinds(focus), focus)


def test_an_end_alone_may_be_asked_for() -> None:
    """「いつまで」 of something in the plan wants its last day, not the two ends of a period."""
    focus = normalise_question("手数料が安いのはいつまでですか")
    assert not lacks(normalise("令和8年3月31日まで1通200円とします。"), wanted_kinds(focus), focus)


def test_when_written_as_an_hour_is_when() -> None:
    """何時 before a noun or a verb in kanji is いつ."""
    assert normalise_question("ポータルは何時開設されますか") == "ポータルはいつ開設されますか"


def test_what_is_counted_in_kana_is_counted() -> None:
    """なんぷん, なんだい and なんまい are 何分, 何台 and 何枚."""
    assert normalise_question("水位はなんぷんごとに出ますか") == "水位は何分ごとに出ますか"
    assert normalise_question("端末はなんだいですか") == "端末は何台ですか"


def test_an_hour_stays_an_hour() -> None:
    """「何時に」 and 「何時から」 ask for one, 「何時間」 for a length."""
    assert "いつ" not in normalise_question("何時に開きますか。何時から？ 何時間？ 何時頃？")


def test_a_place_in_a_story_is_not_asked_for() -> None:
    """住所 among what somebody worries about asks for none."""
    focus = normalise_question("うちの町も住所とか税金の情報を扱っていて心配です。点検みたいなことはするのでしょうか")
    assert not lacks("セキュリティ対策に関する監査を実施します。", wanted_kinds(focus), focus)
