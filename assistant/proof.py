"""What the cited quotes of one plan prove: their clauses, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.anchors import Anchor, Binding
from assistant.answer import Answer, Citation
from assistant.claim_words import DERIVED_WORDS, FREE, JOINING, LIMITING
from assistant.claims import Clause, clauses, plain
from assistant.said import Word, modality, tells, word_key
from index.tokens import tokenize

_EDGES = frozenset({"start", "end", "late"})
_MARK = re.compile(r"\[([0-9]{1,3})\]")
_FIGURE_CELL = re.compile(r"(?<=[\t\n])[0-9０-９,，.]+(?=[\t\n]|$)")
_NAME = re.compile("[「『][^」』]*[」』]")
OWN = "本町"  # how a plan calls its town


def proofs(answer: Answer, numbers: Collection[int]) -> list[Proof]:
    """Return what the quotes of some numbers prove, one ``Proof`` for each plan."""
    cited = [citation for citation in answer.citations if citation.n in numbers]
    plans = dict.fromkeys(citation.plan_id for citation in cited)
    return [_proof(answer, [citation for citation in cited if citation.plan_id == plan]) for plan in plans]


def _proof(answer: Answer, cited: Sequence[Citation]) -> Proof:
    town = cited[0].municipality
    quotes = [_FIGURE_CELL.sub("", citation.quote).replace("\t", "、") for citation in cited]
    stated = list(_stated(answer.answer, {citation.n for citation in cited if "\t" in citation.quote}))
    around = [town, cited[0].title, *(heading for citation in cited for heading in citation.heading_path)]
    around += [f"{c.cell.table} {c.cell.row} {c.cell.column}" for c in cited if c.cell is not None]
    return Proof(town, "\n".join(plain(text) for text in (*quotes, *stated)), plain(" ".join(around)))


def _stated(extractive: str, rows: Collection[int]) -> Iterator[str]:
    """Yield the statements that the extractive answer makes of table rows: a row's figures alone do not tell their columns."""
    for line in extractive.split("\n"):
        if {int(n) for n in _MARK.findall(line)} & set(rows):
            yield _MARK.sub("", line)


@dataclass(frozen=True)
class Proof:
    """The quotes of one plan as one plain text, and the plain text of what they stand under."""

    town: str
    text: str
    around: str

    def own(self, text: str) -> str:
        """Return a plain text with the plan's town called as the plan calls it."""
        return text.replace(self.town, OWN).replace("当町", OWN)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Return the clauses of the quotes."""
        return clauses(self.own(self.text))

    @cached_property
    def around_keys(self) -> frozenset[str]:
        """Return the words of headings and title."""
        return frozenset(word_key(token) for token in tokenize(self.own(self.around)) if tells(token))

    @cached_property
    def words(self) -> dict[str, list[tuple[Clause, Word]]]:
        """Return each word of the quotes with where it stands."""
        found: dict[str, list[tuple[Clause, Word]]] = {}
        for clause in self.clauses:
            for word in clause.words:
                found.setdefault(word.key, []).append((clause, word))
        return found

    def holds(self, anchor: Anchor) -> bool:
        """Return whether the quotes state a figure or time within the same bounds; who and what are words."""
        if anchor.kind in ("government",) or anchor.kind.startswith("opposite"):
            return True
        same = [a for clause in self.clauses for a in clause.anchors if (a.kind, a.name) == (anchor.kind, anchor.name)]
        return any(a.bounds - _EDGES == anchor.bounds - _EDGES and anchor.bounds & _EDGES <= a.bounds for a in same)

    def proves(self, clause: Clause, question: frozenset[str], *, worked_out: bool) -> bool:
        """Return whether the quotes hold what a clause says; ``worked_out``: a figure of it was computed."""
        return (
            self._words(clause, question, worked_out=worked_out)
            and self._coherent(clause)
            and self._limits(clause)
            and self._together(clause)
            and self._bindings(clause)
            and self._modality(clause)
            and self._comparison(clause)
            and not self._turned_round(clause)
        )

    def _words(self, clause: Clause, question: frozenset[str], *, worked_out: bool) -> bool:
        for word in clause.words:
            known = (
                word.key in self.words or word.key in self.around_keys or word.key in FREE | JOINING or word.key == OWN
            )
            known |= len(word.token.surface) > 1 and word.token.surface in self.own(self.text)
            known |= worked_out and word.key in DERIVED_WORDS
            # the question may name the topic, it proves nothing of it
            known |= word.key in question and word.token.start < clause.topic_end
            if not known:
                return False
        return True

    def _coherent(self, clause: Clause) -> bool:
        """Return whether one sentence of the quotes holds all words of the clause that headings do not: no joined halves."""
        needed = {w.key for w in clause.words if w.key in self.words} - self.around_keys - FREE - JOINING
        by_sentence: dict[int, set[str]] = {}
        for other in self.clauses:
            by_sentence.setdefault(other.sentence, set()).update(word.key for word in other.words)
        return any(needed <= keys for keys in by_sentence.values())

    def _limits(self, clause: Clause) -> bool:
        return all(match[0] in self.text for match in LIMITING.finditer(clause.text))

    def _together(self, clause: Clause) -> bool:
        """Return whether offices that the clause joins stand in one clause of the quotes."""
        offices = {anchor.name for anchor in clause.anchors if anchor.kind == "office"}
        joined = len(offices) < 2 or any(offices <= {a.name for a in other.anchors} for other in self.clauses)
        return joined and clause.posts <= {post for other in self.clauses for post in other.posts}

    def _bindings(self, clause: Clause) -> bool:
        """Return whether no word of the clause goes with a figure, time, office or opposite that is another word's."""
        return all(
            one in self.loose or self._elsewhere(one[0]) or (one not in clause.together.beside and self._open(*one))
            for one in clause.together.bound
        )

    @cached_property
    def loose(self) -> frozenset[Binding]:
        """Return which words of the quotes may go with which anchors."""
        return frozenset(one for clause in self.clauses for one in clause.together.loose)

    def _elsewhere(self, key: str) -> bool:
        """Return whether a word stands in no quote: it is the topic, or free."""
        return key not in self.words and all(key != anchor.name for clause in self.clauses for anchor in clause.anchors)

    def _open(self, key: str, kind: str, name: str) -> bool:
        """Return whether a word goes with no anchor of a kind in the sentence of the anchor named, or stands above all."""
        sentences = {c.sentence for c in self.clauses if any(a.name == name for a in c.anchors)}
        inside = [c for c in self.clauses if not sentences or c.sentence in sentences]
        if any(one[:2] == (key, kind) for clause in inside for one in clause.together.loose):
            return False
        held = any(w.key == key for c in inside for w in c.words) or any(
            a.name == key for c in inside for a in c.anchors
        )
        return held or key in self.around_keys

    def _modality(self, clause: Clause) -> bool:
        """Return whether of each action the clause says what the quotes say: denied, considered, aimed at, done."""
        last = None
        names = [m.span() for m in _NAME.finditer(clause.text) if m[0] in self.own(self.text)]
        for word in clause.words:
            named = any(start <= word.token.start < end for start, end in names)
            if word.said is None or word.key not in self.words or named:
                continue
            last = word
            there = self._nearest(word, clause)
            if there and word.key not in FREE and not any(_same_modality(word, w) for w in there):
                return False
        if not modality(clause.text) <= {name for other in self._sharing(clause) for name in modality(other.text)}:
            return False
        return last is None or self._tense(clause, last)

    def _nearest(self, word: Word, clause: Clause) -> list[Word]:
        """Return where the quotes have an action, in those of their clauses that share most words with the clause."""
        keys = {other.key for other in clause.words}
        there = [(len(keys & {w.key for w in c.words}), w) for c, w in self.words[word.key] if w.said is not None]
        most = max((shared for shared, _ in there), default=0)
        return [found for shared, found in there if shared == most]

    def _sharing(self, clause: Clause) -> Iterator[Clause]:
        keys = {word.key for word in clause.words}
        return (other for other in self.clauses if any(word.key in keys for word in other.words))

    def _tense(self, clause: Clause, last: Word) -> bool:
        tenses = {other.tense for other, _ in self.words[last.key]}
        if clause.tense == "past":
            return bool(tenses & {"past", "ongoing", ""})
        return clause.tense != "plain" or tenses != {"past"}

    def _turned_round(self, clause: Clause) -> bool:
        """Return whether the clause lets those do what is done to them in the quotes, and to those who do it there."""
        doers = {key for other in self.clauses for key in other.doers}
        done_to = {key for other in self.clauses for key in other.done_to}
        return bool(clause.doers & (done_to - doers)) and bool(clause.done_to & (doers - done_to))

    def _comparison(self, clause: Clause) -> bool:
        return not clause.base or any(clause.base <= other.base for other in self.clauses)


def _same_modality(said: Word, there: Word) -> bool:
    return said.said == there.said or (said.within is not None and said.within == there.within)
