"""The words of a plan: which it holds at all, and which of a question's stand together in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from evals.same_text import folded
from index.tokens import is_content, tokenize
from ingest.search_text import normalise

_PLACE = 120  # content words that stand near each other: some 300 characters, a long paragraph with its heading


@dataclass(frozen=True)
class PlanWords:
    """A plan's text (``folded`` as answers are compared) and its content words in order."""

    folded: str
    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> PlanWords:
        """Return the words of a plan's text.

        >>> PlanWords.of("取組の期間は<b>５</b>年。").words
        ('取り組み', '期間', '5', '年')
        """
        read = normalise(text)
        words = tuple(token.norm.casefold() for token in tokenize(read) if is_content(token))
        return cls(folded(text), read.casefold(), words)

    def holds(self, word: str) -> bool:
        """Return whether a word stands anywhere, as a word or inside another.

        >>> plan = PlanWords.of("デジタルデバイドの解消")
        >>> plan.holds("デバイド"), plan.holds("デジタル化")
        (True, False)
        """
        return word in self._held or word in self.text

    def places(self, wanted: Mapping[str, AbstractSet[str]]) -> Iterator[frozenset[str]]:
        """Yield, place by place, which of the ``wanted`` words (each with what stands for it) are there.

        >>> plan = PlanWords.of("計画の期間")
        >>> [sorted(place) for place in plan.places({"期間": {"期間"}, "目標": {"目標", "計画"}, "予算": {"予算"}})]
        [['期間', '目標']]
        """
        step = _PLACE // 2
        for start in range(0, max(len(self.words) - step, 1), step):
            there = set(self.words[start : start + _PLACE])
            yield frozenset(word for word, forms in wanted.items() if not there.isdisjoint(forms))

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(self.words)
