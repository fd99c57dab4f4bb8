"""Questions as keywords, the way people type into a search box."""

from __future__ import annotations

import re

from index.tokens import Token, is_content, tokenize

# Particles that say from when, until when, or how far: without them another question would be asked.
_KEPT_PARTICLES = frozenset("から まで より だけ のみ しか ごと".split())
# Words that ask: all that is left to say what is wanted.
_ASKING = frozenset("何時 いつ 誰 何処 どこ 何故 何 何れ どれ 幾つ 幾ら 何方 どちら どっち どう どの どんな".split())
# Denials: a question that loses one turns into its opposite.
_DENIALS = frozenset("ない ず ぬ 無い まい".split())
# Verbs that only join: 何という, に関する, について, に対する.
_JOINING_VERBS = frozenset("言う 関する 就く 対する 於ける".split())
# Marks inside a word or a number; any other ends it.
_KEPT_MARKS = frozenset("・-.,/&+%％~～〜")
_ENDING = frozenset("助詞 助動詞 動詞 形容詞 副詞 補助記号 空白".split())
# Asking for a reason in words that would all be dropped.
_REASON = ("何のために", "なんのために", "何のため", "なんのため")
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』")
_DEFINING = re.compile(r"とは[？?。]*$|って(?:どう|どんな)|ということ|という人|どういう(?:もの|こと|人)")
_FEWEST = 2  # words: with fewer, nothing is asked any more


def as_keywords(text: str) -> str:
    """Return the words of ``text`` that carry it, parted by spaces; ``text`` itself where it denies something.

    >>> as_keywords("計画の期間はいつからいつまでですか。教えてください。")
    '計画 期間 いつから いつまで'
    >>> as_keywords("J-LISに取り組むのは何という団体ですか")
    'J-LIS 取り組む 何 団体'
    >>> as_keywords("平生町の「どこでも窓口」という仕組みはどの計画に位置付けられていますか")
    '平生町 どこでも窓口 仕組み どの計画 位置付け'
    >>> as_keywords("「クラウド」とはどういうことですか")
    'クラウド 意味'
    >>> as_keywords("電子申請ができない手続はどれですか。")
    '電子申請ができない手続はどれですか。'
    """
    question = text
    for wording in _REASON:
        text = text.replace(wording, "なぜ")
    tokens = tokenize(text)
    if any(token.norm in _DENIALS for token in tokens):
        return question
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    words = [""]
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        compound = token.pos[0] == "動詞" and after is not None and _continues(after)
        quoted = any(start < token.start and token.end < end for start, end in quotes)
        words[-1] += token.surface if compound or quoted else _word(token, words[-1])
        if token.pos[0] in _ENDING and token.surface not in _KEPT_MARKS and not compound and not quoted:
            words.append("")
    words = [word for word in words if any(character.isalnum() for character in word)]
    if _DEFINING.search(text) and not any("意味" in word or "何" in word for word in words):
        words.append("意味")
    return " ".join(words) if len(words) >= _FEWEST else question


def _continues(token: Token) -> bool:
    """Return whether a word makes one with the verb before it: 取り組む, 考え方."""
    return token.pos[:2] == ("動詞", "一般") or token.pos[0] == "接尾辞"


def _word(token: Token, before: str) -> str:
    """Return what stays of a word after ``before``, or ""."""
    leans = token.surface in _KEPT_PARTICLES or token.pos[0] == "接尾辞"
    if leans and not before:  # これから, 私たち: nothing is left to lean on
        return ""
    if token.surface in _KEPT_PARTICLES | _KEPT_MARKS or token.norm in _ASKING or token.pos[0] == "接頭辞":
        return token.surface
    if before and token.pos[0] in ("動詞", "感動詞"):  # 位置付け; a name of a thing that is taken apart
        return token.surface if is_content(token) or token.pos[0] == "感動詞" else ""
    if token.pos[0] == "動詞":  # いる, くださる and the like only help another verb
        helps = token.pos[1] == "非自立可能" or token.norm in _JOINING_VERBS or not is_content(token)
        form = token.norm if token.norm[0] == token.surface[0] else token.surface  # 載る has the normalised form 乗る
        return "" if helps else form
    return token.surface if is_content(token) and token.pos[1] != "助動詞語幹" else ""
