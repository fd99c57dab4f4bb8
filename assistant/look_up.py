"""What the plans of one municipality hold for a question: its evidence, what speaks for it, and how sure that makes us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.complete import same_record
from assistant.decide import ANSWER_FROM, Signals, signals
from assistant.evidence import Evidence, gather, holds_quoted
from assistant.misspelt import misspelt
from assistant.named_plan import named_plans
from assistant.own_contents import asks_contents, is_contents
from assistant.own_measures import asks_measures
from assistant.own_times import asks_own_date, asks_own_period, states_period
from assistant.places import place_words, years_stated
from assistant.reading import Reader
from assistant.topic_words import KIND_WEIGHT
from assistant.understand import Understanding
from assistant.watch import UNWATCHED, Stage, Watch
from index.index import Index
from index.query import Hit, Query
from ingest.document import Chunk

HITS = 40  # chunks of a municipality that are looked at closely
# Share of the topic nouns from which a plan that is asked whether it says something is taken to say it.
ALL_NOUNS = 0.95
PLAN_TELLS = 0.9  # how sure a plan's own date, headings and measures make us, which no word of the question is near to
COVER = 12  # chunks at the beginning of a plan, among which its cover is
OWN_TOPICS = 2  # topic words with which a part of a question stands on its own
BESIDE = 0.75  # of the best piece's score, for a piece of the section that the first part is answered from


@dataclass(frozen=True, slots=True)
class Found:
    """What one municipality's plans hold for a question."""

    code: str
    plans: tuple[str, ...]  # that the evidence may come from
    asked: Understanding
    evidence: list[Evidence]
    chunks: list[Chunk]  # of these plans
    told: Signals
    probability: float
    mentions: bool  # the best piece covers every topic noun of the question, or its years where it has no noun
    dated: bool  # the best piece and its headings state every year of the question
    quoted: bool  # the best piece holds every word that the question puts in 「」


class LookUp:
    """Looks a question up in one index, municipality by municipality. Safe for threads."""

    def __init__(self, index: Index, reader: Reader, watch: Watch = UNWATCHED) -> None:
        """Take an open index, the reader of its chunks, and what looks on at the searches."""
        self._index = index
        self._watch = watch
        self._reader = reader

    def towns(self, asked: Understanding) -> list[Found]:
        """Return what each municipality in scope holds, those without anything near left out.

        Of very many municipalities only the promising ones are looked into (see ``Index.promising``).
        """
        codes = self._index.promising(asked.query, asked.scope.codes or self._codes_meant(asked))
        found = (self.town(self._spelt(asked.for_town(code), code), code) for code in codes)
        return [f for f in found if f is not None]

    def town(self, part: Understanding, code: str) -> Found | None:
        """Return what a municipality's plans hold.

        Of several plans it is those that the question names, else the one that the conversation spoke of, where that answers.
        The current ones come first, replaced ones only where those do not answer.
        """
        own = self._index.plans_of(code)
        meant = named_plans(part.plan_named, own) or own
        before = () if part.plan_named else named_plans(part.plan_named_before, own)
        current = [plan for plan in meant if plan.plan_id not in self._index.superseded]
        replaced = [plan for plan in meant if plan.plan_id in self._index.superseded]
        hits = self._hits(part, code, HITS * len(own))
        best: Found | None = None
        for plans in filter(None, (before, current, replaced)):
            found = self._weigh(part, code, hits, [plan.plan_id for plan in plans])
            if best is None or (found is not None and found.probability > best.probability):
                best = found
            if best is not None and best.probability >= ANSWER_FROM:
                break
        return best

    def _spelt(self, part: Understanding, code: str) -> Understanding:
        """Return a question with its misspelt words as the municipality's plans write them."""
        says = partial(self._reader.says, self._ids(code))
        for wrong, right in misspelt(part.focus, self._reader.sounds(code), says):
            part = part.written(wrong, right)
        return part

    def parts(self, found: Found) -> list[Found]:
        """Return what answers each part of a question that asks several things of one municipality."""
        if len(found.asked.scope.codes) != 1:
            return []
        told: list[Found] = []
        for text in found.asked.asks:
            part = self.town(found.asked.for_part(text), found.code)
            if part is None or part.probability < ANSWER_FROM or part.evidence[0].lacking:
                continue
            told.append(_where_the_first_stands(part, told[0].evidence[0].chunk) if told else part)
        return told

    def ranked(self, part: Understanding, code: str, k: int) -> list[Hit]:
        """Return a municipality's passages with the score of their best piece (see ``assistant.evidence``)."""
        hits = self._hits(part, code, max(k, HITS))
        best: dict[str, float] = {}
        for evidence in gather(part, hits, self._ids(code), self._reader):
            best.setdefault(evidence.chunk.chunk_id, evidence.score)
        return [replace(hit, score=best[hit.chunk.chunk_id]) for hit in hits if hit.chunk.chunk_id in best]

    def _codes_meant(self, asked: Understanding) -> tuple[str, ...]:
        """Return the municipalities that have the plan which a question to all of them names; none where it names none."""
        named = named_plans(asked.plan_named, self._index.plans) if asked.plan_named else ()
        return tuple(dict.fromkeys(plan.municipality_code for plan in named))

    def _weigh(self, part: Understanding, code: str, hits: Sequence[Hit], plans: Sequence[str]) -> Found | None:
        """Return what some of a municipality's plans hold, the best pieces first; ``None`` when they hold nothing near."""
        evidence = gather(part, hits, plans, self._reader)
        if not evidence:
            return None
        chunks = [chunk for plan_id in plans for chunk in self._index.chunks(plan_id)]
        told = signals(part, evidence, chunks, self._reader)
        return Found(
            code=code,
            plans=tuple(plans),
            asked=part,
            evidence=evidence,
            chunks=chunks,
            told=told,
            probability=max(told.probability(), PLAN_TELLS * self._told_of_itself(part, evidence[0], told)),
            mentions=told.nouns >= ALL_NOUNS or (part.only_years and not told.years),
            dated=years_stated(part, place_words(evidence[0].chunk, evidence[0].unit)) == 1.0,
            quoted=holds_quoted(part, evidence[0]),
        )

    def _told_of_itself(self, part: Understanding, best: Evidence, told: Signals) -> float:
        """Return 1 where what is asked is the plan itself, and it tells: what it is about, what is done, when it was made; else 0."""
        if asks_measures(part) and self._reader.measures(best.chunk.plan_id):
            return 1.0
        stated = asks_own_period(part) and states_period(best.unit, self._reader.own_period(best.chunk.plan_id))
        return max(
            best.signals["contents"], 0.0 if told.missing_nouns else best.signals["own_date"], 1.0 if stated else 0.0
        )

    def _ids(self, code: str) -> list[str]:
        return [plan.plan_id for plan in self._index.plans_of(code)]

    def _hits(self, part: Understanding, code: str, k: int = HITS) -> list[Hit]:
        with self._watch.stage(Stage.RETRIEVE):
            hits = self._index.retrieve(Query(part.query, (code,), k)) if part.query.strip() else []
        wanted = self._covers(code) if asks_own_date(part) else self._contents(code) if asks_contents(part) else []
        wanted += self._periods(code) if asks_own_period(part) else []
        found = {hit.chunk.chunk_id for hit in hits}
        return [*hits, *(Hit(c, 0.0, 0.0, 0.0, (0.0,) * len(c.units)) for c in wanted if c.chunk_id not in found)]

    def _covers(self, code: str) -> list[Chunk]:
        """Return what stands before the first heading of a municipality's plans, where their dates are: no search finds it."""
        return [c for plan_id in self._ids(code) for c in self._index.chunks(plan_id)[:COVER] if not c.heading_path]

    def _periods(self, code: str) -> list[Chunk]:
        """Return the passages in which a municipality's plans state their periods, which may be in other words than 計画期間."""
        stated = {plan_id: self._reader.own_period(plan_id) for plan_id in self._ids(code)}
        return [
            chunk
            for plan_id, place in stated.items()
            if place is not None
            for chunk in self._index.chunks(plan_id)
            if any(states_period(unit, place) for unit in chunk.units)
        ]

    def _contents(self, code: str) -> list[Chunk]:
        """Return the outermost headings of a municipality's plans, which need hold no word of the question."""
        return [c for plan_id in self._ids(code) for c in self._index.chunks(plan_id) if is_contents(c)]


def _where_the_first_stands(part: Found, first: Chunk) -> Found:
    """Return a part that names no topic of its own (「いつからですか」) with what the first part's own section says of it."""
    own = sum(word.weight > KIND_WEIGHT for word in part.asked.words if word.surface in part.asked.focus)
    best = part.evidence[0]
    if own >= OWN_TOPICS or same_record(first, best.chunk):
        return part
    beside = [
        e
        for e in part.evidence
        if same_record(first, e.chunk) and not e.lacking and e.kind >= best.kind and e.score >= BESIDE * best.score
    ]
    return replace(part, evidence=[*beside[:1], *part.evidence]) if beside else part
