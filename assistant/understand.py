"""A question -> what it is about: the part that asks, the municipalities, the years, the wanted kind and the topic words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer import Question, Turn
from assistant.asked_parts import asked_parts
from assistant.asking import asking_part, normalise_question, strip_markup, wanted_kinds
from assistant.kana import without_readings
from assistant.named_plan import name_words
from assistant.scope import Scope, resolve
from assistant.told_items import nth_told
from assistant.topic_words import ASKING_WEIGHT, KIND_WEIGHT, PLAN_NOUNS, PLAN_WORDS, STORY_WEIGHT, topic_weight
from assistant.towns import find_mentions, without_mentions
from assistant.wording import (
    IMPLIED,
    IMPLIED_WEIGHT,
    LAST_YEAR,
    NEXT_YEAR,
    NOT_ASKED,
    NOT_THIS,
    OFF_TOPIC,
    POINTS_BACK,
    Wanted,
)
from index.tokens import Token, is_content, terms, tokenize
from ingest.document import Plan
from ingest.eras import Year, find_years
from ingest.search_text import normalise

_QUOTED = re.compile(r"[「『\"“]([^」』\"”]{2,60})[」』\"”]")
ASIDE_WEIGHT = 0.25  # words of a long question outside the part that asks
# What words of earlier questions and of earlier answers count: for a question without topic words, for one that points back or
# has a single one, and for one that could stand alone.
HISTORY_WEIGHTS = ((1.0, 0.6), (0.6, 0.3), (0.25, 0.1))
EARLIER = 0.4  # the share of that which turns before the last two keep
YEAR_WEIGHT = 0.4  # what a number counts as a topic word
_JOINS = frozenset("第次期版・")  # 「第6次」「第2期」 before a plan's name, 「子ども・子育て」 in it
_TITLE_PART = 2  # words of a title, its last one counted, that name a plan which is not called 計画
_OF_SEVERAL = frozenset({Wanted.WHICH_TOWN})  # means nothing where one municipality is asked about
SHARED = 0.5  # what a word of another part of the same question counts
SHARED_ALONE = 0.25  # the same beside a part that names its own topic
_GAP = re.compile(r"(?<=[ぁ-ん、])\s+(?=[ぁ-んァ-ヶー一-鿿])")
_OWN_PART = 2  # topic words that make a municipality's part of a question
_OWN_TOPIC = 3  # topic words that make a question stand on its own


@dataclass(frozen=True, slots=True)
class TopicWord:
    """A word of the question: normalised, as written, and how much it counts (1 for a word of the part that asks)."""

    term: str
    surface: str
    weight: float
    from_history: bool = False


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
    plan_words: frozenset[str] = (
        frozenset()
    )  # what tells the plan that the question names, see ``assistant.named_plan``
    plan_words_before: frozenset[str] = frozenset()  # the same of the last question before it that names a plan
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
            wanted=wanted_kinds(text) - _OF_SEVERAL,
            years=tuple(find_years(text)) or self.years,
            words=words,
            quoted=tuple(words for words in self.quoted if words in text),
            query=" ".join([text, *others]),
            asks=(),
        )

    def written(self, wrong: str, right: str) -> Understanding:
        """Return the question with some of its words written otherwise (see ``assistant.misspelt``)."""
        words = {word.term: word for word in _weighted(right, 1.0, frozenset())}
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


@lru_cache(maxsize=4_096)
def _terms_of(title: str) -> frozenset[str]:
    return frozenset(terms(title))


def understand(question: Question, plans: Sequence[Plan]) -> Understanding:
    """Return what ``question`` is about. Raises ``UnknownMunicipalityError`` for an unknown filter entry."""
    text = without_readings(strip_markup(question.text))
    focus = nth_told(asking_part(text), question.history)
    scope = resolve(focus, text, question.municipalities, question.history, plans)
    focus_words = normalise_question(without_mentions(focus, plans, keep=scope.beside))
    focus_words = _years_made_plain(_asked_again(focus_words, question.history, plans), question.history)
    focus_words = NOT_ASKED.sub("", focus_words) or focus_words
    whole_words = normalise_question(without_mentions(text, plans))
    asking = _joined(focus_words)
    asked = [plan for plan in plans if not scope.codes or plan.municipality_code in scope.codes]
    title_words = PLAN_WORDS.union(*(_terms_of(plan.title) for plan in asked))
    words = _own_words(focus_words, whole_words, title_words)
    words += _implied(asking, words)
    words += _history_words(focus_words, focus, words, question.history, plans)
    return Understanding(
        focus=asking,
        scope=scope,
        wanted=wanted_kinds(asking) - (_OF_SEVERAL if scope.locked and len(scope.codes) == 1 else frozenset()),
        years=tuple(find_years(focus_words)),
        words=tuple(words),
        quoted=tuple(normalise(m[1]) for m in _QUOTED.finditer(focus) if not NOT_THIS.match(focus, m.end() - 1)),
        query=" ".join([focus_words, *(w.surface for w in words if w.from_history)]),
        off_topic=OFF_TOPIC.search(focus) is not None or not (scope.locked or _has_topic(words)),
        context=" ".join(normalise_question(strip_markup(turn.content)) for turn in question.history[-2:]),
        told=next((normalise(t.content) for t in reversed(question.history) if t.role == "assistant"), ""),
        parts=_parts(focus, plans, title_words) if len(scope.codes) > 1 else (),
        plan_words=name_words(focus_words),
        plan_words_before=next(filter(None, map(name_words, _questions_before(question.history))), frozenset()),
        asks=asked_parts(focus_words),
    )


def _questions_before(history: Sequence[Turn]) -> Iterator[str]:
    return (normalise(strip_markup(turn.content)) for turn in reversed(history) if turn.role == "user")


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
    return frozenset(w.term for w in _weighted(normalise_question(text), 1.0, title_words) if w.weight > STORY_WEIGHT)


def _has_topic(words: Sequence[TopicWord]) -> bool:
    return any(word.weight > STORY_WEIGHT and not word.term.isdecimal() for word in words)


def _implied(focus: str, own: Sequence[TopicWord]) -> list[TopicWord]:
    """Return the words that a question means without saying them: how long a plan runs is its 期間."""
    known = {word.term for word in own}
    kinds = wanted_kinds(focus)
    bare = not any(word.weight > 0.9 for word in own)
    return [
        TopicWord(term, surface, IMPLIED_WEIGHT)
        for kind, surface, always in IMPLIED
        if kind in kinds and (always or bare)
        for term in terms(surface)
        if term not in known
    ]


def _own_words(focus: str, whole: str, title_words: frozenset[str]) -> list[TopicWord]:
    words: dict[str, TopicWord] = {}
    for word in _weighted(focus, 1.0, title_words):
        if word.term not in words or word.weight > words[word.term].weight:
            words[word.term] = word
    for word in _weighted(whole, ASIDE_WEIGHT, title_words):
        words.setdefault(word.term, word)
    return list(words.values())


def _weighted(text: str, weight: float, title_words: frozenset[str], *, from_history: bool = False) -> list[TopicWord]:
    tokens = tokenize(text)
    plan_itself = _plan_itself(tokens, title_words)
    return [
        TopicWord(
            t.norm.casefold(),
            t.surface,
            weight * (ASKING_WEIGHT if i in plan_itself else topic_weight(t.norm.casefold(), t.pos)),
            from_history,
        )
        for i, t in enumerate(tokens)
        if is_content(t)
    ]


def _plan_itself(tokens: Sequence[Token], title_words: frozenset[str]) -> set[int]:
    """Return the places of the words that only name the plan: 「デジタルの計画」「DX推進計画」「第6次行政改革大綱」."""
    places: set[int] = set()
    for i, token in enumerate(tokens):
        if token.surface not in PLAN_NOUNS or (token.surface != "計画" and token.norm.casefold() not in title_words):
            continue
        j = i - 1
        while j >= 0 and (_in_title(tokens[j], title_words) or (tokens[j].surface == "の" and j == i - 1)):
            j -= 1
        if token.surface == "計画" or i - j > _TITLE_PART:
            places.update(range(j + 1, i + (token.surface != "計画")))
    return places


def _in_title(token: Token, title_words: frozenset[str]) -> bool:
    return token.norm.casefold() in title_words or token.surface in _JOINS or token.surface.isdecimal()


def _history_words(
    focus: str, whole: str, own: Sequence[TopicWord], history: Sequence[Turn], plans: Sequence[Plan]
) -> list[TopicWord]:
    """Return the words that a question takes over from the conversation, when it points back or is too short alone."""
    if not history:
        return []
    topic = sum(w.weight > STORY_WEIGHT for w in own)
    if Wanted.SUPERLATIVE in wanted_kinds(focus) and not any(w.weight > KIND_WEIGHT for w in own):
        topic = 0  # 「2番目に多いのは?」
    points_back = POINTS_BACK.search(focus) is not None
    own_town = bool(topic) and any(mention.codes for mention in find_mentions(whole, plans))
    if (topic >= _OWN_TOPIC or own_town) and not points_back:
        return []
    asked_before, answered = HISTORY_WEIGHTS[0 if topic == 0 else 1 if points_back or topic == 1 else 2]
    words: dict[str, TopicWord] = {}
    for i, turn in enumerate(reversed(history)):
        weight = (asked_before if turn.role == "user" else answered) * (1.0 if i < 2 else EARLIER)
        text = strip_markup(turn.content)
        plain = normalise_question(without_mentions(text, plans))
        for word in _weighted(plain, weight, frozenset(), from_history=True):
            words.setdefault(word.term, word)
    known = {w.term for w in own}
    return [word for term, word in words.items() if term not in known and word.weight > ASKING_WEIGHT / 2]


def _asked_again(focus: str, history: Sequence[Turn], plans: Sequence[Plan]) -> str:
    """Return the question before this one where this one names nothing but a municipality: 「甲町は?」."""
    before = next((turn.content for turn in reversed(history) if turn.role == "user"), "")
    tells = any(topic_weight(t.norm.casefold(), t.pos) > ASKING_WEIGHT for t in tokenize(focus) if is_content(t))
    if not before or tells or wanted_kinds(focus) - _OF_SEVERAL - {Wanted.COMPARE, Wanted.YES_NO}:
        return focus
    return normalise_question(without_mentions(asking_part(strip_markup(before)), plans))


def _years_made_plain(focus: str, history: Sequence[Turn]) -> str:
    """Return the question with 「その次の年度」 as the year it means, counted from the last year of the conversation."""
    shift = 1 if NEXT_YEAR.search(focus) else -1 if LAST_YEAR.search(focus) else 0
    years = [year for turn in history for year in find_years(normalise(turn.content))]
    if not shift or not years:
        return focus
    last = years[-1]
    plain = f"{last.year + shift}{'年度' if last.fiscal else '年'}"
    return (NEXT_YEAR if shift > 0 else LAST_YEAR).sub(plain, focus)
