"""Questions as they are typed without turning kana into kanji."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import jaconv

from evals.generate.town_names import name_spans, touches
from index.tokens import Token, tokenize
from ingest.document import Plan

_KANJI = re.compile(r"[一-龥々]")
_PARTED = 0.5  # share of the questions that are parted into phrases, as a reader of やさしい日本語 would type them
# Words that change their sound beside each other, which Sudachi's short units cannot know.
_PHRASES = {"何曜日": "なんようび", "何時": "なんじ"} | {
    f"何{particle}": f"なに{particle}" for particle in "をがもはかに"
}
# Words that are commonly read otherwise than Sudachi does.
_READINGS = {"何": "なん", "私": "わたし", "他": "ほか"}


def in_kana(text: str, plans: Sequence[Plan], rng: random.Random) -> str:
    """Return ``text`` with its kanji as hiragana; covered municipalities by their own readings, others left as they are.

    >>> in_kana("計画の期間はいつまでですか。", (), random.Random(3))
    'けいかくの きかんは いつまでですか。'
    >>> in_kana("計画の期間はいつまでですか。", (), random.Random(2))
    'けいかくのきかんはいつまでですか。'
    """
    between = " " if rng.random() < _PARTED else ""
    for phrase, reading in _PHRASES.items():
        text = text.replace(phrase, reading)
    spans = name_spans(text, plans)
    out: list[str] = []
    before: Token | None = None
    for token in tokenize(text):
        if between and before is not None and _begins_phrase(token, before):
            out.append(between)
        out.append(token.surface if touches(token.start, token.end, spans) else _kana(token))
        before = token
    said = "".join(out)
    for plan in plans:
        said = said.replace(plan.municipality, plan.reading)
    return said


def _kana(token: Token) -> str:
    if not _KANJI.search(token.surface):
        return token.surface
    return _READINGS.get(token.surface) or jaconv.kata2hira(token.reading)


def _begins_phrase(token: Token, before: Token) -> bool:
    """Return whether a phrase (文節) begins: a word of its own right after a particle."""
    return before.pos[0] == "助詞" and token.pos[0] not in ("助詞", "助動詞", "補助記号", "空白", "接尾辞")
