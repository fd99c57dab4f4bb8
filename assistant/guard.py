"""What a chat model wrote, sentence by sentence: kept only if the quotes it cites prove it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.anchors import Anchor
from assistant.answer import Answer
from assistant.arithmetic import derived
from assistant.claim_words import ALL_OF, OFFICE, UNIT
from assistant.claims import Clause, clauses, plain
from assistant.plain_sentence import plain_sentence
from assistant.proof import Proof, proofs
from assistant.said import tells
from index.tokens import tokenize
from ingest.municipalities import municipalities

LONGEST_ANSWER = 800  # characters of a plain answer (the contract's limit)
LONGEST_SENTENCE = 400  # characters; a longer one is no answer
_SENTENCE = re.compile(r"(?:「[^」\n]*」|『[^』\n]*』|[^。\n])+(?:。(?:\s*\[[0-9]{1,3}\])*|$|(?=\n))")
_MARKS = re.compile(r"((?:\s*\[[0-9]{1,3}\])+)")
_NUMBER = re.compile(r"[0-9]{1,3}")
_COUNTED = re.compile(rf"[0-9](?:{UNIT})?で?$")
_LABELLED = re.compile(r"[^0-9]*は[^0-9]*[0-9]")
_JOIN = re.compile("[、,]|と")
_LONGEST_NAME = 8  # characters of a municipality's name


def proven_sentences(reply: str, answer: Answer) -> list[str]:
    """Return the sentences of ``reply`` that cite quotes of ``answer`` and claim nothing but what those quotes prove.

    Sentences are shown without emphasis marks. What is checked is told in docs/chat-model.md.
    """
    asked = clauses(plain(answer.question))
    question = frozenset(word.key for part in asked for word in part.words if word.token.pos[1] != "固有名詞")
    quotes = "".join(citation.quote for citation in answer.citations)
    kept: list[str] = []
    for written in _SENTENCE.findall(reply):
        sentence = plain_sentence(written, quotes)
        if not sentence or sentence in kept or len(sentence) > LONGEST_SENTENCE:
            continue
        if not _proven(sentence, question, answer):
            continue
        if len("\n".join([*kept, sentence])) > LONGEST_ANSWER:
            break
        kept.append(sentence)
    return kept


def _proven(sentence: str, question: frozenset[str], answer: Answer) -> bool:
    known = {citation.n for citation in answer.citations}
    pieces = list(_pieces(sentence))
    cited = {n for _, marks in pieces for n in marks}
    if not cited or not cited <= known or not any(tells(t) for text, _ in pieces for t in tokenize(text)):
        return False
    stated: list[Anchor] = []  # the figures of the sentence, from which others may be derived
    town = ""
    for text, marks in pieces:
        read = proofs(answer, marks or cited)
        for part in _by_town(plain(text)):
            named = [
                name for name in towns(part) if not any(name in proof.text for proof in read if proof.town != name)
            ]
            town = named[-1] if named else town
            about = [proof for proof in read if not town or proof.town == town]
            if len(set(named)) > 1 or not about or not _part_proven(part, about, question, stated):
                return False
    return True


def _part_proven(part: str, about: Sequence[Proof], question: frozenset[str], stated: list[Anchor]) -> bool:
    """Return whether one plan's quotes prove a part of a sentence; where it speaks of all, whether every plan's do."""
    needed = all if ALL_OF.search(part) else any
    return needed([_plan_proves(clauses(proof.own(part)), proof, question, stated) for proof in about])


def _plan_proves(said: Sequence[Clause], proof: Proof, question: frozenset[str], stated: list[Anchor]) -> bool:
    """Return whether one plan's quotes prove all clauses; the figures that they state are added to ``stated``."""
    for clause in said:
        unproven = [anchor for anchor in clause.anchors if not proof.holds(anchor)]
        operands = [*stated, *(anchor for anchor in clause.anchors if anchor not in unproven)]
        if unproven and not derived(clause, unproven, operands):
            return False
        if not proof.proves(clause, question, worked_out=bool(unproven)):
            return False
        stated += [anchor for anchor in clause.anchors if anchor not in unproven]
    return True


def _pieces(sentence: str) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield a sentence's text between its marks, each with the numbers of the marks behind it (none: all of them)."""
    parts = _MARKS.split(sentence)
    for text, marks in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if text.strip("。、 "):
            yield text, frozenset(int(n) for n in _NUMBER.findall(marks))


def _by_town(text: str) -> Iterator[str]:
    """Yield a text cut where another town, or another office with a figure of its own, follows (「甲課の12と乙課の8」)."""
    start = 0
    for match in _JOIN.finditer(text):
        before, after = text[start : match.start()], re.split("[、,]", text[match.end() :], maxsplit=1)[0]
        counted = re.search("[0-9]", before) and re.match(rf"[^0-9]*?(?:{OFFICE.pattern})[^0-9]*[0-9]", after)
        listed = _COUNTED.search(before) and _LABELLED.match(after) and match[0] != "と"
        if (towns(before) and towns(after) and match[0] != "と") or (counted and OFFICE.search(before)) or listed:
            yield text[start : match.end()]
            start = match.end()
    yield text[start:]


def towns(text: str) -> list[str]:
    """Return the municipalities that a text names, in order.

    >>> towns("府中市の計画と美里町の計画、町の計画")
    ['府中市', '美里町']
    """
    found = []
    for match in re.finditer("[市町村区]", text):
        names = (text[start : match.end()] for start in range(max(0, match.end() - _LONGEST_NAME), match.start()))
        found += [name for name in names if name in _names()][:1]
    return found


@cache
def _names() -> frozenset[str]:
    return frozenset(municipality.name for municipality in municipalities())
