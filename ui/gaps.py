"""What was asked and not answered, or answered and of no help: by town, reason and theme, without personal data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Reason
from assistant.topic_words import topic_weight
from assistant.towns import find_mentions
from evals.report.csv_table import csv_table
from index.tokens import tokenize
from ingest.document import Plan
from ui.personal_data import without_personal_data

NOT_HELPFUL = "not_helpful"
REASONS: dict[str, str] = {
    Reason.NOT_IN_PLANS: "計画に記載がない",
    Reason.MUNICIPALITY_NOT_COVERED: "収録していない市町村",
    Reason.AMBIGUOUS_MUNICIPALITY: "どの市町村か分からない",
    Reason.OUT_OF_SCOPE: "計画についての質問ではない",
    NOT_HELPFUL: "答えたが「役に立たなかった」とされた",
}
NO_TOWN = "市町村の指定なし"
NO_THEME = "そのほか"
COLUMNS = ("市町村", "理由", "話題", "件数", "質問（個人の情報は除いてあります）", "ご意見")
_PLACEHOLDER = re.compile(r"〔[^〕]*〕")
_WHOLE_TOPIC = 1.0  # weight of a word that names a topic, see ``assistant.topic_words``


@dataclass(frozen=True, slots=True)
class Unmet:
    """A question that was not met: ``reason`` one of ``REASONS``, the towns cited, and what was said of it.

    ``chosen`` are the towns, by name or code, that it was asked with.
    """

    question: str
    reason: str
    chosen: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """One question of a gap, and the comment on its answer; personal data are taken out of both.

    It does not name the answer: whoever has an answer's id can read the question as it was typed.
    """

    question: str
    comment: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions about one theme of one town that were not met for one reason, the newest first."""

    municipality: str
    reason: str
    theme: str
    examples: tuple[Example, ...]

    @property
    def count(self) -> int:
        """How many questions there were."""
        return len(self.examples)


def find_gaps(asked: Iterable[Unmet], plans: Sequence[Plan]) -> list[Gap]:
    """Return the gaps, those of the most questions first. ``asked`` is in the order of time."""
    unmet = list(asked)
    questions = [without_personal_data(one.question) for one in unmet]
    topics = [_topics(question, plans) for question in questions]
    common = Counter(word for words in topics for word in dict.fromkeys(words))
    groups: dict[tuple[str, str, str], list[Example]] = {}
    for one, question, words in zip(unmet, questions, topics, strict=True):
        theme = max(words, key=lambda word: common[word], default=NO_THEME)
        example = Example(question, without_personal_data(one.comment))
        for town in _named(question, plans) or _chosen(one, plans) or one.cited or (NO_TOWN,):
            groups.setdefault((town, one.reason, theme), []).append(example)
    gaps = [Gap(*key, tuple(reversed(examples))) for key, examples in groups.items()]
    return sorted(gaps, key=lambda gap: (-gap.count, gap.municipality, gap.reason, gap.theme))


def gaps_csv(gaps: Iterable[Gap]) -> str:
    """Return one row a gap, as a file for spreadsheets."""
    return csv_table(COLUMNS, map(_cells, gaps))


def _cells(gap: Gap) -> tuple[str, ...]:
    questions = "\n".join(dict.fromkeys(example.question for example in gap.examples))
    comments = "\n".join(example.comment for example in gap.examples if example.comment)
    return (gap.municipality, REASONS[gap.reason], gap.theme, str(gap.count), questions, comments)


def _named(question: str, plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the municipalities that a question names, covered ones by their full names; its prefecture where it names none."""
    mentions = find_mentions(question, plans)
    mentions = [mention for mention in mentions if not mention.prefecture] or mentions
    names = {plan.municipality_code: plan.municipality for plan in plans}
    named = (tuple(names[code] for code in mention.codes if code in names) or (mention.name,) for mention in mentions)
    return tuple(dict.fromkeys(town for towns in named for town in towns))


def _chosen(one: Unmet, plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the full names of the towns that a question was asked with; one whose plans have left is none."""
    names = {key: plan.municipality for plan in plans for key in (plan.municipality, plan.municipality_code)}
    return tuple(dict.fromkeys(names[town] for town in one.chosen if town in names))


def _topics(question: str, plans: Sequence[Plan]) -> list[str]:
    """Return the nouns that tell what a question is about, in its own spelling; names of places and people are none."""
    text = _PLACEHOLDER.sub(" ", question)
    for mention in reversed(find_mentions(text, plans)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return [
        token.surface
        for token in tokenize(text, "C")
        if token.pos[0] == "名詞"
        and token.pos[2] not in ("地名", "人名")
        and topic_weight(token.norm.casefold(), token.pos) >= _WHOLE_TOPIC
    ]
