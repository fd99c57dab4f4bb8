"""Does a piece of text hold what a question wants: a date, a period, a number, a post or organisation, a reason?"""

from __future__ import annotations

import re

from assistant.wording import Wanted
from ingest.eras import find_years

_DATE_WORDS = re.compile(r"毎年|随時|年度|[0-9]{1,2}月|年頃|当面|継続的|時期")
_SPAN = re.compile(r"[0-9]+(?:か|カ|ヶ|箇)?年間|期間を定め|期間は定め|[0-9]{4}年度?(?:から|~|-)")
_NUMBER = re.compile(r"[0-9]|[一二三四五六七八九十百千万]+(?:つ|件|人|割|か所|箇所|種|点)|半分|半数|倍")
_BODY = re.compile(
    r"[\u4e00-\u9fffァ-ヶーA-Z]{1,}(?:課|班|部|室|局|係|委員会|本部|チーム|会議|協議会|分科会|センター|部会)|[\u4e00-\u9fff]{0,4}(?:町|市|村|課|本部|委員|室|局|班|部|会|座)長"
    r"|リーダー|責任者|特別職|[A-Z]{2,}|職員|庁|省|事業者|機構|教授"
)
_REASON = re.compile(r"ため|ことから|により|目的|よって|ので|背景|求め|必要|つなが|目指|図る|図り|から、|踏まえ|ながら|向上")

# 何人, 何%, いくら: the unit that the figure must carry.
_COUNTER = re.compile(r"何(?P<unit>人|件|業務|手続|%|パーセント|割|世帯|歳|円|台|か所|箇所|項目|倍|ポイント)|(?P<money>いくら|総?事業費|予算額?は|費用は)|(?P<rate>[率合]は|割合)")
_NOT_A_FIGURE = re.compile(r"[0-9]{4}年度?|[0-9]{1,2}月|[0-9]{1,2}日|^[(0-9.)]+|第[0-9]+|[A-Za-z][0-9.]+")


def holds(text: str, wanted: frozenset[Wanted], focus: str = "") -> float:
    """Return the share of the wanted kinds that ``text`` (search text) holds; 1 when the question wants no special kind.

    >>> holds("2025年度末までに移行します", frozenset({Wanted.DATE})), holds("移行を進めます", frozenset({Wanted.DATE}))
    (1.0, 0.0)
    """
    checked = [kind for kind in wanted if kind in _CHECKED]
    return sum(_held(kind, text, focus) for kind in checked) / len(checked) if checked else 1.0


_CHECKED = (Wanted.DATE, Wanted.PERIOD, Wanted.NUMBER, Wanted.WHO, Wanted.REASON)


def _held(kind: Wanted, text: str, focus: str) -> bool:
    if kind is Wanted.DATE:
        return bool(find_years(text)) or _DATE_WORDS.search(text) is not None
    if kind is Wanted.PERIOD:
        return len(find_years(text)) > 1 or _SPAN.search(text) is not None
    if kind is Wanted.WHO:
        return _BODY.search(text) is not None
    if kind is Wanted.REASON:
        return _REASON.search(text) is not None
    return _figure_held(text, focus)


def _figure_held(text: str, focus: str) -> bool:
    counter = _COUNTER.search(focus)
    if counter is None:
        return _NUMBER.search(_NOT_A_FIGURE.sub("", text)) is not None
    if counter["money"]:
        return re.search(r"[0-9][万億千]*円", text) is not None
    unit = "[%割]" if counter["rate"] or counter["unit"] in ("%", "パーセント", "割") else re.escape(counter["unit"])
    return re.search(rf"[0-9](?:の)?{unit}|[一二三四五六七八九十]{unit}", text) is not None
