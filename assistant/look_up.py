"""What the plans of one municipality hold for a question: its evidence, what speaks for it, and how sure that makes us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.complete import same_record
from assistant.decide import ANSWER_FROM, Signals, signals
from assistant.evidence import Evidence, gather, holds_quoted
from assistant.misspelt import misspelt
from assistant.own_times import asks_own_date
from assistant.places import place_words, years_stated
from assistant.reading import Reader
from assistant.topic_words import KIND_WEIGHT
from assistant.understand import Understanding
from assistant.watch import UNWATCHED, Stage, Watch
from index.index import Index
from index.query import Hit, Query
from index.tokens import terms
from ingest.document import Chunk

HITS = 40  # chunks of a municipality that are looked at closely
# Share of the topic nouns from which a plan that is asked whether it says something is taken to say it.
ALL_NOUNS = 0.95
OWN_DATE = (
    0.9  # how sure the date on a plan's cover makes us of when it was made, which no word of the question is near to
)
COVER = 12  # chunks at the beginning of a plan, among which its cover is
OWN_TOPICS = 2  # topic words with which a part of a question stands on its own
BESIDE = 0.75  # of the best piece's score, for a piece of the section that the first part is answered from
TITLE_WORDS = 2  # words of its own title that name one of a municipality's plans


@dataclass(frozen=True, slots=True)
class Found:
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


class LookUp:
    """Looks a question up in one index, municipality by municipality. Safe for threads."""

    def __init__(self, index: Index, reader: Reader, watch: Watch = UNWATCHED) -> None:
        """Take an open index, the reader of its chunks, and what looks on at the searches."""
        self._index = index
        self._watch = watch
        self._reader = reader
        self._plans_of: dict[str, list[str]] = {}  # a municipality's plans, the current ones first
        for plan in index.plans:
            self._plans_of.setdefault(plan.municipality_code, []).append(plan.plan_id)
        self._titles = {plan.plan_id: plan.title for plan in index.plans}

    def towns(self, asked: Understanding) -> list[Found]:
        """Return what each municipality in scope holds, those without anything near left out.

        Of very many municipalities only the promising ones are looked into (see ``Index.promising``).
        """
        codes = self._index.promising(asked.query, asked.scope.codes)
        found = (self.town(self._spelt(asked.for_town(code), code), code) for code in codes)
        return [f for f in found if f is not None]

    def town(self, part: Understanding, code: str) -> Found | None:
        """Return what a municipality's plans hold: the current ones first, replaced ones only where those do not answer."""
        hits = self._hits(part, code)
        plans = self._plans_meant(part, code)
        replaced = [plan_id for plan_id in plans if plan_id in self._index.superseded]
        current = self._weigh(part, code, hits, [plan_id for plan_id in plans if plan_id not in replaced])
        if not replaced or (current is not None and current.probability >= ANSWER_FROM):
            return current
        earlier = self._weigh(part, code, hits, replaced)
        return max((f for f in (current, earlier) if f is not None), key=lambda f: f.probability, default=None)

    def _spelt(self, part: Understanding, code: str) -> Understanding:
        """Return a question with its misspelt words as the municipality's plans write them."""
        for wrong, right in misspelt(part.focus, self._reader.sounds(code), partial(self._reader.says, code)):
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
        for evidence in gather(part, hits, self._reader):
            best.setdefault(evidence.chunk.chunk_id, evidence.score)
        return [replace(hit, score=best[hit.chunk.chunk_id]) for hit in hits if hit.chunk.chunk_id in best]

    def _plans_meant(self, part: Understanding, code: str) -> Sequence[str]:
        """Return the one of a municipality's several plans that the question names by its title, else all of them."""
        plans = self._plans_of[code]
        if len(plans) < 2:
            return plans
        titles = {plan_id: frozenset(terms(self._titles[plan_id])) for plan_id in plans}
        shared = frozenset.intersection(*titles.values())
        asked = frozenset(terms(part.focus))
        named = sorted(((len((words - shared) & asked), plan_id) for plan_id, words in titles.items()), reverse=True)
        (most, plan_id), (next_most, _) = named[:2]
        return (plan_id,) if most >= TITLE_WORDS and most > 2 * next_most else plans

    def _weigh(self, part: Understanding, code: str, hits: Sequence[Hit], plans: Sequence[str]) -> Found | None:
        """Return what some of a municipality's plans hold, the best pieces first; ``None`` when they hold nothing near."""
        evidence = gather(part, [hit for hit in hits if hit.chunk.plan_id in plans], self._reader)
        if not evidence:
            return None
        chunks = [chunk for plan_id in plans for chunk in self._index.chunks(plan_id)]
        told = signals(part, evidence, chunks, self._reader)
        return Found(
            code=code,
            asked=part,
            evidence=evidence,
            chunks=chunks,
            told=told,
            probability=max(
                told.probability(), 0.0 if told.missing_nouns else OWN_DATE * evidence[0].signals["own_date"]
            ),
            mentions=told.nouns >= ALL_NOUNS or (part.only_years and not told.years),
            dated=years_stated(part, place_words(evidence[0].chunk, evidence[0].unit)) == 1.0,
            quoted=holds_quoted(part, evidence[0]),
        )

    def _hits(self, part: Understanding, code: str, k: int = HITS) -> list[Hit]:
        with self._watch.stage(Stage.RETRIEVE):
            hits = self._index.retrieve(Query(part.query, (code,), k)) if part.query.strip() else []
        return [*hits, *self._covers(code, hits)] if asks_own_date(part) else hits

    def _covers(self, code: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return what stands before the first heading of a municipality's plans, where their dates are: no search finds it."""
        found = {hit.chunk.chunk_id for hit in hits}
        covers = (
            c for plan_id in self._plans_of[code] for c in self._index.chunks(plan_id)[:COVER] if not c.heading_path
        )
        return [Hit(c, 0.0, 0.0, 0.0, (0.0,) * len(c.units)) for c in covers if c.chunk_id not in found]


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
