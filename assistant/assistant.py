"""The assistant: a question goes in, an answer whose every statement carries a verified quote comes out."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Question, Reason
from assistant.chat_model import rephrase
from assistant.compose import compose
from assistant.decide import ANSWER_BESIDE_FROM, ANSWER_FROM, ANSWER_UNNAMED_FROM, Signals, signals
from assistant.english import in_english, into_japanese, worded
from assistant.english_phrases import introduce, put_to
from assistant.evidence import Evidence, asks_own_date, gather, holds_quoted, place_words, years_stated
from assistant.kana import in_kana, respell
from assistant.kinds import offices
from assistant.phrases import Phrases
from assistant.reading import Reader
from assistant.say import Told, say
from assistant.statement import Statement, apart, cite
from assistant.suggest import FOLLOW_UPS, examples_for, follow_ups
from assistant.table_rows import has_figures
from assistant.understand import Understanding, understand
from assistant.wording import MENTIONED, Wanted
from index.index import Index
from index.query import Hit, Query
from index.static_embedder import open_words
from index.tokens import terms
from ingest.document import Chunk, Plan

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

HITS = 40  # chunks of a municipality that are looked at closely
ALL_NOUNS = (
    0.95  # share of the topic nouns from which a plan that is asked whether it says something is taken to say it
)
NEAR_FROM = 0.2  # share of a question's rarity that a passage must cover to be shown as near to it
PART_STATEMENTS = 1  # of each part of a question that asks several things
TOWNS_AT_ONCE = 5  # the most municipalities that one answer speaks of (the contract's limit)
COVER = 12  # chunks at the beginning of a plan, among which its cover is
TITLE_WORDS = 2  # words of its own title that name one of a municipality's plans
REMEMBERED = 10_000  # suggested questions of which it is remembered whether they get an answer
STREAM_PIECE = 12  # characters of an answer sent at a time


@dataclass(frozen=True, slots=True)
class _Found:
    """What one municipality's plans hold for a question."""

    code: str
    asked: Understanding
    evidence: list[Evidence]
    chunks: list[Chunk]  # of the plans that the evidence may come from
    told: Signals
    probability: float
    mentions: bool  # the best piece covers every topic noun of the question, or its years where it has no noun
    dated: bool  # the best piece and its headings state every year of the question
    quoted: bool  # the best piece holds every word that the question puts in 「」


class Assistant:
    """Answers questions over one index. Safe for threads; the clock decides which plans have expired."""

    def __init__(self, index: Index, *, clock: Callable[[], datetime], chat_model: BaseChatModel | None = None) -> None:
        """Take an open index, a clock in Japan time, and a chat model or none."""
        self.index = index
        self._clock = clock
        self._chat_model = chat_model
        self._reader = Reader(index, open_words())
        self._phrases = Phrases(index.plans)
        self._answers = lru_cache(REMEMBERED)(self._gets_answer)  # suggestions come again and again
        self._plans_of: dict[str, list[str]] = {}  # a municipality's plans, the current ones first
        for plan in index.plans:
            self._plans_of.setdefault(plan.municipality_code, []).append(plan.plan_id)
        self._codes = tuple(self._plans_of)

    def answer(self, question: Question) -> Answer:
        """Return the answer to ``question``. Raises ``UnknownMunicipalityError`` for an unknown filter entry."""
        started = time.perf_counter()
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
        hits = [hit for code in asked.scope.codes or self._codes for hit in self._ranked(asked.for_town(code), code, k)]
        return sorted(hits, key=lambda hit: -hit.score)[:k]

    def weigh(self, question: Question) -> list[Signals]:
        """Return what the decision to answer weighs, for each municipality that ``question`` is put to; empty where it is refused.

        Pieces that lack what is asked for in so many words are never answered with, and are left out.
        """
        asked = understand(self._spelt(question), self.index.plans)
        if self._refuse_early(question, asked) is not None:
            return []
        return [found.told for found in self._search(asked) if not found.evidence[0].lacking]

    def examples(self, municipality: str = "") -> tuple[str, ...]:
        """Return example questions that the index answers, for one municipality's name or for all."""
        return examples_for(self.index, municipality, self._answers)

    def _gets_answer(self, text: str, municipality: str) -> bool:
        """Return whether a question put to one municipality gets an answer."""
        asked = understand(Question(text, (municipality,)), self.index.plans)
        return self._refuse_early(Question(text), asked) is None and bool(self._answerable(asked))

    def _spelt(self, question: Question) -> Question:
        """Return a question written in kana or in English, with its history, in the plans' words; others as they are."""
        if in_english(question.text):
            history = tuple(replace(turn, content=worded(turn.content)) for turn in question.history)
            return replace(question, text=into_japanese(question.text), history=history)
        if not in_kana(question.text):
            return question
        return replace(question, text=respell(question.text, self._reader.readings()))

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
        found = self._answerable(asked)
        if not found:
            near = self._near(asked)
            codes = asked.scope.codes
            if not codes and not near:
                return self._abstain(question, Reason.OUT_OF_SCOPE, self._phrases.out_of_scope())
            names = self._names(codes)
            ways_on = self.examples(names[0])[:FOLLOW_UPS] if len(names) == 1 else ()
            return self._abstain(question, Reason.NOT_IN_PLANS, self._phrases.not_found(names, near), ways_on)
        if not asked.scope.locked and len(found) > TOWNS_AT_ONCE:
            names = self._names([f.code for f in found])
            choices = tuple(put_to(name, question.text) for name in names)
            return self._abstain(question, Reason.AMBIGUOUS_MUNICIPALITY, self._phrases.many(names), choices)
        return self._say(question, asked, found)

    def _answerable(self, asked: Understanding) -> list[_Found]:
        """Return the municipalities whose plans answer, in the order asked for (best first when none was named)."""
        looked_at = self._search(asked)
        threshold = ANSWER_FROM if asked.scope.locked else ANSWER_UNNAMED_FROM
        if asked.scope.locked and any(f.probability >= threshold for f in looked_at):
            threshold = ANSWER_BESIDE_FROM
        if Wanted.WHICH_TOWN in asked.wanted:
            return self._meant([f for f in looked_at if self._tells_of(f, asked.scope.beside)], asked, threshold)
        found = [
            f
            for f in looked_at
            if ((f.probability >= threshold and not f.evidence[0].lacking) or self._all_parts(f))
            and self._tells_of(f, asked.scope.beside)
        ]
        if asked.scope.locked:
            return found
        # nobody named a municipality: where one's glossary defines the word, others that merely use it are no answer
        found = [f for f in found if f.told.definition > 0] or found
        return sorted(found, key=lambda f: -f.probability)

    def _meant(self, looked_at: Sequence[_Found], asked: Understanding, threshold: float) -> list[_Found]:
        """Return the municipalities that 「どの町」 means: what is quoted and when it was are binding, and so is mere mention."""
        mere = MENTIONED.search(asked.focus) is not None
        found = [
            f
            for f in looked_at
            if (f.mentions or (f.probability >= threshold and not (mere and f.told.missing_nouns)))
            and not f.evidence[0].lacking
        ]
        if mere and asked.quoted:
            return [f for f in found if all(self._reader.says(f.code, words) for words in asked.quoted)]
        if asked.quoted:  # 「〇〇」とする町: those that say it in other words are not meant
            found = [f for f in found if f.quoted] or found
        if asked.years:
            found = [f for f in found if f.dated] or found
        return found

    def _all_parts(self, found: _Found) -> bool:
        """Return whether each of several things asked is answered, though no one piece tells of all."""
        parts = self._parts(found)
        return len(parts) > 1 and len(parts) == len(found.asked.asks)

    def _parts(self, found: _Found) -> list[_Found]:
        """Return what answers each part of a question that asks several things of one municipality."""
        if len(found.asked.scope.codes) != 1:
            return []
        parts = (self._search_town(found.asked.for_part(text), found.code) for text in found.asked.asks)
        return [p for p in parts if p is not None and p.probability >= ANSWER_FROM and not p.evidence[0].lacking]

    def _tells_of(self, found: _Found, others: Sequence[str]) -> bool:
        """Return whether the municipality's plans speak of the other municipalities and of the office asked about."""
        return all(self._reader.says(found.code, name) for name in (*others, *offices(found.asked.focus)))

    def _search(self, asked: Understanding) -> list[_Found]:
        found = (self._search_town(asked.for_town(code), code) for code in asked.scope.codes or self._codes)
        return [f for f in found if f is not None]

    def _search_town(self, part: Understanding, code: str) -> _Found | None:
        """Return what a municipality's plans hold: the current ones first, replaced ones only where those do not answer."""
        hits = self._hits(part, code)
        plans = self._plans_meant(part, code)
        replaced = [plan_id for plan_id in plans if plan_id in self.index.superseded]
        current = self._weigh(part, code, hits, [plan_id for plan_id in plans if plan_id not in replaced])
        if not replaced or (current is not None and current.probability >= ANSWER_FROM):
            return current
        earlier = self._weigh(part, code, hits, replaced)
        return max((f for f in (current, earlier) if f is not None), key=lambda f: f.probability, default=None)

    def _plans_meant(self, part: Understanding, code: str) -> Sequence[str]:
        """Return the one of a municipality's several plans that the question names by its title, else all of them."""
        plans = self._plans_of[code]
        if len(plans) < 2:
            return plans
        titles = {plan_id: frozenset(terms(self._plan(plan_id).title)) for plan_id in plans}
        shared = frozenset.intersection(*titles.values())
        asked = frozenset(terms(part.focus))
        named = sorted(((len((words - shared) & asked), plan_id) for plan_id, words in titles.items()), reverse=True)
        (most, plan_id), (next_most, _) = named[:2]
        return (plan_id,) if most >= TITLE_WORDS and most > 2 * next_most else plans

    def _weigh(self, part: Understanding, code: str, hits: Sequence[Hit], plans: Sequence[str]) -> _Found | None:
        """Return what some of a municipality's plans hold, the best pieces first; ``None`` when they hold nothing near."""
        evidence = gather(part, [hit for hit in hits if hit.chunk.plan_id in plans], self._reader)
        if not evidence:
            return None
        chunks = [chunk for plan_id in plans for chunk in self.index.chunks(plan_id)]
        told = signals(part, evidence, chunks, self._reader)
        return _Found(
            code=code,
            asked=part,
            evidence=evidence,
            chunks=chunks,
            told=told,
            probability=told.probability(),
            mentions=told.nouns >= ALL_NOUNS or (part.only_years and not told.years),
            dated=years_stated(part, place_words(evidence[0].chunk, evidence[0].unit)) == 1.0,
            quoted=holds_quoted(part, evidence[0]),
        )

    def _hits(self, part: Understanding, code: str, k: int = HITS) -> list[Hit]:
        hits = self.index.retrieve(Query(part.query, (code,), k)) if part.query.strip() else []
        return [*hits, *self._covers(code, hits)] if asks_own_date(part) else hits

    def _covers(self, code: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return what stands before the first heading of a municipality's plans, where their dates are: no search finds it."""
        found = {hit.chunk.chunk_id for hit in hits}
        covers = (
            c for plan_id in self._plans_of[code] for c in self.index.chunks(plan_id)[:COVER] if not c.heading_path
        )
        return [Hit(c, 0.0, 0.0, 0.0, (0.0,) * len(c.units)) for c in covers if c.chunk_id not in found]

    def _ranked(self, part: Understanding, code: str, k: int) -> list[Hit]:
        """Return a municipality's passages with the score of their best piece (see ``assistant.evidence``)."""
        hits = self._hits(part, code, max(k, HITS))
        best: dict[str, float] = {}
        for evidence in gather(part, hits, self._reader):
            best.setdefault(evidence.chunk.chunk_id, evidence.score)
        return [replace(hit, score=best[hit.chunk.chunk_id]) for hit in hits if hit.chunk.chunk_id in best]

    def _say(self, question: Question, asked: Understanding, found: Sequence[_Found]) -> Answer:
        groups = [self._composed(f) for f in found]
        texts, citations = cite([s for group in groups for s in group], self.index, self._clock().date())
        rest = iter(texts)
        told = [
            Told(
                plan=self._plan(f.evidence[0].chunk.plan_id),
                asked=f.asked,
                headings=f.evidence[0].chunk.heading_path,
                texts=tuple(islice(rest, len(group))),
            )
            for f, group in zip(found, groups, strict=True)
        ]
        asked_of = asked.scope.codes
        if asked.scope.every and Wanted.WHICH_TOWN not in asked.wanted:
            asked_of = self._codes
        silent = self._names([c for c in asked_of if c not in {f.code for f in found}])
        lines = say(told, silent, asked, question.text, self._phrases) + self._phrases.uncovered(asked.scope.uncovered)
        extractive = Answer(
            id=secrets.token_hex(16),
            question=question.text,
            answer="\n".join(lines),
            abstained=False,
            reason=None,
            citations=citations,
            notices=(*asked.scope.notices, *self._outdated(citations)),
            suggestions=follow_ups(self.index, citations, question.text, self._answers),
            mode="extractive",
            seconds=0.0,
        )
        return rephrase(self._chat_model, extractive) if self._chat_model is not None else extractive

    def _composed(self, found: _Found) -> list[Statement]:
        """Return the statements for one municipality; where several things are asked, with the best one on each part."""
        whole = compose(found.asked, found.evidence, found.chunks, self._reader, self.index)
        best = found.evidence[0].chunk
        sure = found.probability >= ANSWER_BESIDE_FROM and not found.evidence[0].lacking
        if sure and best.row is not None and has_figures(best.row):
            return whole  # a row's cells are told together
        groups = [whole] if sure else []
        for part in self._parts(found):
            if part.evidence[0].chunk.plan_id == best.plan_id:
                groups.append(
                    compose(part.asked, part.evidence, part.chunks, self._reader, self.index)[:PART_STATEMENTS]
                )
        return apart(groups)

    def _abstain(self, question: Question, reason: Reason, text: str, suggestions: tuple[str, ...] = ()) -> Answer:
        return Answer(secrets.token_hex(16), question.text, text, True, reason, (), (), suggestions, "extractive", 0.0)

    def _near(self, asked: Understanding) -> list[tuple[str, str]]:
        """Return the headings nearest to a question that the plans do not answer, each with its municipality."""
        hits = self.index.retrieve(Query(asked.query, asked.scope.codes, 3)) if asked.query.strip() else []
        near = [h.chunk for h in hits if h.chunk.heading_path and h.lexical >= NEAR_FROM]
        places = [(chunk.municipality, " ＞ ".join(chunk.heading_path[-2:])) for chunk in near]
        return list(dict.fromkeys(places))

    def _outdated(self, citations: Sequence[Citation]) -> list[str]:
        """Return what to tell of cited plans that another one has replaced, or whose period has ended."""
        told = []
        for plan_id, expired in dict.fromkeys((c.plan_id, c.expired) for c in citations):
            if (later := self.index.superseded.get(plan_id)) is not None:
                told.append(self._phrases.superseded(self._plan(plan_id), self._plan(later)))
            elif expired:
                told.append(self._phrases.expired(self._plan(plan_id)))
        return told

    def _names(self, codes: Sequence[str]) -> tuple[str, ...]:
        names = {plan.municipality_code: plan.municipality for plan in self.index.plans}
        return tuple(names[code] for code in codes)

    def _plan(self, plan_id: str) -> Plan:
        return next(plan for plan in self.index.plans if plan.plan_id == plan_id)
