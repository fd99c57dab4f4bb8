"""Questions as a telephone takes them down: no marks, words that only fill a pause, numbers in words."""

from __future__ import annotations

import random
import re

from evals.generate.numerals import spoken_numbers

_MARKS = re.compile(r"[、。，．！？!?「」『』（）()【】・：:]")
_FILLERS = ("えーと", "えっと", "あのー", "あの", "そのー", "すみません")
_TOPIC = re.compile(r"(?<=[一-龥ァ-ヶー])(?:では|には|は)(?=[^ぁ-ん])")
_SPACE = re.compile(r"(?<=[ぁ-ヶー一-龥])[ 　]+|[ 　]+(?=[ぁ-ヶ一-龥])")
_DIGITS = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")


def as_spoken(text: str, rng: random.Random) -> str:
    """Return ``text`` as it would be spoken.

    >>> as_spoken("計画の期間は、令和7年度までですか？", random.Random(1))
    'そのー計画の期間はえーと令和七年度までですか'
    """
    said = spoken_numbers(text.translate(_DIGITS))
    said = _SPACE.sub("", _MARKS.sub("", said))
    if match := _TOPIC.search(said):
        said = said[: match.end()] + rng.choice(("", *_FILLERS[:4])) + said[match.end() :]
    return rng.choice(_FILLERS) + said
