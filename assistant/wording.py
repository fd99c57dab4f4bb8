"""How Japanese questions are worded: data tables, each with its reason. No table holds a town, a plan or a topic."""

from __future__ import annotations

import re
from enum import StrEnum


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


# What tells the wanted kind. A question may want several (「誰が、いつまでに」).
WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        Wanted.DEFINITION,
        re.compile(
            r"脚注|後注|注釈|用語|(?:何|なん|どんな)の?(?:ことば|言葉)|(?:何|なん|ナン)?[のノ]?略(?:称|$|です|[?？])|どう説明|(?:とは|って|というのは)、?(?:何|なん|なに|どう|どんな|[?？。]?$)|(?:言葉|用語)の|の意味|意味[はをがで]|意味$|どういう意味|(?:何|なん)のこと|定義|何の略|何を指"
            r"|どういう(?:こと|もの)(?:です|か|を)|とは[?？]?$|[ぁ-ん]って[?？]$|\bwhat (?:is|does|are)\b|\bdefinition\b|\bmean(?:s|ing)?\b|(?:のこと|もの)です(?:か|よね)",
            re.IGNORECASE,
        ),
    ),
    (Wanted.PERIOD, re.compile(r"期間|(?:いつ|何年度?)まで(?:続|の計画|$|[?？]|です)|何年度から|何年から|いつからいつ|始期|終期|何年計画|何か?年間")),
    (
        Wanted.DATE,
        re.compile(
            r"いつ|何年|何月|何日|年度[はを]|年度で|時期|期限|期日|何か?年後|施行日|\bwhen\b|\bdeadline\b|年月|できたの|始ま[っる]たの",
            re.IGNORECASE,
        ),
    ),
    (
        Wanted.NUMBER,
        re.compile(
            r"何(?:人|件|業務|手続|%|％|パーセント|割|つ|個|種|箇所|か所|カ所|台|回|点|歳|世帯|町|項目|本|名|円|万|億|倍|ポイント|番)"
            r"|いくつ|いくら|どの(?:くらい|ぐらい)|どれ(?:くらい|ぐらい|だけ)|[数率額]は|(?<!総)合?計[はをと](?!画)|[数率]を|件数|人数|割合|(?<!総)合計(?!画)|総数|内訳|\bhow (?:many|much)\b|増減|差は",
            re.IGNORECASE,
        ),
    ),
    (
        Wanted.WHO,
        re.compile(
            r"誰|だれ|何課|何班|何部|何という(?:組織|委員会|課|部署|会議)|どの(?:課|班|部署|職|役職|組織|委員会|会議|部門)|どこの?(?:課|部署|が|で決|に置)|どこ担当|担当(?:課|部署|者|は|する)|"
            r"責任者|トップ|(?:委員|本部|会|課|室|局|座)長[はがに]|リーダー[はがに]|事務局|主管|所管|\bwho\b|どこが",
            re.IGNORECASE,
        ),
    ),
    (
        Wanted.LIST,
        re.compile(
            r"(?:事項|項目|方針|目標|理念|課題|施策|取組|取り組み|視点|原則|柱|こと)(?:は|とは|って|は、)(?:何|なに|どんな|[?？]|$)|挙げ|列挙|すべて|全て|全部|一覧|何があ|何と何|何ですか.*(?:つ|項目)|どんな(?:もの|こと|取|事業|サービス|種類|項目|手続|内容|データ|施策|課題)"
            r"|どのような(?:取|事業|もの|こと|データ|サービス|項目|手続|施策|課題|方針|理念|内容)|[0-9一二三四五六七八九十]+(?:つ|項目|点|種類|本の柱)|項目|どれとどれ|何を.*(?:挙げ|並べ)|内訳|\blist\b",
            re.IGNORECASE,
        ),
    ),
    (
        Wanted.REASON,
        re.compile(r"なぜ|何故|なんで|どうして|理由|要因|原因|何のため|なんのため|目的|背景|狙い|ねらい|\bwhy\b", re.IGNORECASE),
    ),
    (
        Wanted.WHICH_TOWN,
        re.compile(r"(?:どの|どこの|どちらの|どっちの|何)(?:町|自治体|市町村|計画)|(?:町|自治体|計画)は(?:どこ|どれ|どちら|どっち|ある)|どっち|どちら|\bwhich (?:town|plan|municipality)"),
    ),
    (Wanted.SUPERLATIVE, re.compile(r"最も|もっとも|一番|いちばん|最多|最大|最少|最小|トップ(?:は|の課|の班)|最高|最低")),
    (Wanted.COMPARE, re.compile(r"比べ|比較|違い|違う|それぞれ|両方|両町|各町|共通|どちら|どっち|町ごと|\bcompare\b|\bdifference")),
)

# Words that a wanted kind implies (always, or only in a question without topic words of its own), and what they count.
IMPLIED = ((Wanted.PERIOD, "期間", True), (Wanted.REASON, "目的", False), (Wanted.WHO, "推進体制", False))
IMPLIED_WEIGHT = 0.7

# The question wants everything, in so many words.
EVERYTHING = re.compile(r"挙げ|列挙|すべて|全て|全部|一覧|\blist\b", re.IGNORECASE)
# 「A」とは別に「B」: what stands before is not asked for.
NOT_THIS = re.compile(r"[」』](?:とは別に|以外に?|ではなく|じゃなく|を除)")

# A question that can be answered with yes or no: its predicate asks, and no question word stands in it.
YES_NO = re.compile(r"(?:ます|です|ました|でした|ません|ない|でしょう|ある|いる|する|した|れる|できる|の|ん)か(?:ね|な)?[?？。\s]*$|(?:ある|いる|する|できる|もらえる|やってる|してる|考えてる|いいの|あるの|るの)[?？]\s*$")
QUESTION_WORD = re.compile(r"いつ|どこ|誰|だれ|何|なに|なん[のでとてかにを]|どう|どの|どれ|どんな|なぜ|いくつ|いくら|どちら|どっち|どういう")

# All covered municipalities are meant.
ALL_TOWNS = re.compile(r"[2-9二三四五六七八九]町|全町|全ての町|すべての町|どの町|どこの町|各町|他の町|ほかの町|町ごと|どの自治体|どの計画|町はどこ|どこの自治体")
# Two or more named towns are meant together.
TOGETHER = re.compile(r"それぞれ|比べ|比較|違い|違う|どちら|どっち|両方|両町|各町|共通|ともに|[町市村]と[^、。]{1,8}[町市村]|および|及び|ならびに")
# A named town is set aside: 「A町でもB町でもなくC町」「A町ではなく」「A町以外」.
SET_ASIDE = re.compile(r"(?:でも|や|とか|、|\s|も|と|で|じゃ|では|の話|のこと)*(?:なく|以外|ではない|じゃない)")

# Words that point back at the conversation.
POINTS_BACK = re.compile(r"それ|その|そこ|そちら|これ|この|ここ|あれ|あの|さっき|先ほど|先程|同じ|前の質問|もう一つ|もうひとつ|もう片方|他に|ほかに|[1-9一二三四五]つ目|場合は|詳しく|次の年|翌年")
OTHER_TOWN = re.compile(r"もう(?:一つ|ひとつ|片方|一方)の(?:町|自治体|ほう|方)|他方の町|もう片方")
NEXT_YEAR = re.compile(r"(?:その)?(?:次の年度?|翌年度?|次年度)")
LAST_YEAR = re.compile(r"(?:その)?(?:前の年度?|前年度?)(?!度?比)")

# Words of asking, normalised: they make the question, they are not its topic. Counted at a tenth of a topic word.
ASKING_WORDS = frozenset(
    "計画 町 本町 我が町 自治体 内容 記載 記述 書く 載る 載せる 明記 挙げる 挙がる 説明 意味 定義 言葉 用語 場合 具体 具体的 名称 名前 質問 答え 答える 回答 "
    "お願い 願い 思う 考える 言う いう 申す 分かる 判る 見る 見付ける 聞く 伺う 確認 位置付ける 位置付け 示す 掲げる 掲載 関する 対する 於ける 就く 有る 無い 良い 欲しい "
    "何時頃 いつ頃 頃 言及 触れる 含む うち 内 該当 比較 違い 比べる 紹介 出る 気 くれる もらう 貰う ちゃんと 本当 "
    "方 人 者 所 時 的 化 今 最近 一つ 全て 全部 一覧 列挙 其れ其れ 其々 どんな どの様 様 誰 何処 何時 何れ 幾つ 教える 頂く 下さる please plan what the is of in town 事項 "
    "脚注 注釈 後注 注 略 略称 ページ 表 欄 文言 易しい 優しい 達 すみません 済む 有難う 一体 結局 詳しい 簡単 回 予定 方 為 行う 取る 図る 進める 遣る 呼ぶ 決まる 決める 定める 在る 別 役 度 等".split()
)
ASKING_WEIGHT = 0.1

# Words of the story around a question, which plans do not tell: who asks, how they feel, the town hall as such. They count a little,
# because a plan may be about them after all (「庁舎に行く必要のない役場」).
STORY_WORDS = frozenset(
    "役場 役所 家 内 母 父 祖母 祖父 親 息子 娘 孫 友人 近所 自分 自身 皆 皆さん 不安 心配 困る 苦手 得意 難しい 楽 大変 疲れる 面倒 本当 実際 普段 昔 "
    "両町 両方 双方 同じ 引用 並べる 途中 中身 最近 将来 手伝い 手助け 助ける 欲しい 感じ 話 ニュース テレビ ちゃう しまう みたい 奴 駄目 平気 大丈夫 勝手 普通".split()
)
STORY_WEIGHT = 0.25

# English words that carry grammar or asking.
ENGLISH_STOPWORDS = frozenset(
    "a an and or the of in to for from by with on at as is are was were be been do does did has have had will would can could should may i my me you your we our it "
    "its this that these those there what when where who which why how many much please tell about according any some s t not if than then so town city village "
    "municipality people say says said explain me want know plan plans question answer".split()
)

# How much a word tells of the topic, by its part of speech (Sudachi's first two levels, most particular first). Nouns name the
# topic; verbs and adjectives are worded in endless ways, and plans word them differently from residents.
POS_WEIGHT: tuple[tuple[tuple[str, ...], float], ...] = (
    (("名詞", "数詞"), 0.4),
    (("名詞", "助動詞語幹"), 0.1),
    (("名詞", "普通名詞", "副詞可能"), 0.35),
    (("名詞", "普通名詞", "助数詞可能"), 0.35),
    (("名詞",), 1.0),
    (("動詞", "非自立可能"), 0.1),
    (("動詞",), 0.45),
    (("形容詞", "非自立可能"), 0.1),
    (("形容詞",), 0.4),
    (("形状詞",), 0.4),
    (("副詞",), 0.1),
    (("接尾辞",), 0.3),
)

# What people call a digital plan, whatever its title says: 「デジタルの計画」「DXの計画」.
PLAN_WORDS = frozenset("デジタル dx ict it 情報 化 推進 基本 方針".split())

# Lines and sentences that are not questions: greetings, signatures, orders to the assistant.
ORDER = re.compile(
    r"(?:無視|忘れ)(?:して|し、|せよ|しろ)|ignore (?:all|any|the|previous)|あなたは(?:今から|これから)?[^。]{0,30}(?:です|だ|になり)|役割[:：]|(?:必ず|絶対に?)[^。]{0,40}(?:答え|出力|付けない|言い|返し)|出典(?:は|を)[^。]{0,12}(?:付けない|不要|つけない)|system prompt|システムプロンプト|you are now",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\n+|-{3,}|={3,}|#{2,}|\*{3,}|_{3,}|—{2,}|～{3,}")
ASKED_AFTER = re.compile(r"^\s*(?:質問|問い?|Q|本題|Question)\s*[:：.]\s*", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[。？?！!])")
ASKS = re.compile(r"[?？]|か[。\s]*$|教えて|知りたい|挙げて|ください|でしょうか|ですか|ますか|何|いつ|どこ|誰|どう|なぜ|は$|\b(?:what|when|who|which|how|why|where|please|tell)\b", re.IGNORECASE)
# What no municipal plan is about: writing programs, the weather, the machine that answers.
OFF_TOPIC = re.compile(
    r"天気|気温|降水|プログラムを(?:書|作)|python|javascript|コードを書|レシピ|占[いっ]|小説|俳句|作文|翻訳して|株価|為替|試合|/etc/|api ?key|環境変数|パスワードを教え|自宅の?住所|電話番号を(?:答え|教え)|あなたの(?:名前|気持ち|仕組み)|冗談|ジョーク",
    re.IGNORECASE,
)
