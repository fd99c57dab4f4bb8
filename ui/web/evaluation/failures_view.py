"""The questions of a run that went wrong, each beside its key: those that the reader may see."""

from __future__ import annotations

from collections import Counter

from assistant.answer import Answer, Citation
from evals.report.key_check import KeyCheck, check_key, plans_of
from evals.report.kinds import SIGN, Kind
from evals.report.names import PERSONAS, REASONS, TYPES
from evals.report.result import Result
from evals.report.summary import Report
from evals.run import is_sealed
from ui.web.evaluation.address import Wanted, link
from ui.web.evaluation.readers import MaySee
from ui.web.evaluation.table import shown
from ui.web.inert import inert
from ui.web.plan_view.link import quote_link

A_PAGE = 25
"""Failures shown at once."""

NOTHING = "<p>うまくいかなかった質問はありません。</p>"
_SEALED = "<p>封印された質問セットの質問は、1問ずつは表示しません。</p>"


def render_failures(name: str, report: Report, wanted: Wanted, may_see: MaySee) -> str:
    """Return the section of the failures; of those of sets that the reader may not see, the number alone."""
    seen = [result for result in report.failures if may_see(result.set_name)]
    counts = Counter(kind for result in seen for kind in result.kinds)
    chosen = [result for result in seen if not wanted.kind or wanted.kind in result.kinds]
    pages = max(1, -(-len(chosen) // A_PAGE))
    page = min(wanted.page, pages)
    part = chosen[(page - 1) * A_PAGE : page * A_PAGE]
    plans = plans_of(result.outcome for result in report.listed if result.outcome is not None)
    note = _SEALED if any(is_sealed(result.set_name) for result in report.results) else ""
    closed = 0 if wanted.kind else len(report.failures) - len(seen)
    note += _closed(closed)
    listed = "".join(_failure(result, check_key(result.case, _reply(result), plans)) for result in part)
    return (
        f'<section aria-labelledby="failures-title"><h2 id="failures-title" tabindex="-1">'
        f"うまくいかなかった質問（{len(chosen) + closed:,} 件）</h2>{note}{_kinds(name, counts, wanted)}"
        f"{listed or ('' if note else NOTHING)}{_pages(name, wanted, page, pages)}</section>"
    )


def _closed(questions: int) -> str:
    """Return that so many questions are for those who administer."""
    if not questions:
        return ""
    return (
        f'<p id="eval-closed">このうち {questions:,} 件は、このサーバーに加えられた質問のため、'
        "管理用の合言葉を入力した方だけがご覧になれます。</p>"
    )


def _reply(result: Result) -> Answer | None:
    return result.outcome.answer if result.outcome else None


def _kinds(name: str, counts: Counter[Kind], wanted: Wanted) -> str:
    if not counts:
        return ""
    choices = [("", "すべて", 0), *((kind, SIGN[kind].label, counts[kind]) for kind in Kind if counts[kind])]
    current = ' aria-current="true"'
    links = "".join(
        f'<li><a href="{link(name, other=wanted.other, kind=kind, at="#failures-title")}"'
        f"{current if kind == wanted.kind else ''}>{label}{f'（{count:,}）' if count else ''}</a></li>"
        for kind, label, count in choices
    )
    return f'<nav aria-label="うまくいかなかった理由"><ul class="eval-choices">{links}</ul></nav>'


def _pages(name: str, wanted: Wanted, page: int, pages: int) -> str:
    if pages == 1:
        return ""

    def to(number: int, label: str) -> str:
        if not 1 <= number <= pages:
            return ""
        address = link(name, other=wanted.other, kind=wanted.kind, page=number, at="#failures-title")
        return f'<a class="office-button" href="{address}">{label}</a>'

    return (
        '<nav aria-label="ページ送り" class="office-row">'
        f"{to(page - 1, '前の質問')}<span>{pages} ページのうち {page} ページ</span>{to(page + 1, '次の質問')}</nav>"
    )


def _failure(result: Result, checked: KeyCheck) -> str:
    case = result.case
    about = "、".join((PERSONAS[case.persona], TYPES[case.type], *sorted(case.municipalities)))
    return (
        f'<details class="office-card eval-case"><summary><span class="eval-kind">{shown(result.label)}</span>'
        f'<span>{shown(case.question)}</span></summary><p class="office-soft">{shown(f"{case.id}　{about}")}</p>'
        f"{_asked_before(result)}<h3>求められたこと</h3>{_wanted(result, checked)}<h3>回答</h3>{_answered(result, checked)}</details>"
    )


def _asked_before(result: Result) -> str:
    turns = "".join(
        f"<li>{'質問' if turn.role == 'user' else '回答'}：{shown(turn.content)}</li>" for turn in result.case.history
    )
    return f"<h3>それまでのやり取り</h3><ul>{turns}</ul>" if turns else ""


def _wanted(result: Result, checked: KeyCheck) -> str:
    if result.case.abstain:
        reason = f"（{REASONS[result.case.reason]}）" if result.case.reason else ""
        return f"<p>計画に答えがないので、断ること{reason}。</p>"
    facts = "".join(
        f"<li>{_mark(fact.found)} {' または '.join(shown(word) for word in fact.alternatives)}</li>"
        for fact in checked.facts
    )
    proofs = "".join(
        f"<li>{_mark(proof.cited)} {shown(proof.plan.municipality if proof.plan else proof.passage.plan)}："
        f"<q>{shown(proof.passage.quote)}</q></li>"
        for proof in checked.proofs
    )
    return f"<p>回答に要ること</p><ul>{facts}</ul><p>引くべき箇所</p><ul>{proofs}</ul>"


def _answered(result: Result, checked: KeyCheck) -> str:
    if result.outcome is None:
        return f'<p class="office-problem">{shown(result.error)}</p>'
    answer = result.outcome.answer
    reason = f"<p><b>断りました：{REASONS[answer.reason]}</b></p>" if answer.reason else ""
    cited = "".join(f"<li>{_citation(one.citation, one.proves, one.leaked)}</li>" for one in checked.citations)
    quotes = f"<p>引用</p><ul>{cited}</ul>" if cited else ""
    return f'{reason}<p class="eval-answer">{shown(answer.answer)}</p>{quotes}'


def _citation(citation: Citation, proves: bool, leaked: bool) -> str:
    address = inert(quote_link(citation.plan_id, citation.start, citation.end))
    mark = "根拠です" if proves else "ほかの市町村です" if leaked else "根拠ではありません"
    return (
        f"[{citation.n}] {shown(citation.municipality)}「{shown(citation.title)}」（{mark}）："
        f'<q>{shown(citation.quote)}</q> <a href="{address}">計画で見る<span class="unseen">（[{citation.n}]）</span></a>'
    )


def _mark(holds: bool) -> str:
    return "<b>あり</b>" if holds else '<b class="office-problem">なし</b>'
