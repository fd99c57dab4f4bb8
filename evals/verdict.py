"""One answer held against the key of its question: everything that the metrics count."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.english_phrases import without_introduction
from evals.case import Case, Evidence
from evals.corpus import Corpus
from evals.same_text import covers, states
from evals.stated_facts import stated_facts, unsupported

_APART = "。\n"  # between texts that do not belong together: no name may reach from one into the next


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one question. Counts are of this one answer; shares of them are the metrics' business.

    ``answerable`` says what the key expects. ``facts_asked`` counts the groups of ``must``, ``passages_asked`` the passages
    that have to be cited (1 where any of them does). ``facts_stated`` are dates, numbers and names in the answer,
    ``facts_unproven`` those that its citations do not hold. ``leaked`` counts citations of municipalities that were neither
    named nor selected, ``reason_right`` is meaningless unless ``reason_asked``.
    """

    answerable: bool
    abstained: bool
    right: bool
    facts_asked: int
    facts_found: int
    facts_stated: int
    facts_unproven: int
    unproven: tuple[str, ...]
    forbidden: tuple[str, ...]
    passages_asked: int
    passages_found: int
    citations: int
    citations_fitting: int
    citations_exact: int
    leaked: int
    reason_asked: bool
    reason_right: bool
    characters: int
    too_long: bool
    quote_characters: int


def judge(case: Case, answer: Answer, corpus: Corpus) -> Verdict:
    """Return the verdict on ``answer``.

    An answerable case is right when it was answered, every group of its facts is there and nothing forbidden, its passages
    are cited from the right municipality, the answer keeps to its length and every quote is exact. Any other case is right
    when nothing was answered.
    """
    said, length = answer.answer, len(answer.answer)
    found = sum(any(states(said, word) for word in group) for group in case.must)
    forbidden = tuple(word for word in case.must_not if states(said, word))
    shown = [_shown(passage, answer.citations, corpus) for passage in case.evidence]
    asked = (len(shown) if case.all_evidence else 1) if shown else 0
    exact = sum(_is_exact(citation, corpus) for citation in answer.citations)
    proof = _APART.join(_proof(citation) for citation in answer.citations)
    unproven = () if answer.abstained else tuple(sorted(unsupported(said, proof, case.question)))
    answered_right = (
        not answer.abstained
        and found == len(case.must) > 0
        and not forbidden
        and bool(shown)
        and (all(shown) if case.all_evidence else any(shown))
        and length <= case.limit
        and exact == len(answer.citations)
    )
    return Verdict(
        answerable=not case.abstain,
        abstained=answer.abstained,
        right=answer.abstained if case.abstain else answered_right,
        facts_asked=len(case.must),
        facts_found=found,
        facts_stated=0 if answer.abstained else len(stated_facts(without_introduction(said))),
        facts_unproven=len(unproven),
        unproven=unproven,
        forbidden=forbidden,
        passages_asked=asked,
        passages_found=sum(shown) if case.all_evidence else int(any(shown)),
        citations=len(answer.citations),
        citations_fitting=sum(_fits(citation, case, corpus) for citation in answer.citations),
        citations_exact=exact,
        leaked=_leaked(case, answer),
        reason_asked=case.abstain and answer.abstained and case.reason is not None,
        reason_right=case.reason is not None and answer.reason == case.reason,
        characters=length,
        too_long=length > case.limit,
        quote_characters=sum(len(citation.quote) for citation in answer.citations),
    )


def _shown(passage: Evidence, citations: tuple[Citation, ...], corpus: Corpus) -> bool:
    town = corpus.municipalities.get(passage.plan)
    return any(citation.municipality == town and covers(citation.quote, passage.quote) for citation in citations)


def _fits(citation: Citation, case: Case, corpus: Corpus) -> bool:
    """Return whether a citation shows a passage of the key, or a fact that was asked for, from a right municipality.

    A key names the passages that its writer found; another passage that states the same fact proves it as well.
    """
    if any(_shown(passage, (citation,), corpus) for passage in case.evidence):
        return True
    towns = case.municipalities or {corpus.municipalities.get(passage.plan, "") for passage in case.evidence}
    return citation.municipality in towns and any(states(citation.quote, word) for group in case.must for word in group)


def _is_exact(citation: Citation, corpus: Corpus) -> bool:
    text = corpus.texts.get(citation.plan_id, "")
    return 0 <= citation.start < citation.end and text[citation.start : citation.end] == citation.quote


def _proof(citation: Citation) -> str:
    cell = citation.cell
    place = (cell.table, cell.row, cell.column) if cell else ()
    return _APART.join((citation.quote, citation.municipality, citation.title, *citation.heading_path, *place))


def _leaked(case: Case, answer: Answer) -> int:
    allowed = case.municipalities
    if not allowed or answer.abstained:
        return 0
    return sum(citation.municipality not in allowed for citation in answer.citations)
