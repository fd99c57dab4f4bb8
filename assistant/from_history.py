"""What a question takes over from the conversation before it: topic words, the question that it asks again, a year counted on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import Turn
from assistant.asking import asking_part, normalise_question, strip_markup, wanted_kinds
from assistant.topic_words import ASKING_WEIGHT, KIND_WEIGHT, STORY_WEIGHT, topic_weight
from assistant.towns import find_mentions, without_mentions
from assistant.weighted_words import TopicWord, weighted
from assistant.wording import LAST_YEAR, NEXT_YEAR, OF_SEVERAL, POINTS_BACK, Wanted
from index.tokens import is_content, tokenize
from ingest.document import Plan
from ingest.eras import find_years
from ingest.search_text import normalise

# What words of earlier questions and of earlier answers count: for a question without topic words, for one that points back or
# has a single one, and for one that could stand alone.
HISTORY_WEIGHTS = ((1.0, 0.6), (0.6, 0.3), (0.25, 0.1))
EARLIER = 0.4  # the share of that which turns before the last two keep
_OWN_TOPIC = 3  # topic words that make a question stand on its own


def questions_before(history: Sequence[Turn]) -> Iterator[str]:
    """Yield the questions of a conversation, normalised, the last one first."""
    return (normalise(strip_markup(turn.content)) for turn in reversed(history) if turn.role == "user")


def history_words(
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
        for word in weighted(plain, weight, frozenset(), from_history=True):
            words.setdefault(word.term, word)
    known = {w.term for w in own}
    return [word for term, word in words.items() if term not in known and word.weight > ASKING_WEIGHT / 2]


def asked_again(focus: str, history: Sequence[Turn], plans: Sequence[Plan]) -> str:
    """Return the question before this one where this one names nothing but a municipality: 「甲町は?」."""
    before = next((turn.content for turn in reversed(history) if turn.role == "user"), "")
    tells = any(topic_weight(t.norm.casefold(), t.pos) > ASKING_WEIGHT for t in tokenize(focus) if is_content(t))
    if not before or tells or wanted_kinds(focus) - OF_SEVERAL - {Wanted.COMPARE, Wanted.YES_NO}:
        return focus
    return normalise_question(without_mentions(asking_part(strip_markup(before)), plans))


def years_made_plain(focus: str, history: Sequence[Turn]) -> str:
    """Return the question with 「その次の年度」 as the year it means, counted from the last year of the conversation."""
    shift = 1 if NEXT_YEAR.search(focus) else -1 if LAST_YEAR.search(focus) else 0
    years = [year for turn in history for year in find_years(normalise(turn.content))]
    if not shift or not years:
        return focus
    last = years[-1]
    plain = f"{last.year + shift}{'年度' if last.fiscal else '年'}"
    return (NEXT_YEAR if shift > 0 else LAST_YEAR).sub(plain, focus)
