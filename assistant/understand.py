"""A question -> what it is about: the part that asks, the municipalities, the years, the wanted kind and the topic words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Question
from assistant.asked_parts import asked_parts
from assistant.asking import asking_part, normalise_question, strip_markup, wanted_kinds
from assistant.from_history import asked_again, history_words, questions_before, years_made_plain
from assistant.kana import without_readings
from assistant.named_plan import name_words
from assistant.own_wording import ENDING, MAKING, MEASURES, OWN_MEASURES, OWN_PERIOD, OWN_REASON
from assistant.scope import Scope, resolve
from assistant.told_items import nth_told
from assistant.topic_words import ASKING_WEIGHT, KIND_WEIGHT, STORY_WEIGHT
from assistant.towns import find_mentions, without_mentions
from assistant.weighted_words import TopicWord, weighted, words_of_titles
from assistant.wording import IMPLIED, IMPLIED_WEIGHT, NOT_ASKED, NOT_THIS, OF_SEVERAL, OFF_TOPIC, Wanted
from index.tokens import terms
from ingest.document import Plan
from ingest.eras import Year, find_years
from ingest.search_text import normalise

_QUOTED = re.compile(r"[「『\"“]([^」』\"”]{2,60})[」』\"”]")
ASIDE_WEIGHT = 0.25  # words of a long question outside the part that asks
BARE = 0.9  # weight above which a word is a topic of the question's own
YEAR_WEIGHT = 0.4  # what a number counts as a topic word
SHARED = 0.5  # what a word of another part of the same question counts
SHARED_ALONE = 0.25  # the same beside a part that names its own topic
_GAP = re.compile(r"(?<=[ぁ-ん、])\s+(?=[ぁ-んァ-ヶー一-鿿])")
_OWN_PART = 2  # topic words that make a municipality's part of a question


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question is about. ``query`` is the text to search for; ``quoted`` holds what stood in 「」."""

    focus: str
    scope: Scope
    wanted: frozenset[Wanted]
    years: tuple[Year, ...]
    words: tuple[TopicWord, ...]
    quoted: tuple[str, ...]
    query: str
    off_topic: bool
    context: str = ""  # the last question and answer, normalised
    told: str = ""  # the last answer alone, normalised
    parts: tuple[tuple[str, frozenset[str]], ...] = ()
    plan_named: frozenset[str] = (
        frozenset()
    )  # what tells the plan that the question names, see ``assistant.named_plan``
    plan_named_before: frozenset[str] = frozenset()  # the same of the last question before it that names a plan
    asks: tuple[str, ...] = ()  # the parts of a question that asks several things, see ``assistant.asked_parts``

    @property
    def only_years(self) -> bool:
        """Return whether the question names years and no other topic."""
        return bool(self.years) and not any(w.weight > YEAR_WEIGHT for w in self.words if not w.from_history)

    def for_part(self, text: str) -> Understanding:
        """Return what one part of a question asks (see ``assistant.asked_parts``); the words of the others count for less."""
        own = [word for word in self.words if word.surface in text]
        topics = sum(word.weight > KIND_WEIGHT for word in own)
        share = SHARED_ALONE if topics >= _OWN_PART else SHARED if any(w.weight > STORY_WEIGHT for w in own) else 1.0
        words = tuple(word if word in own else replace(word, weight=word.weight * share) for word in self.words)
        others = [word.surface for word in self.words if word not in own and word.weight > STORY_WEIGHT]
        return replace(
            self,
            focus=text,
            wanted=wanted_kinds(text) - OF_SEVERAL,
            years=tuple(find_years(text)) or self.years,
            words=words,
            quoted=tuple(words for words in self.quoted if words in text),
            query=" ".join([text, *others]),
            asks=(),
        )

    def written(self, wrong: str, right: str) -> Understanding:
        """Return the question with some of its words written otherwise (see ``assistant.misspelt``)."""
        words = {word.term: word for word in weighted(right, 1.0, frozenset())}
        others = [w for w in self.words if w.term not in words and (w.from_history or w.surface not in wrong)]
        return replace(
            self,
            focus=self.focus.replace(wrong, right),
            words=(*words.values(), *others),
            query=self.query.replace(wrong, right),
            asks=tuple(text.replace(wrong, right) for text in self.asks),
        )

    def for_town(self, code: str) -> Understanding:
        """Return the part of the question that is about one of several municipalities: 「A町の…と、B町の…」."""
        part = next((words for town, words in self.parts if town == code), None)
        if part is None:
            return self
        words = tuple(word for word in self.words if word.term in part)
        return replace(self, words=words, query=" ".join(word.surface for word in words))


def understand(question: Question, plans: Sequence[Plan]) -> Understanding:
    """Return what ``question`` is about. Raises ``UnknownMunicipalityError`` for an unknown filter entry."""
    text = without_readings(strip_markup(question.text))
    focus = nth_told(asking_part(text), question.history)
    scope = resolve(focus, text, question.municipalities, question.history, plans)
    focus_words = normalise_question(without_mentions(focus, plans, keep=scope.beside))
    focus_words = years_made_plain(asked_again(focus_words, question.history, plans), question.history)
    focus_words = NOT_ASKED.sub("", focus_words) or focus_words
    whole_words = normalise_question(without_mentions(text, plans))
    asking = _joined(focus_words)
    asked = [plan for plan in plans if not scope.codes or plan.municipality_code in scope.codes]
    title_words = words_of_titles(asked)
    words = _own_words(focus_words, whole_words, title_words)
    of_asking = (MAKING if OWN_REASON.search(asking) else frozenset()) | (
        ENDING if OWN_PERIOD.search(asking) else frozenset()
    )
    words = [replace(w, weight=w.weight * ASKING_WEIGHT) if w.term in of_asking else w for w in words]
    words += _implied(asking, words)
    words += history_words(focus_words, focus, words, question.history, plans)
    if OWN_MEASURES.search(asking) and not any(w.from_history or w.weight > BARE for w in words):
        words += [TopicWord(term, MEASURES, IMPLIED_WEIGHT) for term in terms(MEASURES)]
    return Understanding(
        focus=asking,
        scope=scope,
        wanted=wanted_kinds(asking) - (OF_SEVERAL if scope.locked and len(scope.codes) == 1 else frozenset()),
        years=tuple(find_years(focus_words)),
        words=tuple(words),
        quoted=tuple(normalise(m[1]) for m in _QUOTED.finditer(focus) if not NOT_THIS.match(focus, m.end() - 1)),
        query=" ".join([focus_words, *(w.surface for w in words if w.from_history or w.surface == MEASURES)]),
        off_topic=OFF_TOPIC.search(focus) is not None or not (scope.locked or _has_topic(words)),
        context=" ".join(normalise_question(strip_markup(turn.content)) for turn in question.history[-2:]),
        told=next((normalise(t.content) for t in reversed(question.history) if t.role == "assistant"), ""),
        parts=_parts(focus, plans, title_words) if len(scope.codes) > 1 else (),
        plan_named=name_words(focus_words),
        plan_named_before=next(filter(None, map(name_words, questions_before(question.history))), frozenset()),
        asks=asked_parts(focus_words),
    )


def _joined(focus: str) -> str:
    """Return a question without the gaps that やさしい日本語 leaves between words: the patterns of asking know none."""
    return _GAP.sub("", focus)


def _parts(focus: str, plans: Sequence[Plan], title_words: frozenset[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each municipality's own words when every one of several is asked something else, else nothing.

    What stands before the first name is asked of all.
    """
    mentions = [m for m in find_mentions(focus, plans) if m.codes]
    if len(mentions) < 2:
        return ()
    starts = [m.start if m.prefecture else m.end for m in mentions]
    ends = [*(m.start for m in mentions[1:]), len(focus)]
    pieces = [_topic_terms(focus[a:b], title_words) for a, b in zip(starts, ends, strict=True)]
    if any(len(piece) < _OWN_PART for piece in pieces):
        return ()
    shared = _topic_terms(focus[: mentions[0].start], title_words)
    return tuple((code, shared | piece) for m, piece in zip(mentions, pieces, strict=True) for code in m.codes)


def _topic_terms(text: str, title_words: frozenset[str]) -> frozenset[str]:
    return frozenset(w.term for w in weighted(normalise_question(text), 1.0, title_words) if w.weight > STORY_WEIGHT)


def _has_topic(words: Sequence[TopicWord]) -> bool:
    return any(word.weight > STORY_WEIGHT and not word.term.isdecimal() for word in words)


def _implied(focus: str, own: Sequence[TopicWord]) -> list[TopicWord]:
    """Return the words that a question means without saying them: how long a plan runs is its 期間."""
    known = {word.term for word in own}
    kinds = wanted_kinds(focus)
    bare = not any(word.weight > BARE for word in own)
    meant = [surface for kind, surface, always in IMPLIED if kind in kinds and (always or bare)]
    return [
        TopicWord(term, surface, IMPLIED_WEIGHT) for surface in meant for term in terms(surface) if term not in known
    ]


def _own_words(focus: str, whole: str, title_words: frozenset[str]) -> list[TopicWord]:
    words: dict[str, TopicWord] = {}
    for word in weighted(focus, 1.0, title_words):
        if word.term not in words or word.weight > words[word.term].weight:
            words[word.term] = word
    for word in weighted(whole, ASIDE_WEIGHT, title_words):
        words.setdefault(word.term, word)
    return list(words.values())
