"""How much each word of a question tells of its topic: data tables, each with its reason. Words are Sudachi's normalised forms."""

from __future__ import annotations

from collections.abc import Sequence

# Words of asking make the question; they are not its topic. A tenth of a topic word.
ASKING_WEIGHT = 0.1
_ASKING = """
計画 町 本町 我が町 自治体 内容 記載 記述 書く 載る 載せる 明記 挙げる 挙がる 説明 意味 定義 言葉 用語 場合 具体 具体的 名称 名前
質問 答え 答える 回答 お願い 願い 思う 考える 言う いう 申す 分かる 判る 見る 見付ける 聞く 伺う 確認 位置付ける 位置付け 示す 掲げる
掲載 関する 対する 於ける 就く 有る 無い 良い 欲しい 何曜 何時頃 いつ頃 頃 言及 触れる 含む うち 内 該当 比較 違い 違う 比べる 見比べる
紹介 出る 気 くれる もらう 貰う ちゃんと 本当 方 人 者 所 時 的 化 今 最近 一つ 全て 全部 一覧 列挙 其れ其れ 其々 どんな どの様 様 誰
何処 何時 何れ 幾つ 教える 頂く 下さる 事項 脚注 注釈 後注 注 略 略称 ページ 表 欄 文言 易しい 優しい 達 すみません 済む 有難う 一体
積もり 事情 ずれ 違える 一文 一言 立場 結局 詳しい 簡単 回 予定 為 行う 取る 図る 進める 遣る 呼ぶ 決まる 決める 定める 在る 別 役 度 等
"""
ASKING_WORDS = frozenset(_ASKING.split())

# Words of the story around a question, which plans do not tell: who asks, how they feel, the town hall as such. They count a
# little, because a plan may be about them after all (「庁舎に行く必要のない役場」).
STORY_WEIGHT = 0.25
_STORY = """
役場 役所 家 母 父 祖母 祖父 親 息子 娘 孫 友人 近所 自分 自身 皆 皆さん 不安 心配 困る 苦手 得意 難しい 楽 大変 疲れる 面倒 実際 普段
昔 両町 両方 双方 同じ 引用 並べる 途中 中身 将来 手伝い 手助け 助ける 感じ 話 ニュース テレビ ちゃう しまう みたい 奴 駄目 平気
大丈夫 勝手 普通 カタカナ 日本 語
"""
STORY_WORDS = frozenset(_STORY.split())

# English words that carry grammar or asking: nothing.
_ENGLISH = """
a an and or the of in to for from by with on at as is are was were be been do does did has have had will would can could should may i
my me you your we our it its this that these those there what when where who which why how many much please tell about according any
some s t not if than then so town city village municipality people say says said explain want know plan plans question answer
"""
ENGLISH_STOPWORDS = frozenset(_ENGLISH.split())

# What people call a digital plan, whatever its title says: 「デジタルの計画」「DXの計画」.
DIGITAL_WORDS = frozenset("デジタル dx ict it 情報".split())
PLAN_WORDS = DIGITAL_WORDS | frozenset("化 推進 基本 方針".split())

# Words that say which kind of answer is wanted: 「背景として挙げている事情は」 asks for a reason, not for something called 背景. Half a
# topic word, because a plan may have a heading of that name.
KIND_WEIGHT = 0.4
_KIND = """
理由 背景 要因 原因 期限 時期 期日 年月 年度 役職 役割 職 肩書 名称 割合 比率 件数 個数 人数 出典 資料 白書 副題
"""
KIND_WORDS = frozenset(_KIND.split())

# What plans call themselves.
PLAN_NOUNS = frozenset("計画 大綱 戦略 プラン ビジョン 指針 構想 方針".split())

# How much a word tells by its part of speech (Sudachi's first levels, most particular first). Nouns name the topic; verbs and
# adjectives are worded in endless ways, and plans word them differently from residents.
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


def topic_weight(word: str, pos: Sequence[str]) -> float:
    """Return how much a word (normalised, casefolded; ``pos`` from Sudachi) tells of a question's topic, 0 to 1.

    >>> topic_weight("期間", ("名詞", "普通名詞", "一般", "*")), topic_weight("教える", ("動詞", "一般", "*", "*"))
    (1.0, 0.1)
    """
    if word in ENGLISH_STOPWORDS:
        return 0.0
    if word in ASKING_WORDS or (len(word) == 1 and (word.isascii() or "ぁ" <= word <= "ヶ")):
        return ASKING_WEIGHT
    if word in STORY_WORDS:
        return STORY_WEIGHT
    if word in KIND_WORDS:
        return KIND_WEIGHT
    return next((weight for start, weight in POS_WEIGHT if tuple(pos[: len(start)]) == start), 1.0)
