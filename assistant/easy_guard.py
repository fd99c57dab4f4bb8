"""Whether plain words still say what the original says, as far as that can be counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.easy_replace import Segment
from assistant.place_names import place_names
from index.tokens import tokenize

# Figures, letters of other alphabets, quoted names and marks: what must stand in both in the same order.
_KEPT = re.compile(
    r"\[[0-9]{1,3}\]|[0-9]+(?:[.,][0-9]+)*|[A-Za-z]+|[「『][^「」『』]*[」』]"
    r"|[〇一二三四五六七八九十百千万億兆]+(?=年|月|日|人|件|円|割|つ|倍|回|台|歳|%|か所|箇所|世帯|業務|次|期|章|条|項|号|点|種|段階)"
)
# Words of a plan that say a thing is not yet done, and the words of which one must be left of each.
HEDGES = (
    (re.compile("検討"), re.compile("検討|考え")),
    (re.compile("予定"), re.compile("予定|つもり")),
    (re.compile("目指|めざ|目ざ"), re.compile("目指|めざ|目ざ|目標")),
    (re.compile("努め|努める"), re.compile("努め|努力")),
    (re.compile("見込"), re.compile("見込|思わ|予想")),
    (re.compile("想定"), re.compile("想定|思わ|考え")),
    (re.compile("可能性"), re.compile("可能性|かもしれ")),
    (re.compile("べき"), re.compile("べき|なければ|必要")),
)
# One must: two negations that deny nothing.
_MUST = re.compile(
    r"(?:なければ|なくては|ねば)(?:なら|なり|いけ)(?:ない|なかっ|ません|ず)|ざるを得ない|ざるを得ません|不可欠"
)
# Words that begin like a negation and are none.
_AFFIRMS = frozenset("非常 非常時 未来 無線 無料 無償 無事 不思議".split())
_DENIES = frozenset(("ない", "ぬ", "ず", "ん", "無い"))


def faithful(original: str, plain: Sequence[Segment], sentences: Sequence[str]) -> bool:
    """Return whether ``plain`` keeps the figures, names, marks, negations and hedges of ``original``.

    ``sentences`` are those that ``plain`` is made of, without what was added: none of them may say that a thing is done
    where the original has no past.

    >>> faithful("令和7年度に検討する", [Segment("令和7年度に作ります")], ["令和7年度に作ります"])
    False
    """
    text = "".join(segment.text for segment in plain if not segment.added)
    if kept(original) != kept(text) or _places(original) != _places(text):
        return False
    if negations(original) != negations(text):
        return False
    if any(len(soft.findall(text)) < len(formal.findall(original)) for formal, soft in HEDGES):
        return False
    done = sum(sentence.endswith(("ました", "でした", "た")) for sentence in sentences)
    said = tokenize(original)
    return (said != [] and said[-1].base == "た") or done <= sum(token.base == "た" for token in said)


def kept(text: str) -> list[str]:
    """Return the figures, Latin words, quoted names and citation marks of ``text``, in order.

    >>> kept("AIを２割、「基本計画」で3.5回[1]")
    ['AI', '2', '「基本計画」', '3.5', '[1]']
    """
    return _KEPT.findall(unicodedata.normalize("NFKC", text))


def _places(text: str) -> list[str]:
    return [place.name for place in place_names(text)]


def negations(text: str) -> int:
    """Return how often ``text`` denies something: by ない and its like, or by a word that begins with 不, 未, 無 or 非.

    >>> negations("不要なものは使わない"), negations("見直さなければならない"), negations("非常に少ない")
    (2, 0, 0)
    """
    return sum(
        (token.base in _DENIES and token.pos[0] in ("助動詞", "形容詞"))
        or (token.surface[0] in "不未無非" and token.surface not in _AFFIRMS)
        for token in tokenize(_MUST.sub("", text))
    )
