"""A long sentence as several short ones, where its grammar lets it be parted without saying more than it did."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.easy_brackets import in_brackets
from assistant.easy_guard import kept
from assistant.easy_polite import polite
from assistant.easy_verbs import Verb, ends, inflects
from assistant.place_names import place_names
from index.tokens import Token, tokenize

_LONG = 45  # characters; a shorter sentence stays whole
_PART = 12  # characters that each part has at least

# Verbs whose 連用形 before a comma says how, by what or after what the next thing is done; it is no statement of its own.
_MANNER = frozenset(
    "踏まえる ふまえる 基づく もとづく 応じる 向ける よる 因る 通じる 通す 介す 関する 対する 際する 伴う つく 就く 渡る わたる 加える "
    "先立つ 沿う 即する 鑑みる かける 含める 含む 始める はじめる 除く 問う 当たる あたる 併せる 合わせる あわせる 用いる 使う 経る "
    "見据える 生かす 活かす 兼ねる 限る 照らす 従う 比べる 代わる".split()
)
# The same for verbs made of a noun and する.
_MANNER_NOUNS = frozenset("活用 利用 連携 協力 使用 比較 注視 考慮 意識 参考 対象 中心 目的 基本 前提 と に".split())
# A sentence with one of these does not say that what its earlier clauses name is done, will be done or is true. 検討, 目指す and
# 努める are not among them: with a noun (の実現を目指す) they take in no clause, and ことを目指す has its こと.
_UNSURE = (
    "予定 見込 想定 期待 可能 必要 求め 望 思 考え 方針 つもり よう こと もの ため わけ はず 恐れ おそれ 場合 ない "
    "なけれ ません ず 不 未 たい べき とされ という"
).split()
_POINTS_BACK = ("これ", "それ", "この", "その", "こう", "そう")  # at the sentence before, which is then too far away
# Verbs after which ため says what for. After others it may say why: 影響を受けるため, 様式が異なるため.
_DEEDS = frozenset(
    "図る 進める 高める 守る 防ぐ 整える 広げる 行う 作る つくる 減らす 増やす 育てる 目指す 探る 深める".split()
)
_DEED_NOUNS = frozenset(
    "推進 促進 実現 達成 構築 整備 確保 把握 向上 解決 解消 強化 提供 支援 育成 活用 整理 実施 維持 改善 削減 軽減 防止 対応".split()
)
_OPINION = ("と考え", "とされ", "と言わ", "といわ", "と思", "とし", "と見")  # what stands before it may be part of it


def split(sentence: str) -> list[str]:
    """Return the sentences (without 。) that ``sentence`` (without its 。) becomes, each ending in です or ます where it can.

    >>> split("町では高齢者の人口が増えている一方の状況ですが、相談できる窓口の数が足りないという声が多く聞かれています")
    ['町では高齢者の人口が増えている一方の状況です', '相談できる窓口の数が足りないという声が多く聞かれています']
    >>> split("高齢者を支える仕組みを作り、相談できる場所を増やすことの検討を町の全体で進めてまいります")
    ['高齢者を支える仕組みを作って、相談できる場所を増やすことの検討を町の全体で進めてまいります']
    """
    tokens = tokenize(sentence)
    if len(sentence) >= _LONG:
        for at in _commas(tokens):
            if aimed := _aim(sentence, tokens, at):
                return [*split(aimed[0]), f"これは、{_joined_with_te(aimed[1], tokenize(aimed[1]))}です"]
            parted = _part(sentence, tokens, at)
            if parted is not None:
                head, tail = parted
                return [head, *split(tail)]
    return [polite(_joined_with_te(sentence, tokens))]


def _commas(tokens: Sequence[Token]) -> list[int]:
    """Return the commas outside brackets that leave enough on either side."""
    held = in_brackets(tokens)
    return [
        at
        for at, token in enumerate(tokens)
        if token.surface == "、" and not held[at] and token.start >= _PART and tokens[-1].end - token.end >= _PART
        if at >= 2
    ]


def _part(sentence: str, tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    """Return the polite clause before the comma ``at`` and the rest of the sentence, or ``None`` where it may not be parted."""
    tail = sentence[tokens[at].end :]
    last, before = tokens[at - 1], tokens[at - 2]
    rest = tokens[at + 1 :]
    if last.surface == "が" and last.pos[1] == "接続助詞":
        return None if _opinion(tail) else (_head(sentence, tokens, at - 1), tail)
    if last.surface == "ため" and _is_cause(tokens, at - 2):
        return None if _opinion(tail) else (_head(sentence, tokens, at - 1), f"そのため、{tail}")
    if last.surface == "から" and before.surface == "こと" and at > 2 and ends(tokens[at - 3]):
        return None if _opinion(tail) else (_head(sentence, tokens, at - 2), f"そのため、{tail}")
    if _embeds(rest):
        return None
    if last.base == "おる" and before.surface == "て":
        return _joined_with_te(sentence[: last.start], tokens[: at - 1]) + "います", tail
    if last.surface == "あり" and before.surface == "で" and not _unsure(tail):
        return _head(sentence, tokens, at), tail
    past = _past(rest)
    if past is None or _unsure(tail):
        return None
    if [t.surface for t in tokens[max(0, at - 3) : at]] == ["と", "とも", "に"] and at > 4 and ends(tokens[at - 4]):
        return _head(sentence, tokens, at - 3, past=past), f"また、{tail}"
    if _states(tokens, at - 1):
        return _head(sentence, tokens, at, past=past), tail
    return None


def _head(sentence: str, tokens: Sequence[Token], end: int, *, past: bool = False) -> str:
    return polite(_joined_with_te(sentence[: tokens[end].start], tokens[:end]), past=past)


def _aim(sentence: str, tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    """Return what is done, and the clause that says what for, where the comma ``at`` follows the ため of an aim.

    What follows a topic or また stays with what is done. Figures and places keep their order, so an aim with any stays.
    """
    if tokens[at - 1].surface != "ため" or not _is_deed(tokens, at - 2):
        return None
    heads = [i for i in range(1, at) if tokens[i].surface == "、" and _heads(tokens[i - 1])]
    start = tokens[heads[-1]].end if heads else 0
    aim, tail = sentence[start : tokens[at].start], sentence[tokens[at].end :]
    if _opinion(tail) or kept(aim) or place_names(aim) or aim.startswith(_POINTS_BACK):
        return None
    return sentence[:start] + tail, aim


def _heads(token: Token) -> bool:
    return token.pos[0] == "接続詞" or token.surface in ("は", "も", "おいて")


def _is_deed(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word is one of the verbs that name what somebody sets out to do, in the form before ため."""
    word, before = tokens[at], tokens[at - 1]
    return ends(word) and (word.base in _DEEDS or (word.base == "する" and before.surface in _DEED_NOUNS))


def _is_cause(tokens: Sequence[Token], at: int) -> bool:
    """Return whether what stands before ため is a state or past: a cause then, where a mere verb would make it an aim."""
    word = tokens[at]
    if not ends(word):
        return False
    return word.base in ("た", "ない", "ある", "いる", "だ", "です") or word.pos[0] == "形容詞"


def _states(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word is a verb that a comma leaves hanging (作り、) and that states something by itself."""
    word, before = tokens[at], tokens[at - 1]
    if not inflects(word) or word.form[1] != "連用形-一般" or word.base in _MANNER or word.base in ("おる", "ある"):
        return False
    return not (word.base == "する" and (before.surface in _MANNER_NOUNS or before.pos[0] == "副詞"))


def _embeds(tokens: Sequence[Token]) -> bool:
    """Return whether a verb before the last one stands before a noun: an earlier clause might belong to it instead.

    に寄り添った, に応じた and the like join two nouns as の does, and take nothing in.
    """
    return any(
        ends(word) and word.pos[0] in ("動詞", "助動詞") and word.base != "だ" and not _joins(tokens[:at])
        for at, (word, follows) in enumerate(pairwise(tokens))
        if follows.pos[0] in ("名詞", "接尾辞") and follows.surface != "とも"
    )


def _joins(before: Sequence[Token]) -> bool:
    """Return whether the words before た are に and a verb."""
    return len(before) > 1 and before[-1].form[1].startswith("連用形") and before[-2].surface == "に"


def _unsure(text: str) -> bool:
    return any(word in text for word in _UNSURE)


def _opinion(text: str) -> bool:
    return any(word in text for word in _OPINION)


def _past(tokens: Sequence[Token]) -> bool | None:
    """Return whether the last predicate is past; ``None`` where it is neither a plain past nor a plain present."""
    if len(tokens) < 2:
        return None
    last, before = tokens[-1], tokens[-2]
    if last.base == "た":
        return True if before.base == "ます" or inflects(before) else None
    verb = before if last.base == "ます" else last
    return False if inflects(verb) and verb.base not in ("いる", "おる", "ある") and ends(last) else None


def _joined_with_te(sentence: str, tokens: Sequence[Token]) -> str:
    """Return ``sentence`` with て where a verb hangs before a comma (作り、 is written language, 作って、 is spoken)."""
    pieces, done = [], 0
    held = in_brackets(tokens)
    for at, (before, word, comma) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if held[at + 1] or comma.surface != "、" or not inflects(word) or word.form[1] != "連用形-一般":
            continue
        te = {"おる": "いて", "ある": "あって"}.get(word.base) or Verb.of(word).te
        start = word.start
        if word.base == "ある" and before.surface == "で":
            start, te = before.start, "で"
        pieces += [sentence[done:start], te]
        done = word.end
    return "".join([*pieces, sentence[done:]])
