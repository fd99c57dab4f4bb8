"""A quote -> the clause of it that a question asks about: the one that holds all of the question's topic words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claim_words import SAME
from assistant.claims import Clause, clauses
from assistant.lead_words import COMPARING, EDGE_VERBS, GOVERNMENTS, KIND_OF_FACT, MEANT, NAMES_OTHERS, OTHERS
from assistant.said import word_key
from assistant.understand import Understanding
from assistant.wording import IMPLIED, Wanted
from index.tokens import terms, tokenize
from ingest.eras import Year, find_years
from ingest.search_text import readable

TOPIC = 0.3  # weight from which a word of the question must stand in the clause
TAKEN_OVER = 0.6  # the same for a word of the conversation before it
_SHORT_CELL = 30  # characters of a table cell that its row's name may speak for
_LABEL = re.compile(r"^(?P<label>[^。「」『』（(：]{1,120})：[「『]?(?P<cell>[^：]+?)[」』]?$", re.DOTALL)
_NAME = re.compile(r"「([^」]{4,60})」")
_NAMED_BY = 2  # topic words
# A clause that only names what the sentence's later figures are of: 「推移をみると、」.
_FRAMES = re.compile(r"(?:[み見]る|比べる|比較する|によ(?:る|れば))(?:と|ば)?、?$|によれば、?$")


@dataclass(frozen=True, slots=True)
class AskedClause:
    """A clause that may answer. ``around`` is what speaks for it too: its row's name, the frame it stands in."""

    clause: Clause
    around: str
    rest: str  # what follows the clause in its sentence
    before: str  # what stands before it in its sentence


def shown(quote: str) -> str:
    """Return a quote as a lead reads it: NFKC, readable, without the marks around it.

    >>> shown("「期間は、令和５年度からです。」")
    '期間は、令和5年度からです。'
    """
    plain = readable(quote).strip("・ ")
    if plain[:1] + plain[-1:] in ("「」", "『』") and plain[0] not in plain[1:]:
        plain = plain[1:-1]
    return unicodedata.normalize("NFKC", plain)


def asked_clauses(asked: Understanding, quote: str, headings: Sequence[str] = ()) -> list[AskedClause]:
    """Return the clauses of a quote that hold every topic word and year of the question, in order; often none."""
    row = _LABEL.match(readable(quote))
    short = row is not None and len(row["cell"]) <= _SHORT_CELL
    label = unicodedata.normalize("NFKC", row["label"]) if row and short else ""
    text = shown(row["cell"] if row else quote)
    needed = required(asked)
    above = {word_key(token) for heading in headings for token in tokenize(heading)} & GOVERNMENTS
    if NAMES_OTHERS.search(asked.focus):
        needed -= above
    elif not _names_it(text, needed) and (above or OTHERS.search(text)):
        return []
    found = [one for one in every_clause(text, label) if _covers(one, needed, asked.years)]
    return found if names_topic(asked) or asked.only_years else []


def required(asked: Understanding) -> frozenset[str]:
    """Return the keys of the words that a clause must hold to answer the question."""
    implied = {term for _, word, _ in IMPLIED for term in terms(word)} - set(terms(asked.focus))
    years = {str(year.year) for year in asked.years}
    free = KIND_OF_FACT | (COMPARING if asked.wanted & {Wanted.COMPARE, Wanted.WHICH_TOWN} else frozenset())
    own = [w.term for w in asked.words if w.weight >= (TAKEN_OVER if w.from_history else TOPIC)]
    own += [w.term for w in asked.words if not w.from_history and SAME.get(w.term, w.term) in MEANT]
    return frozenset(
        SAME.get(term, term) for term in own if term not in free and term not in implied and term not in years
    )


def _names_it(text: str, needed: frozenset[str]) -> bool:
    """Return whether the question names the very law or plan that the text puts in 「」: its date is the same for all."""
    names = ({word_key(token) for token in tokenize(name)} for name in _NAME.findall(text))
    return any(len(needed & name) >= _NAMED_BY for name in names)


def names_topic(asked: Understanding) -> bool:
    """Return whether a question names a topic other than the plan itself."""
    return bool(required(asked) - set(EDGE_VERBS))


def every_clause(text: str, label: str = "") -> list[AskedClause]:
    """Return the clauses of a shown text with what stands around each."""
    parts = clauses(text)
    found: list[AskedClause] = []
    for at, clause in enumerate(parts):
        same = [(i, c) for i, c in enumerate(parts) if c.sentence == clause.sentence]
        frames = [c.text for i, c in same if i < at and _FRAMES.search(c.text)]
        found.append(
            AskedClause(
                clause,
                " ".join([label, *frames]),
                "".join(c.text for i, c in same if i > at),
                "".join(c.text for i, c in same if i < at),
            )
        )
    return found


def _covers(one: AskedClause, needed: frozenset[str], years: Sequence[Year]) -> bool:
    keys = {word_key(token) for token in tokenize(f"{one.clause.text} {one.around}")}
    stated = {(year.year, year.fiscal) for year in find_years(one.clause.text)}
    text = one.clause.text
    said = all((edge := EDGE_VERBS.get(key)) is not None and edge.search(text) for key in needed - keys)
    return said and all((year.year, year.fiscal) in stated for year in years)
