"""「3つ目」 after a list was told: the item that it means, out of the conversation's last answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.wording import FORMER_ITEM, LAST_ITEM, NTH_ITEM
from ingest.eras import kanji_number

LONGEST = 40
"""Letters of an item that are taken over: its beginning says what it is about."""

_BULLET = re.compile(r"^\s*(?:[・*●○◆■•-]|[(（]?\d{1,2}[)）.．、 　]|[①-⑳])\s*(?P<item>\S.*)$", re.MULTILINE)
_NUMBERED = re.compile(r"(?:^|[、。:：「\s])[(（]?\d[)）.． 　]*(?P<item>[^\d\s、。（）()][^、。]*)")
_JOINT = re.compile(r"、|および|及び|並びに|(?<=[一-龠ァ-ヶー定置])や(?=[一-龠ァ-ヶA-Za-z])")
_ROUND_OFF = re.compile(
    r"(?:の[0-9０-９一二三四五六七八九十]+(?:つ|点|項目)?|など|等|ほか)?(?:です|であり|があり|が挙げ|により|を).*$"
)
_MARKER = re.compile(r"\[\d{1,3}\]")


def nth_told(focus: str, history: Sequence[Turn]) -> str:
    """Return the question with 「3つ目」, 「前のほう」 or 「最後のもの」 as the item of the last answer that it means.

    >>> told = (Turn("user", "基本目標は?"), Turn("assistant", "・行政の効率化[1]\\n・人材の育成[2]"))
    >>> nth_told("2つ目について詳しく", told), nth_told("3つ目について詳しく", told)
    ('人材の育成について詳しく', '3つ目について詳しく')
    >>> nth_told("最後のものは何ですか?", (Turn("assistant", "人材の育成、窓口の改善、情報の公開の3つです。"),))
    '情報の公開は何ですか?'
    >>> nth_told("前のほうは何の略ですか?", (Turn("assistant", "BCPの策定やCSIRTの設置等により、業務を続けます。"),))
    'BCPの策定は何の略ですか?'
    """
    answer = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    for pattern, at in ((NTH_ITEM, None), (FORMER_ITEM, 0), (LAST_ITEM, -1)):
        found = pattern.search(focus)
        if found is None:
            continue
        items = _items(_MARKER.sub("", answer))
        place = kanji_number(found["n"]) - 1 if at is None else at
        if len(items) > max(place, 1 if at is not None else 0):
            return focus[: found.start()] + items[place] + focus[found.end() :]
    return focus


def _items(answer: str) -> list[str]:
    """Return what an answer lists, in its order: lines with bullets, numbered items, or what its first sentence joins."""
    for pattern in (_BULLET, _NUMBERED):
        found = [_ROUND_OFF.sub("", match["item"])[:LONGEST] for match in pattern.finditer(answer)]
        if len(found) > 1:
            return found
    first = answer.strip().splitlines()[-1].partition("。")[0] if answer.strip() else ""
    return [_ROUND_OFF.sub("", piece)[:LONGEST] for piece in _JOINT.split(first) if piece]
