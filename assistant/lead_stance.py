"""A question whether something will be done -> how firmly the plan puts what its quote says, told before the quote."""

from __future__ import annotations

import re

from assistant.lead_clause import shown
from assistant.lead_words import ASKING_END, MEASURES, NAMES, OTHERS, STANCES, WILL_DO
from assistant.said import VERBAL, modality
from assistant.understand import Understanding
from assistant.wording import QUESTION_WORD, Wanted
from index.tokens import tokenize

_INTENDED = frozenset({"considered", "aimed at", "needed"})
# Kinds of question of which a measure's firmness is no answer.
_OTHER_KINDS = {Wanted.COMPARE, Wanted.WHICH_TOWN, Wanted.SUPERLATIVE, Wanted.REASON, Wanted.DEFINITION}
_CHOICE = re.compile(r"か、|それとも|[?？].+[?？]\s*$")  # 「毎年ですか、随時ですか」「増えているの？減っているの？」
# Verbs by which a question asks what there is and not what is done, unless a plan or a wish is what there is.
_STATES = frozenset("有る 居る 入る 載る 書く 無い 違う 言う 出る".split())
_GOING = re.compile(r"(?<=[てで])(?:い(?:る|ます?)|お(?:る|ります?))$")
_WISH = re.compile(r"(?:予定|つもり|気|考え|方針|計画|意向)[はがも]?、?(?:ある|あり|ござい)")
_HELPING = frozenset(
    "為る 行く 参る 成る こと 事 もの 物 方針 予定 と".split()
)  # behind a measure, saying nothing of their own
_BESIDE = re.compile(r"^.*?[:：][「『]?|[(（][^()（）]*[)）]")  # a row's name, and what is in brackets
_NEEDED = re.compile(r"(?:必要|求められ|望まれ)[^、た]{0,12}$")
_GOING_ON = frozenset("居る 御座る".split())


def asks_yes_no(asked: Understanding) -> bool:
    """Return whether はい or いいえ would answer a question: it asks nothing else, and not which of two."""
    return (
        Wanted.YES_NO in asked.wanted
        and not asked.wanted & _OTHER_KINDS
        and not _CHOICE.search(asked.focus)
        and not QUESTION_WORD.search(asked.focus)
    )


def plan_stance(asked: Understanding, quote: str) -> str:
    """Return a sentence that tells whether the plan will do, considers, aims at or needs what its quote tells.

    "" where the question asks no such thing or the quote is no measure. It does not say that the quote is what is asked about.
    """
    if not asks_yes_no(asked) or not _asks_doing(asked.focus):
        return ""
    said = {stance(sentence) for sentence in re.split(r"[。\n]", shown(quote)) if sentence.strip(" 」』")}
    return said.pop() if len(said) == 1 else ""


def stance(sentence: str) -> str:
    """Return the same words for one sentence of a plan, without its full stop.

    >>> stance("各種申請のキャッシュレス決済の導入などを検討し、利便性の向上を図ります")
    '計画では、次のことを検討するとされています（実施が決まっているとは書かれていません）。'
    >>> stance("スマートフォンの使い方教室に取り組んでいきます"), stance("世帯の数は減っています")
    ('計画では、次のことに取り組むとされています。', '')
    """
    text = NAMES.sub("", _BESIDE.sub("", sentence)).rstrip(" 」』、")
    last = text.split("、")[-1]
    if OTHERS.search(text):
        return ""
    end = _NEEDED.search(last)
    at = end.start() if end else _measure(last)
    if at is None or "denied" in modality(last[at:]):
        return ""
    intended = last[at:] if modality(last[at:]) & _INTENDED else text if "considered" in modality(text) else ""
    if not intended:
        return WILL_DO
    return next((wording for pattern, wording in STANCES if pattern.search(intended)), "")


def _asks_doing(focus: str) -> bool:
    """Return whether a question asks if something is or will be done, and not what there is."""
    asking = re.sub(r"[んの]?(?:です|でしょう)?$", "", ASKING_END.sub("", focus))
    if _WISH.search(asking) is not None:
        return True
    tokens = [token for token in tokenize(_GOING.sub("", asking)) if token.pos[0] not in ("助詞", "助動詞", "補助記号")]
    return bool(tokens) and tokens[-1].pos[0] == "動詞" and tokens[-1].norm not in _STATES


def _measure(clause: str) -> int | None:
    """Return where the word stands that a clause ends in for what will be done: neither done already, nor going on, nor a state."""
    tokens = tokenize(clause)
    verb = False
    for token in reversed(tokens):
        if token.surface in ("た", "だ") or token.norm in _GOING_ON:
            return None
        verb = verb or token.pos[0] == "動詞"
        if token.norm in MEASURES and verb:
            return token.start
        if token.pos[0] not in ("助詞", *VERBAL) and token.norm not in _HELPING:
            return None
    return None
