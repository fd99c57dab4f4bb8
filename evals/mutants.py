"""Can the suite fail? The assistant broken on purpose, one way at a time, and the metric that has to notice.

A metric that no fault can move proves nothing. Every mutant wraps a subject, is run over the same questions, and is caught when
the metric meant for it gets significantly worse (see ``evals.compare``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation, Question
from evals import break_answers as broken
from evals.case import Case
from evals.compare import Difference, difference, got_worse
from evals.corpus import Corpus
from evals.gate import ERRORS
from evals.metrics import BY_NAME, METRICS
from evals.run import QuestionSet, Run, run_sets
from evals.subject import AskingFailedError, Identity, Passage, Subject

Change = Callable[[Answer, Question, Corpus], Answer]


class Mutant:
    """A subject whose answers are spoilt by ``change``. Other ways of breaking derive from it."""

    def __init__(self, subject: Subject, change: Change = lambda answer, _, __: answer) -> None:
        self._subject = subject
        self._change = change

    @property
    def corpus(self) -> Corpus:
        """The subject's."""
        return self._subject.corpus

    @property
    def identity(self) -> Identity:
        """The subject's."""
        return self._subject.identity

    def answer(self, question: Question) -> Answer:
        """Return the spoilt answer."""
        return self._change(self._subject.answer(question), question, self.corpus)

    def search(self, question: Question, k: int) -> list[Passage]:
        """Return what the subject finds."""
        return self._subject.search(question, k)


class _NoTownLock(Mutant):
    """Forgets which municipality was asked about."""

    def answer(self, question: Question) -> Answer:
        text = question.text
        for name in set(self.corpus.municipalities.values()):
            text = text.replace(name, "")
        return self._subject.answer(Question(text or question.text))


class _NeverAbstains(Mutant):
    """Quotes the best passage that the search finds where the assistant would refuse."""

    def answer(self, question: Question) -> Answer:
        answer = self._subject.answer(question)
        if not answer.abstained:
            return answer
        found = self._subject.search(Question(question.text), 1)
        if not found:
            return answer
        plan, span = found[0].plan_id, found[0].span
        quote = span.of(self.corpus.texts[plan])
        citation = Citation(
            1, plan, self.corpus.municipalities[plan], "", "", (), None, quote, span.start, span.end, False
        )
        return replace(answer, answer=f"{quote}[1]", abstained=False, reason=None, citations=(citation,))


class _SwapsAnswers(Mutant):
    """Gives every question the answer of the one before it."""

    _before: Answer | None = None

    def answer(self, question: Question) -> Answer:
        before, self._before = self._before, self._subject.answer(question)
        return before or self._before


class _StaleIndex(Mutant):
    """Answers from an index of plans that have since been corrected: a line was put in at the top."""

    @property
    def corpus(self) -> Corpus:
        corpus = self._subject.corpus
        return Corpus({plan: f"（訂正版）\n{text}" for plan, text in corpus.texts.items()}, corpus.municipalities)


class _SearchesBackwards(Mutant):
    """Puts the best passages last."""

    def search(self, question: Question, k: int) -> list[Passage]:
        return self._subject.search(question, 2 * k)[::-1][:k]


class _Fails(Mutant):
    """Gives no reply to every tenth question."""

    _asked = 0

    def answer(self, question: Question) -> Answer:
        self._asked += 1
        if self._asked % 10 == 0:
            raise AskingFailedError("503 Service Unavailable")
        return self._subject.answer(question)


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to break the assistant: its name, what is broken, the metric that must notice, and the broken subject."""

    name: str
    breaks: str
    metric: str
    make: Callable[[Subject], Subject]


def _fault(change: Change, metric: str, breaks: str) -> Fault:
    return Fault(change.__name__, breaks, metric, lambda subject: Mutant(subject, change))


FAULTS: tuple[Fault, ...] = (
    Fault("no_town_lock", "尋ねられた自治体を忘れる", "town_leaks", _NoTownLock),
    _fault(broken.change_a_digit, "fact_precision", "回答の数字を1つ変える"),
    _fault(broken.shift_the_year, "fact_precision", "同じ元号の別の年にする"),
    _fault(broken.take_fiscal_for_calendar, "fact_precision", "年度を年と言う"),
    _fault(broken.shift_the_quotes, "citation_exactness", "引用の位置が1文字ずれる"),
    _fault(broken.reword_the_quotes, "citation_exactness", "引用の最後の1文字が欠ける"),
    Fault("stale_index", "訂正前の計画の索引で答える", "citation_exactness", _StaleIndex),
    _fault(broken.quote_the_next_line, "citation_recall", "隣の行を引用する"),
    _fault(broken.quote_another_passage, "citation_precision", "同じ計画の別の箇所を引用する"),
    _fault(broken.quote_the_beginning, "fact_recall", "いつも計画の冒頭を引用する"),
    _fault(broken.cite_something_else_too, "citation_precision", "関係のない引用を加える"),
    _fault(broken.drop_the_last_citation, "citation_recall", "最後の引用が欠ける"),
    _fault(broken.refuse, "false_refusals", "いつも断る"),
    Fault("never_abstain", "断るべきときも答える", "abstention_recall", _NeverAbstains),
    _fault(broken.give_another_reason, "reason_accuracy", "断る理由を取り違える"),
    _fault(broken.echo, "fact_recall", "質問をそのまま返す"),
    Fault("swap_answers", "前の質問の回答を返す", "right", _SwapsAnswers),
    _fault(broken.stop_halfway, "fact_recall", "回答が途中で終わる"),
    _fault(broken.ramble, "too_long", "計画の本文を長々と付ける"),
    Fault("search_backwards", "検索結果が逆順になる", "mrr_10", _SearchesBackwards),
    Fault("no_reply", "10回に1回、応答しない", ERRORS, _Fails),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """A fault that was tried: every metric's difference from the honest run, and whether the one meant for it noticed."""

    fault: Fault
    differences: tuple[Difference, ...]
    failures: int
    caught: bool


def try_fault(fault: Fault, cases: Sequence[Case], subject: Subject, honest: Run) -> Trial:
    """Return how the metrics take a fault. ``honest`` is a run of the same cases over ``subject`` itself."""
    sets = [QuestionSet(fault.name, tuple(cases))]
    run = run_sets(sets, fault.make(subject), started=honest.info.started, revision=honest.info.revision)
    answered = {outcome.case.id for outcome in run.outcomes}
    before = [outcome for outcome in honest.outcomes if outcome.case.id in answered]
    differences = tuple(difference(metric, before, run.outcomes) for metric in METRICS)
    meant = next((d for d in differences if d.metric == fault.metric), None)
    if meant is None:
        caught = len(run.failures) > len(honest.failures)
    else:
        caught = got_worse(BY_NAME[fault.metric], meant)
    return Trial(fault, differences, len(run.failures), caught)


class Remembered(Mutant):
    """A subject that is asked the same question only once, so that many faults can be tried in little time."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(subject)
        self._answers: dict[Question, Answer] = {}
        self._found: dict[tuple[Question, int], list[Passage]] = {}

    def answer(self, question: Question) -> Answer:
        """Return the subject's answer."""
        if question not in self._answers:
            self._answers[question] = self._subject.answer(question)
        return self._answers[question]

    def search(self, question: Question, k: int) -> list[Passage]:
        """Return what the subject finds."""
        if (question, k) not in self._found:
            self._found[question, k] = self._subject.search(question, k)
        return self._found[question, k]
