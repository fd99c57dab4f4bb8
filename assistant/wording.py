"""How Japanese questions are worded: data tables, each with its reason. No table holds a town, a plan or a topic."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.own_wording import OWN_CONTENTS, OWN_MEASURES, OWN_PERIOD, any_of


class Wanted(StrEnum):
    """The kind of answer that a question wants."""

    DEFINITION = "definition"
    DATE = "date"
    PERIOD = "period"
    NUMBER = "number"
    WHO = "who"
    LIST = "list"
    REASON = "reason"
    YES_NO = "yes_no"
    WHICH_TOWN = "which_town"
    SUPERLATIVE = "superlative"
    COMPARE = "compare"
    SOURCE = "source"
    VISION = "vision"


FACTS = frozenset({Wanted.NUMBER, Wanted.DATE, Wanted.PERIOD, Wanted.WHO})
"""What is told by a figure, a time or a name."""

OF_SEVERAL = frozenset({Wanted.WHICH_TOWN})
"""What means nothing where one municipality is asked about."""

# What can be counted, asked for in a group, or be an organisation: parts of the wordings below.
_COUNTED = (
    "人|件|業務|手続|時間|分|日間|か月|週|%|％|パーセント|割|つ|個|種|箇所|か所|カ所|台|回|点|歳|世帯|町|項目|本|名|円"
    "|万|億|倍|ポイント|番"
)
_SEVERAL = "もの|こと|取|事業|サービス|種類|項目|手続|内容|データ|施策|課題|方針|理念"
_LISTED = "事項|事業|項目|方針|目標|理念|課題|施策|取組|取り組み|視点|原則|柱|こと"
AFTER_DAYS = "たっ|たつ|経|後|以内|くらい|ぐらい|ほど|分"  # 「何日たったら」 asks for so many days, not for a date
_UNIT = "課|班|部署|職|役職|組織|委員会|会議|部門"

# What tells the wanted kind. A question may want several (「誰が、いつまでに」).
WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        Wanted.DEFINITION,
        any_of(
            r"脚注|後注|注釈|用語",
            r"(?:何|なん|どんな)の?(?:ことば|言葉)",
            r"(?:言葉|用語)の",
            r"(?:何|なん|ナン)?[のノ]?略(?:称|$|です|[?？])",
            r"何の略",
            r"どう説明|と説明|説明して|説明は",
            r"何を指",
            r"定義",
            r"(?:とは|って|というのは)、?\s*(?:何|なん|なに|どう|どんな|どのよう|[?？。]?$)",
            r"とは[?？]?$",
            r"[ぁ-ん]って[?？]$",
            r"の意味|意味[はをがで]|意味$|どういう意味",
            r"(?:何|なん)のこと",
            r"(?:のこと|もの)です(?:か|よね)",
            r"どういう(?:こと|もの)(?:です|か|を)",
            r"\bwhat (?:is|does|are)\b",
            r"\bdefinition\b",
            r"\bmean(?:s|ing)?\b",
        ),
    ),
    (
        Wanted.PERIOD,
        any_of(
            r"期間(?!の途中|中[にで、]|内)|始期|終期",
            r"(?:いつ|何年度?)まで(?:続|の計画|$|[?？]|です|や[っる]|有効)",
            r"何年度から|何年から|いつからいつ",
            r"何年計画|何か?年間",
            OWN_PERIOD.pattern,
        ),
    ),
    (
        Wanted.VISION,
        any_of(
            r"どんな(?:風な|ふうな|感じの)?(?:町|まち|市|村|区|役場|役所|自治体|地域|行政|暮らし|社会|未来|将来|姿)[にをへ]、?[^。、?？]{0,4}"
            r"(?:なり|なる|なって|した|する|して|変え|変わ|目指|めざ|つく|作|描|実現)"
        ),
    ),
    (
        Wanted.DATE,
        any_of(
            rf"いつ|何年|どの年|何月|(?<![月週年])(?<![月週年]に)何日(?!間|{AFTER_DAYS})|年月|時期|期限|期日",
            r"年度[はを]|年度で|(?:[^0-9]|^)年度(?:$|[?？])",
            r"曜日|日にち|日時|時刻|(?:受付|開館|開庁|開設|利用)時間",
            r"何か?年後|施行日|タイミング|日程",
            r"できたの|始ま[っる]たの",
            r"\bwhen\b|\bdeadline\b",
        ),
    ),
    (
        Wanted.NUMBER,
        any_of(
            rf"何日(?:{AFTER_DAYS})|何(?:{_COUNTED}|[ァ-ヶー]{{2,6}}|[a-zA-Z]{{1,3}}(?![a-zA-Z]))",
            r"いくつ|いくら",
            r"どの(?:くらい|ぐらい)|どれ(?:くらい|ぐらい|だけ)",
            r"[数率額費値][はをとも]|[数率額費値](?:[?？。]|$)",
            r"(?<!総)合?計[はをと](?!画)|(?<!総)合計(?!画)",
            r"件数|人数|割合|総数|内訳|増減|差は",
            r"\bhow (?:many|much)\b",
        ),
    ),
    (
        Wanted.WHO,
        any_of(
            r"誰|だれ|何課|何班|何部",
            r"何という(?:組織|委員会|課|部署|会議)",
            rf"どの(?:{_UNIT})|(?:課|班|係|室|部署|組織|委員会|会議)は(?:どこ|何)",
            r"どこの?(?:課|部署|が|で決|に置)|どこ担当|どこが",
            r"担当(?:課|部署|者|は|する)|主管|所管|事務局",
            r"責任者|トップ|役職(?:$|[?？はを])",
            r"(?:する|行う|担う|扱う)のは、?どこ",
            r"(?:委員|本部|会|課|室|局|座)長[はがに]|リーダー[はがに]",
            r"\bwho\b",
        ),
    ),
    (
        Wanted.LIST,
        any_of(
            rf"(?:{_LISTED})(?:は|とは|って|は、)(?:何|なに|どんな|[?？]|$)",
            r"挙げ(?!て(?:い|お))|列挙|すべて|全て|全部(?!で[何いど])|一覧|内訳|項目",
            r"何があ|何と何|どれとどれ|何を.*(?:挙げ|並べ)",
            rf"(?:どんな|どのような)(?:{_SEVERAL})",
            r"[0-9一二三四五六七八九十]+(?:つ|項目|点|種類|本の柱)",
            OWN_CONTENTS.pattern,
            OWN_MEASURES.pattern,
            r"\blist\b",
        ),
    ),
    (
        Wanted.REASON,
        any_of(
            r"なぜ|何故|なんで(?!す|しょ|も)|どうして",
            r"理由|要因|原因|目的|背景|狙い|ねらい|経緯|いきさつ|きっかけ",
            r"(?:何|なん)のため",
            r"\bwhy\b",
        ),
    ),
    (
        Wanted.SOURCE,
        any_of(
            r"出典|出所|(?:何|(?:どの|どこの)(?:資料|白書|統計|調査|推計))を?(?:資料|もと|元|基)[にと]|(?:資料|データ|統計)(?:は何|に基づ|をもと)",
            r"\bsource\b",
        ),
    ),
    (
        Wanted.WHICH_TOWN,
        any_of(
            r"(?:どの|どこの|どちらの|どっちの|何)(?:町|自治体|市町村|計画)",
            r"(?:町|計画)の?(?:うち|中)、?(?:の)?(?:どこ|どれ|どちら)",
            r"どっち|どちら",
            r"(?:町|自治体|計画)は(?:どこ|どれ|どちら|どっち|ある)",
            r"[2-9二三四五六七八九]つ?の?町の?[^。?？]*(?:どこ|どれ|挙げ)",
            r"(?:町|自治体)(?:を|の名前?を)[^。、]{0,12}挙げ",
            r"(?:いる|ある|する|した|れた)(?:町|自治体)(?:と|、|は|を|の)",
            r"\bwhich (?:town|plan|municipality)",
        ),
    ),
    (
        Wanted.SUPERLATIVE,
        any_of(r"最も|もっとも|一番|いちばん", r"最多|最大|最少|最小|最高|最低", r"トップ|ワースト|上位|下位|番目に"),
    ),
    (
        Wanted.COMPARE,
        any_of(
            r"比べ|比較|違い|違う|共通", r"それぞれ|両方|両町|各町|町ごと|どちら|どっち", r"\bcompare\b|\bdifference"
        ),
    ),
)

# What something is called is asked for: the name may stand in the heading above.
ASKS_NAME = any_of(r"何と(?:呼|い[いう]|名付)|呼び名|呼び方|名称|名前|何という")

# Words that a wanted kind implies (always, or only in a question without topic words of its own), and what they count.
IMPLIED = (
    (Wanted.PERIOD, "期間", True),
    (Wanted.VISION, "ビジョン", True),
    (Wanted.REASON, "目的", False),
    (Wanted.WHO, "推進体制", False),
)
IMPLIED_WEIGHT = 0.7

# A definition is asked for in so many words.
ASKS_MEANING = any_of(r"脚注|後注|注釈|用語(?:の|集|解説)|定義|の意味|意味を")
# The question asks where something is mentioned at all: 「〇〇という語が出てくる町は」.
MENTIONED = any_of(r"触れ|出てく|出て来|載っ|載せ|言及|登場|使われ|という(?:語|言葉|用語|年)")
# The question wants everything, in so many words.
EVERYTHING = any_of(r"挙げ(?!て(?:い|お))|列挙|すべて|全て|全部(?!で[何いど])|一覧", r"\blist\b")
# 「A」とは別に「B」: what stands before is not asked for.
NOT_THIS = any_of(r"[」』](?:とは別に|以外に?|ではなく|じゃなく|を除)")

# 「65歳以上の人だけで見ると」: a group alone is asked about.
ALONE = any_of(
    r"(?P<group>[^、。のは]{2,16})(?:の(?:人|方|世帯|職員|町民|住民|分))?(?:(?:だけ|のみ)(?:で(?:見|み|言|いう|いえ)|に(?:限|絞))|に絞っ[たて]|に限(?:っ[たて]|る(?!ら)|定し))"
)

# 「甲町だけで見ると」, its name taken out: a figure of the nation is none of the town's.
TOWN_ALONE = any_of(r"(?:^|[、。,?？\s])\s*(?:だけ|のみ)(?:で(?:見|み|言|いう|いえ|は)|の|に(?:限|絞)|は)")
OWN_FIGURE = any_of(r"(?:本|当|我が|わが)(?:町|市|村|区)|(?:町|市|村|区)(?:内|民|の(?:人口|高齢|世帯|職員|面積))")

# 「本部会議のほうではなく」: a clause that says what is not asked for.
NOT_ASKED = any_of(
    r"[「『][^」』]{2,60}[」』](?:とは別に|ではなく|じゃなくて?)、?(?=[^。]{4,})",  # 「「A」とは別に「B」とされているものは」
    r"[^、。?？]{2,24}?(?:のほう|の方|のこと)?(?:では|じゃ)な(?:くて?|いほう|い方)(?:[。、]|$)",
    r"(?<=の)[^、。?？の]{1,8}(?:では|じゃ)なくて?(?=[^、。]{2,})",  # 「町の住民ではなく職員を対象に」
)
# A question that can be answered with yes or no: its predicate asks, and no question word stands in it.
YES_NO = any_of(
    r"(?:ます|です|ました|でした|ません|ない|でしょう|ある|いる|する|した|れる|できる|の|ん)か(?:ね|な)?[?？。\s]*$",
    r"(?:ある|いる|する|できる|もらえる|やってる|してる|考えてる|いいの|あるの|るの)[?？]\s*$",
)
QUESTION_WORD = any_of(
    r"いつ|どこ|誰|だれ|何|なに|なん[のでとてかにを]|なぜ|いくつ|いくら",
    r"どう|どの|どれ|どんな|どちら|どっち|どういう",
)

# All covered municipalities are meant: whatever is selected (「全部の町」), or of those that are (「どの町」「各町」).
ALL_TOWNS = any_of(
    r"(?<![0-9])[2-9二三四五六七八九]つ?の?町(?![目内])",
    r"全(?:自治体|市町村|町(?!民|域))|(?:全て|すべて|全部|ぜんぶ)の(?:町|自治体|市町村|計画)",
    r"(?:他|ほか|別|よそ|残り)の(?:[0-9]?町(?![民内])|自治体|市町村)",
)  # fmt: skip
EACH_TOWN = any_of(
    r"各(?:町(?![民内])|自治体|市町村)|町ごと|自治体ごと", r"(?:どの|どこの)(?:町|自治体|市町村)|町はどこ|自治体はどこ",
)  # fmt: skip
# Every municipality's plan, unless one is spoken of or selected: its own 「上位計画はどの計画ですか」 names no other town.
EACH_PLAN = any_of(r"(?:どの|どこの)計画")
# Behind one of these, the other municipalities belong to what is asked of this one: partners, examples, those addressed.
TOWNS_TOLD_OF = any_of(
    r"(?:(?:や|、|・|など|等|と)[^。?？、]{0,8})?(?:と|との|とも|とは)[^。?？]{0,14}(?:連携|共同|協定|協力|合同|広域|一緒|共有|交流|手を組|相互|合併|圏域|組合)",
    r"(?:に|へ)(?:も|は)?(?:向け|対し|引っ越|引越|移[りる住っ]|転[居出]|通知|要請|働きかけ|呼びかけ|広[がげ])|から(?:の)?(?:引っ越|引越|移住|転[居入]|来)",
    r"の(?:事例|先進|好事例|取り?組みを参考|例を)|を(?:参考|手本|見習)",
    r"(?:が|で)(?:取り組むべき|共通して|進め(?:る|て)|使う|利用する|標準化|導入する)|がクラウド",
)
# So many towns, which may be those selected or just spoken of.
SO_MANY_TOWNS = any_of(r"(?<![0-9])(?P<n>[2-9二三四五六七八九])つ?の?町(?![目内])")
# Two or more named towns are meant together.
TOGETHER = any_of(
    r"それぞれ|比べ|比較|違い|違う|どちら|どっち|両方|両町|各町|共通|ともに|および|及び|ならびに",
    r"[町市村]と[^、。]{1,8}[町市村]",
)
# A named town is set aside: 「A町でもB町でもなくC町」「A町ではなく」「A町以外」「A町と取り違えないで」「A町は除いて」「A町はもういいので」.
SET_ASIDE = any_of(
    r"(?:でも|や|とか|、|\s|も|と|で|じゃ|では|の話|のこと)*(?:なく|以外|ではない|じゃない|でもない)",
    r"(?:の[^、。]{0,12}?)?(?:と|とは)(?:取り?違え|取りちがえ|間違え|まちがえ|混同|ごっちゃ|一緒くた|勘違い|混ぜ|混ざ)[ぁ-ん]{0,4}",
    r"(?:の(?:こと|話|分|ほう|方))?(?:を|は)(?:除[いかくき]|のぞ[いく]|外し|はずし|抜[いき]|含め(?:ず|な))[ぁ-ん]{0,3}",
    r"(?:の(?:こと|話|分|ほう|方))?(?:は|なら)(?:もう|別に)?(?:いい|よい|良い|結構|けっこう|大丈夫|要らない|いらない|不要)(?:です|な)?(?:ので|から|[。、])",
    r"(?:の(?:こと|話|分|ほう|方))?と(?:は(?:別|違う|ちがう|異なる)|違って)",
    r"(?:の(?:こと|話|分|ほう|方))?は(?:さておき|ともかく|別として|別にして|置いておいて|おいといて)",
)
# 「Aだけ」「Aのみ」: the other towns that are named are not asked about.
ONLY_THIS = any_of(r"(?:の(?:こと|計画|分|ほう|方))?(?:だけ|のみ)")
# What speech recognition and kana conversion write for the last letter of a municipality's name.
SUFFIX_HOMOPHONES = {
    "町": ("長", "庁", "丁", "兆", "調", "帳", "街", "待ち", "まち", "ちょう"),
    "村": ("尊", "損", "むら", "そん"),
    "市": ("氏", "師", "誌", "士"),
}

# Words that point back at the conversation.
POINTS_BACK = any_of(
    r"それ|その|そこ|そちら|これ|この|ここ|あれ|あの|同じ|場合は|詳しく",
    r"さっき|先ほど|先程|前の質問|もう一つ|もうひとつ|もう片方|他に|ほかに|[1-9一二三四五]つ目|次の年|翌年",
)
OTHER_TOWN = any_of(r"もう(?:一つ|ひとつ|1つ|片方|一方)の(?:町|自治体|ほう|方)", r"他方の町|もう片方|もう一方")
FORMER_TOWN = any_of(r"前者|最初の(?:町|自治体)|(?:1つ目|一つ目|ひとつ目)の(?:町|自治体)")
LATTER_TOWN = any_of(r"後者|最後の(?:町|自治体)|(?:2つ目|二つ目|ふたつ目)の(?:町|自治体)")
# What a list told before is spoken of by: 「3つ目」, 「前のほう」, 「最後のもの」.
NTH_ITEM = any_of(
    r"(?P<n>[1-9一二三四五六七八九])(?:つ目|番目)(?:の(?:もの|項目|やつ|取組|施策|目標|方針|柱))?(?!の|に(?:多|少|高|低|大き|小さ))",
)
FORMER_ITEM = any_of(r"(?:前|先|最初|はじめ|初め)の(?:ほう|方|もの|項目|やつ)(?!針|策|法|が)")
LAST_ITEM = any_of(r"(?:後|あと|最後)の(?:ほう|方|もの|項目|やつ)(?!針|策|法|が)")
NEXT_YEAR = any_of(r"(?:その)?(?:次の年度?|翌年度?|次年度)")
LAST_YEAR = any_of(r"(?:その)?(?:前の年度?|前年度?)(?!度?比)")

# Sentences that are not questions: orders to the assistant.
ORDER = any_of(
    r"(?:と|を|に|も)(?:書く|付ける|つける|加える|する|答える|出力する|返す)こと[。.]?$",
    r"(?:モード|権限|制限)[をが](?:有効|無効|解除|停止)", r"(?:機能|表示)を(?:停止|無効|オフ)",
    r"(?:無視|忘れ)(?:して|し、|せよ|しろ)", r"ignore (?:all|any|the|previous)",
    r"あなたは(?:今から|これから)?[^。]{0,30}(?:です|だ|になり)", r"you are now", r"役割[:：]",
    r"(?:必ず|絶対に?)[^。]{0,40}(?:答え|出力|付けない|言い|返し)", r"出典(?:は|を)[^。]{0,12}(?:付けない|不要|つけない)",
    r"system prompt|システムプロンプト|初期設定の文",
)  # fmt: skip
SEPARATOR = re.compile(r"\n+|;|\s--\s|-{3,}|={3,}|#{2,}|\*{3,}|_{3,}|—{2,}|～{3,}")
ASKED_AFTER = any_of(r"^\s*(?:質問|問い?|Q|本題|Question)\s*[:：.]\s*")
# Only now comes what is asked; and what a letter adds below it.
TURNS_TO = any_of(
    r"(?:^|[。!！?？…\s、])(?:ところで|さて|それはさておき|それはそうと|本題(?:です|に入り|は)[^。、]{0,6}|それより)[、,。\s]*",
    r"(?:本当に|ほんとに)?(?:聞き|知り|伺い|教えてほし|確認し|お尋ねし)たいのは[、,]?|(?:は|というのは)?冗談(?:で|です|なので|だ)[^。]{0,14}?[、。]",
    r"(?:^|[。!！?？…\s、])(?:ご)?質問(?:なの|なん|です)(?:が|けど|けれど|は)?[、,。:：]",
)
AFTERWARDS = any_of(r"追伸[:：\s]|\bP\.?S\.?[:：\s]|なお、?(?:返信|回答|返事)は")
SENTENCE = re.compile(r"(?<=[。？?！!…])|(?<=[A-Za-z]{2}\.)\s+")
# It asks beyond doubt; 「ご確認ください」 of a letter does not.
SURELY_ASKS = any_of(
    r"[?？]|(?:です|ます|ました|でしょう|ません|のです)か[。\s]*$|教えて|知りたい|挙げて|答えて|示して|説明して"
)
ASKS = any_of(
    r"[?？]|か[。\s]*$|は$", r"教えて|知りたい|挙げて|ください|でしょうか|ですか|ますか", r"何|いつ|どこ|誰|どう|なぜ",
    r"\b(?:what|when|who|which|how|why|where|please|tell)\b",
)  # fmt: skip
# What no municipal plan is about: writing programs, the weather, the machine that answers.
OFF_TOPIC = any_of(
    r"天気|気温|降水|株価|為替|試合|レシピ|占[いっ]|小説|俳句|作文|冗談|ジョーク|翻訳して|英訳して",
    r"プログラムを(?:書|作)|コードを書|python|javascript|/etc/|api ?key|環境変数|system prompt|システムプロンプト",
    r"パスワードを教え|自宅の?住所|電話番号を(?:答え|教え)|あなたの(?:名前|気持ち|仕組み)",
)

# The fields of a measure: what the matter stands like, and what will be done about it; and a question that asks for the former.
STATE_HEADING = any_of(r"現況|現状|課題|背景|問題")
MEASURE_HEADING = any_of(r"取組|取り組み|概要|内容|対策|施策|方針|対応")
# 「携帯ショップはありますか」: what is, before what will be.
ASKS_WHETHER = any_of(
    r"あり(?:ます|ませ)|ある(?:の|ん|か|やろ|じゃろ)|[はがて]ある[?？]?$|ない(?:の|ん)(?:です)?か?[?？]?$"
)
ASKS_STATE = any_of(r"現況|現状|課題|問題|困って|背景|今は|今の|これまで|状況")

# Two things that と joins are asked about together.
APART = any_of(r"違い|違う|比べ|比較|関係|差(?!出)|どちら|どっち|共通|併せ|の連携|と連携|両方")
# Two things of one municipality are held against each other: 「AとBではどちらが」「AとBのそれぞれの」.
COMPARED = any_of(
    r"^(?P<a>[^。?？]{2,60}?)と、?(?P<b>[^。、?？]{2,40}?)と?(?:では|で|の(?:うち|中で?)|のほう|は|を比べ(?:ると|て|たとき)|を(?=比))?、?"
    r"(?P<asked>(?:どちら|どっち|それぞれ|比べ|比較|[^、。]{0,8}(?:どう(?:違|異)|違い)).*)$"
)

# A resident asks for a service: what a plan says of it is not yet where and when to get it.
SERVICE = any_of(
    r"(?:でき|もらえ|受けられ|受け取れ|使え|借りられ|習え|頼め|出せ|申し込め)(?:ます|る|ない|ん)", r"して(?:くれ|もらえ|ほしい|欲しい)",
    r"教えて(?:くれ|もらえ)|申し込|どこで(?:でき|もらえ|習え|受け)",
)  # fmt: skip

# What is asked of a table of figures.
GRAND_TOTAL = any_of(r"全庁|全体|総[数計額](?!画)|(?<!総)合計(?!画)")
ADJECTIVE = any_of(r"(?P<stem>多|少な|高|低|大き|小さ|長|短)(?:い|く|かっ)")
LOWEST = any_of(r"少な|低[いくか]|悪[いくか]|最少|最小|最低|小さ|短[いくか]|ワースト")
OF_TWO = any_of(r"どちら|どっち")
RANK = any_of(r"(?P<n>[2-9二三四五六七八九])(?:番目|位)")
TOP_FEW = any_of(r"(?:上位|下位|トップ|ベスト|ワースト)(?P<n>[2-9二三四五六七八九]|10|十)")
THRESHOLD = any_of(
    r"(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?!歳)(?:[^\s0-9、。]{0,3}?)"
    r"(?P<how>以上|以下|未満|を?超え|を?超す|を?上回|を?下回|に満た|に届[いか]|に達し|を切|より(?:も)?(?:多|高|大き)|より(?:も)?(?:少な|低|小さ))"
)
BELOW = any_of(r"未満|下回|満た|届|達し|切|少な|低|小さ")  # of the limits above, those that are an upper bound
DIFFERENCE = any_of(
    r"差[はがをで]|差[?？]?$|(?:何|なん)[^、。何]{1,5}(?:多|少な|増|減|違|離れ|上が|下が|伸び)",
    r"(?:いくつ|いくら|(?:どれ|どの)(?:だけ|くらい|ぐらい|ほど))(?:多|少な|増|減|違|離れ|上が|下が|伸び)|増減",
)
SUM = any_of(r"合わせ|あわせ|足[しす]|合計|合算")
SHARE = any_of(r"割合|何割|何%|何パーセント|占め")
ALL_CELLS = any_of(r"内訳|すべての欄|それぞれの欄")
_ROW_KINDS = "(課|班|係|室|部|局|分野|事業|項目|業務|地区|施設|路線|部門|種別|サービス|団体|学校|園|年代|年齢|世代|地域|区分|指標)"
# The kind of row that a superlative or a limit sorts, surest wording first: 「一番多い班」「課単位で」「どの課」.
ROW_UNITS = tuple(
    re.compile(wording)
    for wording in (
        rf"{_ROW_KINDS}のうち",
        rf"[いなのるた](?:のは)?(?:どの)?{_ROW_KINDS}(?:は|が|を|と|です|の名|すべて|全て|[?？]|$)",
        rf"{_ROW_KINDS}(?:単位|別|ごと)",
        rf"(?:どの|何){_ROW_KINDS}",
        rf"{_ROW_KINDS}(?!署|門)",
    )
)
YEAR_UNIT = any_of(r"(?:どの|何|[いるた])(?:年度|年)(?!前|後)|いつ")
