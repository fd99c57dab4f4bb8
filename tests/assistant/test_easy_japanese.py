"""An answer in plain words: what it changes, what it may not, and the five plans put through it."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.easy_guard import HEDGES, faithful, kept, negations
from assistant.easy_japanese import easy, plain
from assistant.easy_replace import Segment
from assistant.easy_table import _lines, entries
from assistant.easy_verbs import Verb
from assistant.place_names import place_names
from assistant.statement import quoted
from index.tokens import tokenize
from ingest.eras import western_year

NOTE = ("〈", "〉")


def words(text: str) -> list[str]:
    """Return the plain sentences of a text without their readings."""
    return [plain(sentence) for sentence in easy(text)]


def own_words(text: str) -> str:
    """Return the plain sentences of a text as one, without what was added to explain."""
    told, depth = [], 0
    for letter in "".join(words(text)):
        depth += letter == NOTE[0]
        if not depth:
            told.append(letter)
        depth -= letter == NOTE[1]
    return "".join(told)


@pytest.mark.parametrize(
    ("formal", "told"),
    [
        ("計画を策定する。", "計画を作ります。"),
        ("計画を策定した。", "計画を作りました。"),
        ("計画を策定しています。", "計画を作っています。"),
        ("計画が策定されました。", "計画が作られました。"),
        ("計画を策定できます。", "計画を作れます。"),
        ("計画を策定しない。", "計画を作りません。"),
        ("業務が継続できる。", "業務が続けられます。"),
        ("計画を進めるにあたって考えます。", "計画を進めるときに考えます。"),
        ("使いにくい。", "使いにくいです。"),
        ("情報が入手できる。", "情報が手に入れられます。"),
        ("道具を活用すれば使えます。", "道具を使えば使えます。"),
        ("業務の改善を図ります。", "業務をもっとよくします。"),
        ("連携を図ります。", "連携ができるようにします。"),
        ("研修を実施します。", "研修を行います。"),
        ("導入を検討します。", "導入をどうするか考えます。"),
        ("導入を検討していきます。", "導入をどうするか考えていきます。"),
        ("業務の改善に努めます。", "業務をよくするように努力します。"),
        ("安全の確保に努めます。", "安全の確保のために努力します。"),
        ("業務を見直すよう努める。", "業務を見直すように努力します。"),
        ("実現を目指す。", "実現を目指します。"),
        ("来年に行う予定である。", "来年に行う予定です。"),
        ("計画を見直さなければなりません。", "計画を見直すことが必要です。"),
        ("重要である。", "重要です。"),
        ("問題がない。", "問題がありません。"),
    ],
)
def test_formal_words_become_plain_ones_in_the_same_form(formal: str, told: str) -> None:
    """A verb keeps its tense, voice and negation; です and ます end the sentence; what is only considered stays so."""
    assert words(formal) == [told]


@pytest.mark.parametrize(
    "kept_as_it_is",
    [
        "推進体制図",
        "情報化推進委員会",
        "「デジタル化推進計画」を読みます。",
        "調査・検討を行います。",
        "国の支援を受けます。",
        "町職員の活用研修です。",
    ],
)
def test_a_part_of_a_compound_a_name_or_a_row_of_equals_is_no_word_to_replace(kept_as_it_is: str) -> None:
    """推進 inside 推進委員会, anything in quotation marks, one of two nouns that share a verb, and what an office does, stay."""
    assert own_words(kept_as_it_is) == kept_as_it_is


def test_a_term_of_the_town_office_is_explained_once() -> None:
    """The term stays, its explanation follows the first time; between brackets of its own nothing is explained."""
    assert words("クラウドを使います。\nクラウドを使います。") == [
        "クラウド〈インターネットの中にデータなどを置いて使う仕組み〉を使います。",
        "クラウドを使います。",
    ]
    assert words("クラウド（データを置く所）を使います。") == ["クラウド（データを置く所）を使います。"]


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("令和7年度に行います。", "令和7年度〈2025年度〉に行います。"),
        ("令和５年３月に行います。", "令和５年〈2023年〉３月に行います。"),
        ("平成29年から令和元年までです。", "平成29年〈2017年〉から令和元年〈2019年〉までです。"),
        ("令和7(2025)年度に行います。", "令和7(2025)年度に行います。"),
        ("令和7年（2025年）に行います。", "令和7年（2025年）に行います。"),
        ("2025年度に行います。", "2025年度に行います。"),
        ("5年間行います。", "5年間行います。"),
    ],
)
def test_an_eras_year_gets_its_western_year_beside_it(stated: str, told: str) -> None:
    """The year is added, never put in the place of the other, and not where the plan gives it."""
    assert words(stated) == [told]


@pytest.mark.parametrize(
    ("long", "told"),
    [
        (
            "町では高齢者の人口が前の年よりも大きく増えていますが、相談できる窓口の数は前の年と同じままになっています。",
            [
                "町ではお年寄りの人口が前の年よりも大きく増えています。",
                "相談できる窓口の数は前の年と同じままになっています。",
            ],
        ),
        (
            "役場に来る人の数が前の年に比べてとても少なくなったため、窓口が開いている時間を見直して職員の配置を変えます。",
            [
                "役場に来る人の数が前の年に比べてとても少なくなりました。",
                "そのため、窓口が開いている時間を見直して職員の配置を変えます。",
            ],
        ),
        (
            "町では、住民の皆様の大切な情報を安全に守るため、職員の研修を毎年の春に行って、その結果を町長に知らせます。",
            [
                "町では、職員の研修を毎年の春に行って、その結果を町長に知らせます。",
                "これは、住民の皆様の大切な情報を安全に守るためです。",
            ],
        ),
        (
            "町は計画の進み具合を毎年の終わりに調べるとともに、その結果を町のホームページと広報で住民の皆様に知らせます。",
            [
                "町は計画の進み具合を毎年の終わりに調べます。",
                "また、その結果を町のホームページ〈インターネットで見るページ〉と広報で住民の皆様に知らせます。",
            ],
        ),
        (
            "町は国が示した仕様に合わせて新しい情報システムを作り、住民の皆様の情報を安全な場所に移しました。",
            [
                "町は国が示した仕様に合わせて新しい情報システム〈コンピューターの仕組み〉を作りました。",
                "住民の皆様の情報を安全な場所に移しました。",
            ],
        ),
    ],
)
def test_a_long_sentence_is_parted_where_its_clauses_stand_by_themselves(long: str, told: list[str]) -> None:
    """が, ため, とともに and a hanging verb part it; each part takes the tense of the whole, and an aim comes last."""
    assert words(long) == told


@pytest.mark.parametrize(
    "whole",
    [
        "町の窓口で使う新しい機械を買い、住民の皆様が使いやすい場所に置くことを、来年の予算に合わせて検討します。",
        "町の職員が新しい技術を学び、住民の皆様の相談にその場で答えられる役場にすることを目指します。",
        "町の窓口で使う新しい機械を買い、住民の皆様の待つ時間を今よりも短くする予定としています。",
        "町の情報を外に出し、住民の皆様の信頼を失うような使い方は、どのような場合にもしません。",
        "新しい機械を多くの窓口に置いて使い方を教えるため、来年から教室を各地区で月に一度開きます。",
    ],
)
def test_a_clause_under_a_hedge_a_negation_or_an_aim_is_not_parted_from_it(whole: str) -> None:
    """What would be said more firmly by itself stays in one sentence."""
    assert len(words(whole)) == 1


def test_a_quote_of_an_answer_loses_its_marks_and_keeps_its_number() -> None:
    """The plain words are no quote: 「 and 」 around the whole go; [n] stays at the end, names in 「」 stay."""
    assert words("「計画を策定する。体制を整備する。」[1][2]") == ["計画を作ります。", "体制を整えます。[1][2]"]
    assert words("『「基本方針」を策定する。』[1]") == ["「基本方針」を作ります。[1]"]
    assert words("「甲計画」と「乙計画」") == ["「甲計画」と「乙計画」"]
    assert words("計画：「体制を整備する。」[3]") == ["計画：体制を整えます。[3]"]
    assert words("・体制を整備する[1]\n・計画を策定する[2]") == ["・体制を整えます[1]", "・計画を作ります[2]"]


def test_an_unfaithful_rewording_is_seen() -> None:
    """A lost figure, name, mark, negation or hedge, and a done thing that was not, each fail the guard."""
    said = "上郡町は令和7年度に3件の導入を検討しない[1]"
    assert faithful(said, [Segment(said)], [said])
    for wrong in (
        said.replace("3件", "2件"),
        said.replace("上郡町", "町"),
        said.replace("[1]", ""),
        said.replace("検討しない", "検討する"),
        said.replace("検討しない", "しない"),
        said.replace("検討しない", "検討しました"),
    ):
        assert not faithful(said, [Segment(wrong)], [wrong])


def test_every_quote_of_the_plans_keeps_what_it_states(plan_units: tuple[str, ...]) -> None:
    """Over all five plans: figures, Latin words, names in 「」, places, and a plain form of each hedge, in order."""
    assert len(plan_units) > 500
    for unit in plan_units:
        told = own_words(quoted(unit))
        assert kept(told) == kept(unit), unit
        assert [p.name for p in place_names(told)] == [p.name for p in place_names(unit)], unit
        assert negations(told) == negations(unit), unit
        for formal, soft in HEDGES:
            assert len(soft.findall(told)) >= len(formal.findall(unit)), unit


def test_every_western_year_that_is_added_is_the_eras_year(plan_units: tuple[str, ...]) -> None:
    """Each year in 〈〉 is that of the era's year before it; the plans have dozens."""
    added = [
        match
        for unit in plan_units
        for match in re.finditer(r"(平成|令和)(元|[0-9]+)年度?〈([0-9]{4})年度?〉", "".join(words(unit)))
    ]
    assert len(added) > 30
    for match in added:
        assert western_year(match[1], match[2]) == int(match[3])
    assert sum(text.count("〈2") + text.count("〈1") for text in ("".join(words(u)) for u in plan_units)) == len(added)


def test_most_sentences_of_the_plans_are_put_in_plainer_words(plan_units: tuple[str, ...]) -> None:
    """Of the whole sentences, at least three of four change; a guard that refuses everything would fail here."""
    sentences = [unit for unit in plan_units if unit.endswith("。")]
    changed = [unit for unit in sentences if "".join(words(unit)) != unit]
    assert len(changed) >= 0.75 * len(sentences)


def test_the_same_text_always_gives_the_same_sentences(plan_units: tuple[str, ...]) -> None:
    """Nothing depends on what was asked before."""
    some = plan_units[::25]
    assert [easy(unit) for unit in some] == [easy(unit) for unit in reversed(some)][::-1]


def test_an_answer_takes_milliseconds(plan_units: tuple[str, ...]) -> None:
    """An answer of about 300 characters, once the dictionary is loaded, takes well under 50 ms on a busy machine."""
    text = "".join(unit for unit in plan_units if unit.endswith("。"))[:300]
    easy(text)
    took = []
    for _ in range(5):
        began = time.perf_counter()
        easy(text)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.05


PIECES = st.sampled_from(
    "町は 計画を 策定し、 令和7年度に 3件の 検討を 行い、 します。 しない。 予定です。 目指します。 「甲計画」 [1] クラウド AI "
    "上郡町 が、 とともに、 ため、 した した。 に努める。 図り、 等の （仮） 〈注〉 ものとする。 なければならない。 12.5％ ： ・ \n".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_any_text_keeps_its_figures_names_and_marks(text: str) -> None:
    """Whatever is put in: no failure, no lost figure, word of Latin letters or place; pieces join to sentences."""
    told = easy(text)
    joined = "".join(plain(sentence) for sentence in told)
    assert all(piece.text for sentence in told for piece in sentence)
    for figure in (piece for piece in kept(text.replace("「", " ").replace("」", " ")) if piece.isdigit()):
        assert figure in "".join(kept(joined.replace("「", " ").replace("」", " ")))


def test_the_table_can_be_used() -> None:
    """At least 400 entries; no formal words twice; a line that inflects ends in verbs on both sides."""
    every = [entry for found in entries().values() for entry in found]
    assert len(every) >= 400
    assert len({entry.formal for entry in every}) == len(every)
    for entry in every:
        if entry.sort == "~":
            assert entry.verb is not None, entry
            assert entry.plain_verb is not None, entry
            assert "*" not in (entry.verb.kind, entry.plain_verb.kind), entry


def test_the_tables_plain_words_state_no_figure_and_keep_every_hedge() -> None:
    """No figure and no place comes from the table; 検討, 予定, 目指 and 努め are left in one of their plain forms."""
    for sort, formal, told in _lines():
        assert sort == "+" or kept(told) == kept(formal.split("|")[0]), told
        assert not any(letter.isdigit() for letter in told), told
        assert place_names(told) == ()
        for hedge, soft in HEDGES:
            assert sort == "+" or not hedge.search(formal) or soft.search(told), formal


@pytest.mark.parametrize(
    "formed", ["使う", "書く", "話す", "待つ", "呼ぶ", "読む", "取る", "泳ぐ", "決める", "見る", "する", "行う", "来る"]
)
def test_a_formed_verb_is_a_form_of_itself(formed: str) -> None:
    """The dictionary reads every form that is made back as the same verb."""
    verb = Verb.of(tokenize(formed)[0])
    for text in (f"{verb.stem}ます", verb.te, verb.past, f"{verb.before_nai}ない", f"{verb.conditional}ば"):
        assert tokenize(f"本を{text}")[2].base == formed, text
