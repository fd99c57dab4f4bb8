"""Whose period a stretch of years is: the plan's own, or that of another plan, an edition before, a survey."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.metadata.title import same_title

KINDS = r"(?:計画|プラン|ビジョン|戦略|方針|構想|大綱|指針|プログラム)"
_LETTERS = r"[\u4e00-\u9fff\u30a1-\u30faA-Za-z・ー]"
# Words for the plan's own period.
OWN_WORDS = re.compile(
    rf"{KINDS}(?:の|全体の)?[^、。「」]{{0,6}}期間|計画年度|(?<!調査)(?<!分析)(?<!集計)(?<!募集)(?<!補助)(?:対象|推進|取組|取組み)期間|"
    rf"(?:年間|[かヶケカヵ箇個]年)(?:の|を)?(?:計画|期間)|(?:本|この|当){KINDS}は|^期間は?[:、\s]"
)
_OWN = re.compile(rf"(?:本|この|当|同)(?:[町市村区]の?)?{KINDS}|(?:本|この|当){_LETTERS}{{1,8}}{KINDS}")
_QUOTED = re.compile(r"[「『][^」』]{0,80}[」』]")
_NEAR = 300  # letters; what stands farther from the years does not say whose they are
_COMPOUND = re.compile(rf"{_LETTERS}{{1,30}}?{KINDS}(?:{_LETTERS}{{0,30}}{KINDS})?(?!期間|年度|区域)")
_OF_STATE = re.compile(rf"(?:国|政府|県|都|府|道)(?:の|が|は|で|において)[^、。]{{0,24}}?{KINDS}")
_EDITION = re.compile(
    r"第[0-9一二三四五六七八九十]+[次期版]|前期|後期|初版|前回|前計画|旧計画|次期|従前|これまでの計画|現行"
)
_OTHER_TIME = re.compile(
    r"(?:調査|分析|集計|募集|実施|工事|契約|補助|試行|周知|回答|意見)(?:対象)?(?:の)?期間|アンケート|パブリック"
)
# A plan named only to set the own period beside it says nothing of whose the years are.
_ASIDE = re.compile(
    r".{0,14}?(?:に合わせ|にあわせ|と合わせ|と整合|との整合|を踏まえ|に基づ|を勘案|に即し|と連動|を考慮|と同様|と同じ|に準じ|に鑑み|と一致|を受け|"
    r"との?調和|と一体|を上位|を推進するため|の実現|として)"
)
_MODIFIES = re.compile(
    r"(?:末)?(?:まで)?(?:[の(]?[^、。]{1,4}年間?\)?)?(?:を(?:計画|対象|その)?期間と(?:する|した|して(?:いる|定めた))|とする|とした|の|を対象とした)"
)
_PAST = re.compile(r"[^。]{0,16}?(?:でした|であった|としてい(?:た|まし)|となってい(?:た|まし))")


def is_own(words: str, start: int, end: int, title: str) -> bool:
    """Return whether the years at ``words[start:end]`` of a normalised sentence are the period of the plan called ``title``.

    They are not where the last thing named before them is another plan, an earlier edition or a survey; where they describe
    another plan that is named right behind them; and where the sentence speaks of the past.

    >>> def own(words, title="見本町DX推進計画"):
    ...     start = words.index("2024")
    ...     return is_own(words, start, words.index("2028年度") + 6, title)
    >>> own("本計画の期間は、2024年度から2028年度までとします。")
    True
    >>> own("総合計画の期間に合わせ、2024年度から2028年度までとします。")
    True
    >>> own("総合計画の計画期間は、2024年度から2028年度までです。")
    False
    >>> own("2024年度から2028年度までを計画期間とする「行政改革大綱」と整合を図ります。")
    False
    """
    before = max(start - _NEAR, 0)
    words, start, end = words[before : end + _NEAR], start - before, end - before
    mentions = list(_named(words, title))
    if any(at <= start and end <= to and not own for at, to, own in mentions):
        return False  # the years are part of another plan's name
    named = [(at, own) for at, to, own in mentions if to <= start and not _ASIDE.match(words[to:start])]
    if named and not max(named)[1]:
        return False
    modifies = _MODIFIES.match(words, end)
    if modifies is not None and any(
        end <= at <= modifies.end() + 1 and to > modifies.end() and not own for at, to, own in mentions
    ):
        return False
    return _PAST.match(words, end) is None


def _named(words: str, title: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where a sentence names a plan or another time, and whether it is the plan itself; longer mentions hide shorter ones."""
    hidden: list[tuple[int, int]] = []
    for pattern in (_QUOTED, _OF_STATE, _OWN, _COMPOUND, _EDITION, _OTHER_TIME):
        for match in pattern.finditer(words):
            if any(a <= match.start() and match.end() <= b for a, b in hidden):
                continue
            name = match[0].strip("「」『』")
            own = pattern is _OWN or (pattern is not _OTHER_TIME and bool(title) and same_title(name, title))
            if pattern is _QUOTED and not own and not re.search(rf"{KINDS}|法|条例", name):
                continue
            hidden.append(match.span())
            yield *match.span(), own
