"""Words by which the guard tells what a sentence claims: data tables, each with its reason. No table holds a town or a plan."""

from __future__ import annotations

import re

# Words that make a sentence polite or join it; a model may always use them.
FREE = frozenset(
    "書く 記載 定める 示す 為る 行う 実施 次 通り 場合 内容 関する よる 因る 有る 成る 言う 述べる 掲げる 事 こと 物 者 的 化 等 旨"
    " 進める 取り組む 取り組み 状況 就く 対する 於く 其れ ため 為 状態 当たる うち 比べる 比較 頃 末 比".split()
)
# Adverbs and conjunctions that a sentence may add: they join, and claim nothing.
JOINING = frozenset(
    "又 尚 更に 特に 先ず 具体 主に 例えば 一方 一方で 併せる 併せて はい 尚且つ 従って 従う 即ち".split()
)
# Verbs that help others and say nothing of their own; what they say of ability is told by MODALITY.
AUXILIARY = frozenset(
    "為る 居る 有る 成る 来る 行く 下さる 頂く 置く 仕舞う 出来る できる 無い 御座る おる 居る".split()
)
# Words that say the same of the same thing. The first of a group stands for it.
SAME = {
    word: group[0]
    for group in (
        ("減少", "減る", "減らす"), ("増加", "増える", "増やす"), ("開始", "始まる", "始める"), ("終了", "終わる", "終える", "完了"),
        ("利用", "使う", "用いる", "使用", "活用"), ("決定", "決める"), ("進む", "進行"), ("設置", "設ける"), ("作成", "作る"),
    )
    for word in group
}  # fmt: skip

# Words of which one denies the other: what the plan says of one, a sentence may not say of the other.
OPPOSITES = (
    ("増加", "減少", "横這い", "上昇", "低下"),
    ("高い", "低い"),
    ("多い", "少ない"),
    ("大きい", "小さい"),
    ("長い", "短い"),
    ("最多", "最少"),
    ("最大", "最小"),
    ("拡大", "縮小"),
    ("開始", "終了"),
)

# What stands behind a figure or a time and changes it. Leaving out 頃 or 約 is tolerated, leaving out one of these is not.
BOUND = re.compile(r"(?:末|頃|ごろ)?(以上|以下|未満|以内|以降|以後|以前|を?超|を?上回|を?下回|比)")
STARTS = re.compile(r"末?(?:頃|月|日)?(?:から|より|[~〜]|を?(?:始期|初年度)|に(?:開始|始ま))")
ENDS = re.compile(r"末?(?:頃|月|日)?(?:まで|を?(?:終期|最終年度)|に(?:終わ|終了))")
LATE = re.compile("末")

# Modality: what a plan does not promise, or denies. Looked for behind a word, up to the end of its clause.
MODALITY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("considered", re.compile(r"検討|研究し|協議")),
    ("expected", re.compile(r"予定|見込|見通|想定|推定|推計|予想|予測|計画し")),
    ("aimed at", re.compile(r"目指|めざ|目標|努め|努力|目途|めど")),
    ("needed", re.compile(r"必要|べき|求め|不可欠|欠かせ|望ま|(?:なければ|なくては|ねば)な")),
    ("possible", re.compile(r"可能性|おそれ|恐れ|懸念|かもしれ|場合があ")),
    ("able", re.compile(r"でき|出来|可能(?!性)")),
    ("tried", re.compile(r"試行|試験的|実証")),
)
DENIED = re.compile(r"ない|ません|なかっ|なく(?:な|、|$)|(?<![必ま])ず(?:に|、|。|$)|ぬ(?:。|$)|不可(?!欠)|困難")
# What looks like a denial and is none.
NO_DENIAL = re.compile(
    r"だけでなく|のみならず|ではなく|少なく?ない|(?:なければ|なくては|ねば)な[らり](?:ない|ません)?|かもしれ(?:ない|ません)|欠かせ(?:ない|ません)"
    r"|に(?:限|かか)わ?らず|問わず|に過ぎない"
)
# Words that narrow or widen a claim, or make it certain: the cited quote must have them.
LIMITING = re.compile(
    r"だけ|のみ|しか(?=[^し])|必ず|絶対|すべて|全て|全部|あらゆる|一切|唯一|最も|一番|初めて|既に|すでに|まだ|常に|以外"
)
# 「両町とも」: every cited quote must prove it.
ALL_OF = re.compile(
    r"両|とも(?!に)|どちらも|いずれ(?:の[^、。は]{1,6})?も|どの[^、。は]{1,6}も|共通|同じ|同様|それぞれ(?=[0-9])"
)
PAST = re.compile(r"(?:た|でした)$")
ONGOING = re.compile(r"て(?:い|お)|でい(?:る|ます)")
AIMED_BEFORE = re.compile(r"(?:目標|目途|めど)[にと]")  # 「年度末を目標に移行します」
# Nouns that a verb before them does not describe: 「行うことができる」「進める必要がある」.
FORMAL = frozenset(
    "こと 事 もの 物 よう 様 ため 為 必要 予定 見込み 見通し 可能性 方針 虞 恐れ 場合 状況 一方 際 中 上 所 の 目的 目標".split()
)
EVERY = re.compile(r"毎(?:年度|年|月|週|日)|随時")

# What a comparison is made with: 「全国より」「全国平均に対して」.
BASE = re.compile(r"(?<!に)より(?!も?良|一層|よ)|に比べ|と比べ|と比較|に対し")

# Offices, bodies and posts: who does what.
OFFICE = re.compile(
    r"(?:(?!課長|本部長|委員長)[\u4e00-\u9fffァ-ヶーA-Za-z])+?(?:委員会|協議会|本部(?!長)|会議|チーム|センター|事務局|課(?!題|税|長)|班)"
    r"|副?[町市村]長|(?:本部|委員|課|班|局|座|会|室)長|[ァ-ヶー]*リーダー|CIO"
)
# Whose doing it is, where a plan tells more than its own town's.
GOVERNMENT = re.compile(r"(?P<who>国|政府|県|本町)(?=は|が|では|において|においては|も)")

# A particle that only looks like a verb before its comma, where a clause does not end.
COMPOUND = re.compile(
    r"(?:にお(?:い|き)て|につい(?:て|ては)|に対し(?:て)?|によ(?:り|って)|として|に(?:関|際)し(?:て)?|に向け(?:て)?|に基づ(?:き|いて)|を含め|とともに)$"
)

# Counters: 5年 and 5年間 are one length, 人 and 名 one counter.
UNIT = (
    r"年度|か年|年間|年|か月|ヶ月|カ月|週間|日間|月|日|人|名|件|円|割|つ|個|倍|回|台|歳|代|%|パーセント|ポイント"
    r"|か所|箇所|カ所|ヶ所|世帯|業務|手続|項目|点|種類|種|本|校|条|号|か国|システム"
)
SAME_UNIT = {
    "年間": "年",
    "か年": "年",
    "名": "人",
    "パーセント": "%",
    "箇所": "か所",
    "カ所": "か所",
    "ヶ所": "か所",
    "ヶ月": "か月",
    "カ月": "か月",
    "種": "種類",
    "個": "つ",
}
KANJI_NUMBER = re.compile(rf"[〇一二三四五六七八九十]+(?=年度|年間|年|{UNIT})(?!人ひとり|人一人|日も|方|つひとつ)")

# Sums and differences: what a sentence calls a figure that no quote states.
SUM = re.compile(r"合わせ|合計|計|足す|総数")
DIFFERENCE = re.compile(r"差|違い|引く|多い|少ない|長い|短い")
DERIVED_WORDS = frozenset("合わせる 合計 計 足す 総数 差 違い 引く".split())
# 「副町長を委員長とする」「委員長は副町長です」: who holds a post.
HOLDS_POST = (
    re.compile(rf"(?P<who>{OFFICE.pattern})を(?:、)?(?P<post>{OFFICE.pattern})と(?:する|し)"),
    re.compile(rf"(?P<post>{OFFICE.pattern})は、?(?P<who>{OFFICE.pattern})(?:です|で、|が|とな|。|$)"),
)
# Who does it, and whom or what it is done to: the particle behind a noun.
DOER = re.compile(r"(?:が|は)(?![、。]?$)")
DONE_TO = re.compile(r"(?:を|に対し|に(?!お|つ|よ|関|係|向|基|は)|へ)")
