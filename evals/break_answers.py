"""Ways to spoil a single answer, each as an assistant could fail; the mutants of ``evals.mutants`` are made of them.

Every function takes the honest answer, the question and the plans, and returns the spoilt answer; what it cannot spoil comes
back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Answer, Citation, Question, Reason
from evals.corpus import Corpus

_DIGIT = re.compile(r"(?<![\[0-9０-９])[1-8１-８](?![0-9０-９]*\])")
_ERA_YEAR = re.compile(r"(令和|平成)([0-9０-９]{1,2}|元)")
_OTHER_REASON = {
    Reason.NOT_IN_PLANS: Reason.OUT_OF_SCOPE,
    Reason.OUT_OF_SCOPE: Reason.NOT_IN_PLANS,
    Reason.MUNICIPALITY_NOT_COVERED: Reason.NOT_IN_PLANS,
    Reason.AMBIGUOUS_MUNICIPALITY: Reason.NOT_IN_PLANS,
}
_PADDING = 2_000  # characters


def change_a_digit(answer: Answer, _: Question, __: Corpus) -> Answer:
    """Return the answer with its first figure one higher, the quotes as they were: 42件 becomes 52件."""
    return _said(answer, _DIGIT.sub(lambda found: chr(ord(found[0]) + 1), answer.answer, count=1))


def shift_the_year(answer: Answer, _: Question, __: Corpus) -> Answer:
    """Return the answer with every year of an era one later: 令和7年度 becomes 令和8年度."""
    return _said(answer, _ERA_YEAR.sub(_next_year, answer.answer))


def take_fiscal_for_calendar(answer: Answer, _: Question, __: Corpus) -> Answer:
    """Return the answer with 年度 said as 年: three months off."""
    return _said(answer, answer.answer.replace("年度", "年"))


def shift_the_quotes(answer: Answer, _: Question, __: Corpus) -> Answer:
    """Return the answer with every citation one character further on, the quoted words unchanged."""
    moved = tuple(replace(c, start=c.start + 1, end=c.end + 1) for c in answer.citations)
    return replace(answer, citations=moved)


def reword_the_quotes(answer: Answer, _: Question, __: Corpus) -> Answer:
    """Return the answer with every quote but for its last character, as a model drops words; the offsets unchanged."""
    return replace(answer, citations=tuple(replace(c, quote=c.quote[:-1]) for c in answer.citations))


def quote_the_next_line(answer: Answer, _: Question, corpus: Corpus) -> Answer:
    """Return an answer that quotes the line below each quote instead: the neighbouring row of a table."""
    return _quoting(answer, corpus, lambda citation, text: _line_after(text, citation.end))


def quote_another_passage(answer: Answer, _: Question, corpus: Corpus) -> Answer:
    """Return an answer that quotes a line from elsewhere in the same plan for each quote."""
    return _quoting(
        answer, corpus, lambda citation, text: _line_after(text, (citation.end + len(text) // 2) % len(text))
    )


def quote_the_beginning(answer: Answer, _: Question, corpus: Corpus) -> Answer:
    """Return an answer that quotes the first line of the plan, whatever was asked."""
    return _quoting(answer, corpus, lambda _, text: _line_after(text, 0))


def echo(answer: Answer, question: Question, _: Corpus) -> Answer:
    """Return the question as the answer, citations as they were."""
    return _said(answer, question.text)


def refuse(answer: Answer, _: Question, __: Corpus) -> Answer:
    """Return a refusal, whatever was asked."""
    if answer.abstained:
        return answer
    text = "ご質問の答えになる記載が見つかりませんでした。"
    return replace(answer, answer=text, abstained=True, reason=Reason.NOT_IN_PLANS, citations=())


def give_another_reason(answer: Answer, _: Question, __: Corpus) -> Answer:
    """Return a refusal for a reason that is not its own."""
    return replace(answer, reason=_OTHER_REASON[answer.reason]) if answer.reason else answer


def stop_halfway(answer: Answer, _: Question, __: Corpus) -> Answer:
    """Return the answer without its second half: a list cut short, the second town of a comparison gone."""
    return _said(answer, answer.answer[: len(answer.answer) // 2])


def drop_the_last_citation(answer: Answer, _: Question, __: Corpus) -> Answer:
    """Return the answer with its last citation missing, where it has several."""
    return replace(answer, citations=answer.citations[:-1]) if len(answer.citations) > 1 else answer


def cite_something_else_too(answer: Answer, question: Question, corpus: Corpus) -> Answer:
    """Return the answer with a further citation for each of its own, of a passage that has nothing to do with it."""
    others = quote_another_passage(answer, question, corpus).citations
    return replace(answer, citations=(*answer.citations, *others))


def ramble(answer: Answer, _: Question, corpus: Corpus) -> Answer:
    """Return the answer with pages of the plan behind it."""
    if not answer.citations:
        return answer
    return _said(answer, answer.answer + corpus.texts[answer.citations[0].plan_id][:_PADDING])


def _said(answer: Answer, text: str) -> Answer:
    return answer if answer.abstained else replace(answer, answer=text)


def _next_year(found: re.Match[str]) -> str:
    return f"{found[1]}{1 + (1 if found[2] == '元' else int(found[2]))}"


def _line_after(text: str, at: int) -> tuple[int, int]:
    """Return the first line with words that begins at or after ``at``, from the start of the text where none follows."""
    for match in re.finditer(r"(?m)^[^\n]*\w{4}[^\n]*$", text):
        if match.start() >= at:
            return match.span()
    return _line_after(text, 0) if at else (0, len(text))


def _quoting(answer: Answer, corpus: Corpus, place: Callable[[Citation, str], tuple[int, int]]) -> Answer:
    """Return an answer that says and cites, word for word, what stands at another place for each citation."""
    moved = []
    for citation in answer.citations:
        text = corpus.texts[citation.plan_id]
        start, end = place(citation, text)
        moved.append(replace(citation, start=start, end=end, quote=text[start:end], cell=None))
    said = "\n".join(f"{citation.quote}[{citation.n}]" for citation in moved)
    return replace(answer, answer=said, citations=tuple(moved)) if moved else answer
