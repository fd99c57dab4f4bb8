"""Words by which a lead sentence is found and worded: data tables, each with its reason. No table holds a town or a plan."""

from __future__ import annotations

import re

# Topic words of a question that only say which kind of fact is wanted: the fact itself answers for them.
KIND_OF_FACT = frozenset(
    "期限 時期 期日 年月 年度 年 月 日 年間 期間 役職 職 件数 個数 人数 割合 比率 幾 件 個 人 名 割 回 点 項目 パーセント % 頃 末"
    " 西暦 和暦 元号 おく よる つく 乗る 乗せる 担当 課 班 係 室 部署 部 委員 会 主管 所管 担う 務める つ 倍 円 台".split()
)
# Words that compare several municipalities: what is compared stands in each quote, the comparison does not.
COMPARING = frozenset(
    "長い 短い 早い 速い 遅い 多い 少ない 高い 低い 大きい 小さい 比べる 比較 違う 異なる 同じ 差".split()
)
# What a question asks of a time's edge -> what the plan must write right behind the time, and verbs that say no more than that.
STARTS = (
    re.compile(r"(?:いつ頃?|何年[0-9度月頃]*|年度)から|始ま|始め|開始"),
    re.compile(r"(?:末|頃|ごろ)?(?:から|より|以降|に[^、。]{0,20}(?:開始|始))"),
)
ENDS = (re.compile(r"まで|期限|続く|続き"), re.compile(r"(?:末|頃|ごろ)?(?:まで|[をが]?目標|[をが]?期限)|末"))
EDGE_VERBS = {
    "開始": re.compile(r"[年度月日頃末](?:から|より)"),
    "終了": re.compile(r"[年度月日頃末]まで(?!に)"),
    "続く": re.compile(r"[年度月日頃末]まで(?!に)|年間"),
}
# Words that say what is asked although they count little as topic words: what is decided is not yet begun, nor ended.
MEANT = frozenset({*EDGE_VERBS, "決定", "決まる"})

# Words behind a time that belong to it: they change what it says and are kept.
BEHIND_TIME = re.compile(
    r"(?:の?(?:末|頃|ごろ|当初|初頭|年末|前半|後半|上半期|下半期|上旬|中旬|下旬|春|夏|秋|冬|第[1-4]四半期))?(?:中(?=に|、|$))?(?:頃|ごろ)?"
    r"(?:まで|以降|以後|以前|から(?!の))?"
)
# What follows a time that tells of something else than when the deed is done: a law's number, a year that is compared with, a
# budget's or a survey's year, a span whose end is written without its year, and any time that merely describes a noun.
NO_ANSWER_BEHIND = re.compile(
    r"度?(?:法律|政令|省令|条例|告示|訓令|規則|法$|第[0-9])|比|予算|当初予算|版|時点|現在|国勢調査|調査|推計|[~〜\-・/]|度?の|を見据|を基準|に比べ|と比べ"
    r"|生まれ|問題|に(?:策定|制定|施行|公表|決定|改定|改正|示さ|閣議)[^、。]{0,10}(?:した|された|する)[「『一-鿿ァ-ヶ]"
)

JOINED_TIME = re.compile(
    r"(?:及び|および|または|又は|・|や|、|,|と)(?:令和|平成|昭和|(?:19|20)?[0-9]|翌|次)"
)  # one of several times
# Of what is counted -> the counters (see ``assistant.anchors``) that answer. A question that names its counter wants no other.
COUNTERS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"何[人名](?!前)|人数|職員数|者数|人口[はをが]"), frozenset({"人"})),
    (re.compile(r"何(?:%|パーセント|割)|[率][はをがも]|[率]と?$|[率](?:[?？]|の?目標|の?値)|割合"), frozenset({"%", "割"})),
    (re.compile(r"何回|回数"), frozenset({"回"})),
    (re.compile(r"いくら|事業費|予算額|金額|何円"), frozenset({"円"})),
    (re.compile(r"何世帯|世帯数"), frozenset({"世帯"})),
    (re.compile(r"何倍"), frozenset({"倍"})),
    (re.compile(r"何か月"), frozenset({"か月"})),
    (re.compile(r"何台|台数"), frozenset({"台"})),
    (re.compile(r"何(?:か所|箇所|カ所|ヶ所)"), frozenset({"か所"})),
    (re.compile(r"何校"), frozenset({"校"})),
    (re.compile(r"何ポイント"), frozenset({"ポイント"})),
    (re.compile(r"何手続"), frozenset({"手続"})),
    (re.compile(r"何業務"), frozenset({"業務"})),
    (re.compile(r"何件|件数"), frozenset({"件"})),
    (re.compile(r"何(?:種類|種)"), frozenset({"種類"})),
    (re.compile(r"何[つ個]|いくつ|何項目|何点"), frozenset({"つ", "項目", "点", "件", "種類", "手続", "業務"})),
)  # fmt: skip
# What stands before a figure, or behind it, and changes what it says.
BEFORE_FIGURE = re.compile(
    r"(?:合計|延べ|総計|計)?(?:およそ|おおむね|概ね|ほぼ|約|最大|最低|少なくとも|最高)?(?=[0-9]|$)$"
)
BEHIND_FIGURE = re.compile(r"間?(?:以上|以下|未満|以内|程度|前後|超|余り|弱|強|以降)?(?:まで)?")
# A figure that is measured per something, is a part, a rank or a limit of something else, or only describes a noun to come.
NO_FIGURE_BEHIND = re.compile(
    r"当たり|あたり|につき|ごと|毎|のうち|うち|比|目(?!標)|分の|歳|代|年生|を?(?:超|上回|下回)|に対し|より|[~〜\-]|から|と比"
)
# One of several things that a figure counts together: 「子育てや介護など27手続」 counts not those of 子育て alone.
ONE_OF_MANY = re.compile(
    r"[一-鿿ァ-ヶー]{0,6}(?:や|・|など|等(?!級)|及び|および|並びに|、[一-鿿ァ-ヶー]{2,12}(?:や|・|など|等))"
)
TOTAL = re.compile(r"合計|総計|全部|全体|すべて|全て")  # asked for: the figure that the plan calls a total answers

# Modality (see ``assistant.claim_words``) of what is said behind a fact -> the words in the plan and how the lead keeps them. What
# is missing here (considered, needed, possible, denied ...) is never led with.
KEPT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"見込"), "{}と見込まれています。"),
    (re.compile(r"推計"), "{}と推計されています。"),
    (re.compile(r"推定"), "{}と推定されています。"),
    (re.compile(r"想定"), "{}と想定されています。"),
    (re.compile(r"予測"), "{}と予測されています。"),
    (re.compile(r"予定"), "{}の予定です。"),
    (re.compile(r"目標"), "目標は、{}です。"),
    (re.compile(r"目指|めざ"), "{}を目指すとされています。"),
)
# What holds a word of modality and is a name: 「5つの基本目標」 are not aimed at.
NAMES = re.compile(r"(?:基本|開発|国際|重点|個別|行動|政策|施策|全体|共通)目標|「[^」]*」")
# The plan writes the modality before the fact: 「目標時期を令和7年度末とし」.
AIM_BEFORE = re.compile(r"目標(?:時期|年度|年次|値|期限|期日|件数|数|率)?[をは]、?$")
# Of a question that is answered with yes or no: what the plan intends -> the sentence that says no more than that.
NOT_SETTLED = "（実施が決まっているとは書かれていません）"
INTENDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"検討"), "検討するとされています"),
    (re.compile(r"努め"), "努めるとされています"),
    (re.compile(r"目指|めざ"), "目指すとされています"),
    (re.compile(r"予定"), "予定とされています"),
    (re.compile(r"必要"), "必要があるとされています"),
)
# How firmly the plan puts what it says of a measure, in the words that come before its quote.
WILL_DO = "計画では、次のことに取り組むとされています。"
STANCES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"検討"), f"計画では、次のことを検討するとされています{NOT_SETTLED}。"),
    (re.compile(r"予定"), "計画では、次のことが予定されています。"),
    (re.compile(r"努め"), "計画では、次のことに努めるとされています。"),
    (re.compile(r"目指|めざ"), "計画では、次のことを目指すとされています。"),
    (re.compile(r"必要|求め|望ま"), f"計画では、次のことが必要とされています{NOT_SETTLED}。"),
)
RELATED = "計画にある、ご質問に関連する記載は次のとおりです。"
# What a measure's sentence ends in, when it tells what will be done.
MEASURES = frozenset(
    "取り組む 取り組み 組む 進める 図る 行う 努める 目指す 整える 高める 広げる 設ける 講ずる 繋げる 見直す 生かす 洗い出す 推進 促進"
    " 実施 整備 導入 構築 充実 強化 支援 提供 開催 活用 確保 育成 設置 策定 拡充 拡大 解消 改善 配備 検討 検証 研究 周知 普及 公開 発信"
    " 移行 実現 向上 省略 削減 決定 精査 再設計 設計 見える化 抑制 軽減 啓発 配置 更新 連携 養成".split()
)
AFFIRMED = "はい。計画に記載があります。"
# 「〜と書いてありますか」 asks whether the plan mentions something.
ASKS_MENTION = re.compile(
    r"(?:のこと|という(?:言葉|語|記述|記載))?(?:について)?(?:と|が|は|も|を|って)?、?(?:計画[にで]は?も?)?、?(?:書いて|書かれ|記載|載って|載せ|触れ|出て)"
    r"[^、。]{0,8}か(?:ね|な)?[?？。\s]*$"
)
ASKING_END = re.compile(r"(?:の?です)?(?:か|の)(?:ね|な)?[?？。\s]*$")

# Another government's doing, told by the plan: never said to be the town's unless the question names that government.
OTHERS = re.compile(
    r"(?<![一-鿿])(?:国|政府|県|都道府県|全国|世界|日本|[一-鿿]{1,5}[省庁])"
    r"(?:は|では|において|としては|も|の(?:策定|計画|方針|動向|目標|目的|取組)|の[^、。]{0,40}?(?:では|において))"
)
NAMES_OTHERS = re.compile(r"国|政府|県|[省庁](?!舎)|世界|日本")
GOVERNMENTS = frozenset("国 政府 県".split())  # in a heading: what stands below is theirs
# A question that sets something aside is not answered by a lead: what is set aside is among its words.
SETS_ASIDE = re.compile(r"では?なく|でない|じゃな|以外|除[いくき]|とは別|ではな")
# A bracket that only repeats a year in the other calendar.
YEAR_GLOSS = re.compile(r"\((?:(?:19|20)[0-9]{2}|(?:明治|大正|昭和|平成|令和|[MTSHR])(?:[0-9]{1,2}|元))年?(?:度)?\)")
WESTERN_ASKED = re.compile(r"西暦|(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
ERA_ASKED = re.compile(r"和暦|元号|令和|平成|昭和")
