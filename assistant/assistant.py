"""The assistant: a question goes in, an answer whose every statement carries a verified quote comes out."""

from __future__ import annotations

import secrets
import time
from collections import ChainMap
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from assistant.answer import Answer, Question, Reason
from assistant.asking import counts_in_kanji
from assistant.chat_model import rephrase
from assistant.choose import answering
from assistant.compose import compose
from assistant.decide import ANSWER_BESIDE_FROM, Signals
from assistant.dialect import in_standard
from assistant.english import in_english, into_japanese, worded
from assistant.english_phrases import introduce, put_to
from assistant.evidence import holds_topic
from assistant.kana import in_kana, katakana, respell
from assistant.look_up import Found, LookUp
from assistant.phrases import Phrases
from assistant.plan_notices import more_measures, outdated, titles_meant, which_plan
from assistant.reading import Reader
from assistant.say import Told, say
from assistant.statement import Statement, apart, cite
from assistant.suggest import FOLLOW_UPS, examples_for, follow_ups
from assistant.table_rows import has_figures
from assistant.understand import Understanding, understand
from assistant.watch import UNWATCHED, Stage, Watch
from assistant.wording import Wanted
from index.index import Index
from index.query import Hit, Query
from index.static_embedder import open_words
from ingest.document import Chunk

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NEAR_FROM = 0.2  # share of a question's rarity that a passage must cover to be shown as near to it
SURE = 0.9  # probability of an answer from which it may begin with a plain yes
PART_STATEMENTS = 1  # of each part of a question that asks several things
TOWNS_AT_ONCE = 5  # the most municipalities that one answer speaks of (the contract's limit)
REMEMBERED = 10_000  # suggested questions of which it is remembered whether they get an answer
STREAM_PIECE = 12  # characters of an answer sent at a time


class Assistant:
    """Answers questions over one index. Safe for threads; the clock decides which plans have expired."""

    def __init__(self, index: Index, *, clock: Callable[[], datetime], chat_model: BaseChatModel | None = None) -> None:
        """Take an open index, a clock in Japan time, and a chat model or none."""
        self.index = index
        self._clock = clock
        self._chat_model = chat_model
        self._reader = Reader(index, open_words())
        self._phrases = Phrases(index.plans)
        self._town_sounds = {katakana(plan.reading): plan.municipality for plan in index.plans if plan.reading}
        self._answered: dict[tuple[str, str], bool] = {}  # suggestions come again and again
        self._look_up = LookUp(index, self._reader)
        self._look_up_aside = self._look_up  # for suggestions, which nobody watches
        self._watch: Watch = UNWATCHED

    def extractive(self) -> Assistant:
        """Return this assistant without its chat model, over the same index: for what is asked and not shown."""
        if self._chat_model is None:
            return self
        other = copy(self)
        other._chat_model = None
        return other

    def watched(self, watch: Watch) -> Assistant:
        """Return this assistant with ``watch`` looking on at its answers, over the same index."""
        other = copy(self)
        other._watch = watch
        other._look_up = LookUp(self.index, self._reader, watch)
        return other

    def answer(self, question: Question) -> Answer:
        """Return the answer to ``question``. Raises ``UnknownMunicipalityError`` for an unknown filter entry."""
        started = time.perf_counter()
        with self._watch.stage(Stage.WHOLE):
            with self._watch.stage(Stage.UNDERSTAND):
                asked = understand(self._spelt(question), self.index.plans)
            reply = self._refuse_early(question, asked) or self._answer(question, asked)
            reply = introduce(reply) if in_english(question.text) else reply
        return replace(reply, seconds=round(time.perf_counter() - started, 4), corpus=self.index.generation)

    def stream(self, question: Question) -> Iterator[str | Answer]:
        """Yield the answer's text in pieces, then the whole ``Answer``. Nothing unverified is ever sent."""
        answer = self.answer(question)
        for at in range(0, len(answer.answer), STREAM_PIECE):
            yield answer.answer[at : at + STREAM_PIECE]
        yield answer

    def retrieve(self, question: Question, k: int) -> list[Hit]:
        """Return the ``k`` best passages that an answer to ``question`` would be drawn from, whether it answers or not.

        Raises ``UnknownMunicipalityError`` for an unknown filter entry.
        """
        asked = understand(self._spelt(question), self.index.plans)
        if asked.scope.locked and not asked.scope.codes:
            return []
        hits = [
            hit
            for code in self.index.promising(asked.query, asked.scope.codes)
            for hit in self._look_up.ranked(asked.for_town(code), code, k)
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:k]

    def weigh(self, question: Question) -> list[Signals]:
        """Return what the decision to answer weighs, for each municipality that ``question`` is put to; empty where it is refused.

        Pieces that lack what is asked for in so many words are never answered with, and are left out.
        """
        asked = understand(self._spelt(question), self.index.plans)
        if self._refuse_early(question, asked) is not None:
            return []
        return [found.told for found in self._look_up.towns(asked) if not found.evidence[0].lacking]

    def examples(self, municipality: str = "") -> tuple[str, ...]:
        """Return example questions that the index answers, for one municipality's name or for all."""
        return examples_for(self.index, municipality, self._answers)

    def _answers(self, text: str, municipality: str) -> bool:
        """Return whether a question put to one municipality gets an answer.

        The memory is the assistant's own: one that held the assistant (``lru_cache`` does) would keep it, its index and its
        files after a newer index has taken its place.
        """
        known = self._answered.get((text, municipality))
        if known is None:
            if len(self._answered) >= REMEMBERED:
                self._answered.clear()
            known = self._answered[text, municipality] = self._gets_answer(text, municipality)
        return known

    def _gets_answer(self, text: str, municipality: str) -> bool:
        asked = understand(Question(text, (municipality,)), self.index.plans)
        return self._refuse_early(Question(text), asked) is None and bool(
            answering(asked, self._look_up_aside, self._reader)
        )

    def _spelt(self, question: Question) -> Question:
        """Return a question written in kana, or with its history in English or in dialect, as plans are written; others as they are."""
        if in_english(question.text):
            history = tuple(replace(turn, content=worded(turn.content)) for turn in question.history)
            return replace(question, text=into_japanese(question.text), history=history)
        text = respell(counts_in_kanji(question.text), self._sounds()) if in_kana(question.text) else question.text
        history = tuple(replace(t, content=in_standard(t.content)) if t.role == "user" else t for t in question.history)
        return replace(question, text=in_standard(text), history=history)

    def _sounds(self) -> ChainMap[str, str]:
        """Return the words of all plans by reading, and the municipalities' names, which hold such words and come before them."""
        return ChainMap(self._town_sounds, self._reader.sounds())

    def _refuse_early(self, question: Question, asked: Understanding) -> Answer | None:
        scope = asked.scope
        if scope.unclear:
            names = self._names(scope.codes)
            choices = tuple(question.text.replace(scope.unclear, name, 1) for name in names)
            return self._abstain(
                question, Reason.AMBIGUOUS_MUNICIPALITY, self._phrases.unclear(scope.unclear, names), choices
            )
        if scope.uncovered and not scope.codes:
            return self._abstain(question, Reason.MUNICIPALITY_NOT_COVERED, self._phrases.not_covered(scope.uncovered))
        if asked.off_topic:
            return self._abstain(question, Reason.OUT_OF_SCOPE, self._phrases.out_of_scope())
        return None

    def _answer(self, question: Question, asked: Understanding) -> Answer:
        with self._watch.stage(Stage.LOOK_UP):
            found = answering(asked, self._look_up, self._reader)
        if not found:
            near = self._near(asked)
            codes = asked.scope.codes
            if not codes and not near:
                return self._abstain(question, Reason.OUT_OF_SCOPE, self._phrases.out_of_scope())
            names = self._names(codes)
            ways_on = self.examples(names[0])[:FOLLOW_UPS] if len(names) == 1 else ()
            return self._abstain(
                question,
                Reason.NOT_IN_PLANS,
                self._phrases.not_found(names, near, titles_meant(asked, self.index)),
                ways_on,
            )
        if (not asked.scope.locked or self.index.are_many(asked.scope.codes)) and len(found) > TOWNS_AT_ONCE:
            names = self._names([f.code for f in found])
            choices = tuple(put_to(name, question.text) for name in names)
            return self._abstain(question, Reason.AMBIGUOUS_MUNICIPALITY, self._phrases.many(names), choices)
        with self._watch.stage(Stage.SAY):
            extractive = self._say(question, asked, found)
        return rephrase(self._chat_model, extractive, watch=self._watch) if self._chat_model is not None else extractive

    def _say(self, question: Question, asked: Understanding, found: Sequence[Found]) -> Answer:
        groups = [self._composed(f) for f in found]
        texts, citations = cite([s for group in groups for s in group], self.index, self._clock().date())
        rest = iter(texts)
        told = [
            Told(
                plan=self.index.plan(f.evidence[0].chunk.plan_id),
                asked=f.asked,
                headings=f.evidence[0].chunk.heading_path,
                sure=f.probability >= SURE and holds_topic(f.asked, f.evidence[0]),
                texts=tuple(islice(rest, len(group))),
            )
            for f, group in zip(found, groups, strict=True)
        ]
        asked_of = asked.scope.codes
        if asked.scope.every and Wanted.WHICH_TOWN not in asked.wanted:
            asked_of = self.index.codes
        if self.index.are_many(asked.scope.codes):
            asked_of = ()  # not all of them were looked into, and nobody reads hundreds of names
        silent = self._names([c for c in asked_of if c not in {f.code for f in found}])
        lines = say(told, silent, asked, question.text, self._phrases) + self._phrases.uncovered(asked.scope.uncovered)
        return Answer(
            id=secrets.token_hex(16),
            question=question.text,
            answer="\n".join(lines),
            abstained=False,
            reason=None,
            citations=citations,
            notices=(
                *asked.scope.notices,
                *which_plan(found, self.index, self._phrases),
                *more_measures(found, self._reader, self._phrases),
                *outdated(citations, self.index, self._phrases),
            ),
            suggestions=follow_ups(self.index, citations, question.text, self._answers),
            mode="extractive",
            seconds=0.0,
        )

    def _composed(self, found: Found) -> list[Statement]:
        """Return the statements for one municipality; where several things are asked, with the best one on each part."""
        whole = compose(found.asked, found.evidence, found.chunks, self._reader, self.index)
        best = found.evidence[0].chunk
        sure = found.probability >= ANSWER_BESIDE_FROM and not found.evidence[0].lacking
        parts = [
            compose(part.asked, part.evidence, part.chunks, self._reader, self.index)[:PART_STATEMENTS]
            for part in self._look_up.parts(found)
            if part.evidence[0].chunk.plan_id == best.plan_id
            and not (sure and _of_one_table(part.evidence[0].chunk, best))
        ]
        return apart([whole, *parts] if sure or not parts else parts)

    def _abstain(self, question: Question, reason: Reason, text: str, suggestions: tuple[str, ...] = ()) -> Answer:
        return Answer(secrets.token_hex(16), question.text, text, True, reason, (), (), suggestions, "extractive", 0.0)

    def _near(self, asked: Understanding) -> list[tuple[str, str]]:
        """Return the headings nearest to a question that the plans do not answer, each with its municipality."""
        hits = self.index.retrieve(Query(asked.query, asked.scope.codes, 3)) if asked.query.strip() else []
        near = [h.chunk for h in hits if h.chunk.heading_path and h.lexical >= NEAR_FROM]
        places = [(chunk.municipality, " ＞ ".join(chunk.heading_path[-2:])) for chunk in near]
        return list(dict.fromkeys(places))

    def _names(self, codes: Sequence[str]) -> tuple[str, ...]:
        names = {plan.municipality_code: plan.municipality for plan in self.index.plans}
        return tuple(names[code] for code in codes)


def _of_one_table(one: Chunk, other: Chunk) -> bool:
    """Return whether two chunks are rows of one table, of which a row of figures is told with all that is asked of it."""
    if one.row is None or other.row is None or not has_figures(other.row):
        return False
    return one.row.table_span == other.row.table_span
