"""One question as the row of a spreadsheet."""

from __future__ import annotations

from evals.outcome import Outcome
from evals.report.key_check import Plan, check_key
from evals.report.kinds import SIGN
from evals.report.names import GENERATED, PERSONAS, REASONS, TYPES, WRITTEN
from evals.report.result import Result

COLUMNS = (
    "番号",
    "質問集",
    "ID",
    "結果",
    "問題",
    "利用者",
    "質問の種類",
    "自治体",
    "タグ",
    "作り方",
    "これまでのやり取り",
    "質問",
    "回答",
    "断った理由",
    "正解の条件",
    "回答にない要点",
    "あってはならない語",
    "引くべき箇所",
    "引用",
    "引用にない日付・数・名称",
    "原文と一致した引用",
    "引用の数",
    "文字数",
    "秒",
    "エラー",
)


def row_of(result: Result, plans: dict[str, Plan]) -> dict[str, str]:
    """Return the row of a question: what it was, what was asked for, what came back; several values on lines of their own."""
    case, outcome = result.case, result.outcome
    checked = check_key(case, outcome.answer if outcome else None, plans)
    asked = {
        "番号": str(result.number),
        "質問集": result.set_name,
        "ID": case.id,
        "結果": result.label,
        "問題": "\n".join(SIGN[kind].label for kind in result.kinds),
        "利用者": PERSONAS[case.persona],
        "質問の種類": TYPES[case.type],
        "自治体": "\n".join(sorted(case.municipalities)),
        "タグ": "\n".join(case.tags),
        "作り方": f"{GENERATED}（{case.origin}）" if case.origin else WRITTEN,
        "これまでのやり取り": "\n".join(f"{turn.role}: {turn.content}" for turn in case.history),
        "質問": case.question,
        "正解の条件": "断る" if case.abstain else "\n".join(" または ".join(group) for group in case.must),
        "回答にない要点": "\n".join(" または ".join(fact.alternatives) for fact in checked.facts if not fact.found),
        "引くべき箇所": "\n".join(passage.quote for passage in case.evidence),
        "秒": str(result.seconds),
        "エラー": result.error,
    }
    return dict.fromkeys(COLUMNS, "") | asked | (_replied(outcome) if outcome else {})


def _replied(outcome: Outcome) -> dict[str, str]:
    answer, verdict = outcome.answer, outcome.verdict
    return {
        "回答": answer.answer,
        "断った理由": REASONS[answer.reason] if answer.reason else "",
        "あってはならない語": "\n".join(verdict.forbidden),
        "引用": "\n".join(f"[{c.n}] {c.municipality} {c.title}: {c.quote}" for c in answer.citations),
        "引用にない日付・数・名称": "\n".join(verdict.unproven),
        "原文と一致した引用": str(verdict.citations_exact),
        "引用の数": str(verdict.citations),
        "文字数": str(verdict.characters),
    }
