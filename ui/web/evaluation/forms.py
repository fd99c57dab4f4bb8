"""What evaluators do: run a question set, send one, make a case of feedback. A script of ours does it, with the token."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.report.names import PERSONAS, REASONS, TYPES
from ingest.document import Plan
from ui.web.evaluation.table import shown
from ui.web.file_field import file_control

CLOSED = (
    '<section class="office-card"><h2>評価を実行する</h2><p>このサーバーでは、結果を見ることだけができます。'
    "実行や質問セットの追加には、設定 MACHIPLAN_ADMIN_TOKEN が要ります。担当の方にご相談ください。</p></section>"
)

_ENTER = """
<section id="eval-door" class="office-card" aria-labelledby="eval-enter-title">
  <h2 id="eval-enter-title">評価を実行する・質問を加える</h2>
  <form id="eval-enter" autocomplete="off">
    <p>結果の数値はどなたでもご覧になれます。実行、質問セットの追加、加えた質問の1問ずつの結果には、恐れ入りますが、管理用の合言葉を入力してください。</p>
    <div class="office-field">
      <label for="eval-token">合言葉</label><input id="eval-token" type="password" autocomplete="off" required>
    </div>
    <button class="office-main">始める</button>
    <div id="eval-enter-said"></div>
  </form>
</section>"""

_WORK = (
    '<div id="eval-work" hidden><p class="office-stage"></p><progress aria-label="評価の進み具合"></progress></div>'
    '<div id="eval-done"></div>'
)


def render_forms(sets: Sequence[str], plans: Sequence[Plan], *, enabled: bool) -> str:
    """Return the forms; without a token on the server, what to do about it."""
    if not enabled:
        return CLOSED
    return f'{_ENTER}<div id="eval-room" class="office-room" hidden>{_run(sets)}{_send()}{_case(plans)}</div>'


def _options(choices: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{shown(value)}">{shown(label)}</option>' for value, label in choices)


def _field(name: str, label: str, control: str, *, note: str = "") -> str:
    hint = f'<p id="{name}-note" class="office-soft">{note}</p>' if note else ""
    return f'<div class="office-field office-long"><label for="{name}">{label}</label>{control}{hint}</div>'


def _select(name: str, label: str, choices: Iterable[tuple[str, str]]) -> str:
    return _field(name, label, f'<select id="{name}">{_options(choices)}</select>')


def _run(sets: Sequence[str]) -> str:
    choices = [(name, f"{name}（同梱の開発用）" if name == "dev" else name) for name in sets]
    return (
        '<section class="office-card" aria-labelledby="eval-start-title"><h2 id="eval-start-title" tabindex="-1">質問セットを実行する</h2>'
        f'<form id="eval-start">{_select("eval-set", "質問セット", choices)}<div class="office-row">'
        '<button class="office-main" id="eval-start-button">実行する</button>'
        '<button type="button" id="eval-cancel" hidden>実行を中止する</button></div><div id="eval-start-said"></div></form>'
        f"{_WORK}</section>"
    )


def _send() -> str:
    control = file_control("eval-file", ".csv,.jsonl", note="eval-file-note")
    note = "CSV（表計算ソフトで保存したもの）か JSONL。誤りがあれば、行の番号とともに表示します。誤りのあるファイルは保存しません。"
    return (
        '<section class="office-card" aria-labelledby="eval-send-title"><h2 id="eval-send-title">質問セットを加える</h2>'
        f'<form id="eval-send">{_field("eval-file", "質問セットのファイル", control, note=note)}'
        '<button class="office-main">確かめて加える</button><div id="eval-send-said"></div><div id="eval-faults"></div></form></section>'
    )


def _case(plans: Sequence[Plan]) -> str:
    towns = [("", "指定なし"), *dict.fromkeys((plan.municipality, plan.municipality) for plan in plans)]
    kinds = [item for item in TYPES.items() if item[0] not in ("unanswerable", "followup")]
    named = [(plan.plan_id, f"{plan.municipality}「{plan.title}」") for plan in plans]
    question = '<textarea id="case-question" rows="3"></textarea>'
    must = '<textarea id="case-must" rows="3" aria-describedby="case-must-note"></textarea>'
    must_note = "1行に1つ。言い換えがあるときは「 | 」で区切ります（例：令和7年度 | 2025年度）。"
    find = (
        '<div class="office-row"><div class="office-field"><label for="case-words">根拠を探す言葉</label>'
        '<input id="case-words" type="text"></div><button type="button" id="case-find">計画から探す</button></div>'
        '<div id="case-hits"></div>'
    )
    quote = '<textarea id="case-quote" rows="3" aria-describedby="case-quote-note"></textarea>'
    return (
        '<section class="office-card" aria-labelledby="case-title"><h2 id="case-title">ご質問を試験の質問にする</h2>'
        '<form id="eval-case">'
        f"{_select('case-from', '答えられなかったご質問', [('', '選んでください')])}"
        f"{_field('case-question', '質問', question)}"
        f'<div class="office-row">{_select("case-town", "市町村", towns)}{_select("case-persona", "利用者", PERSONAS.items())}</div>'
        '<label class="office-check"><input type="checkbox" id="case-abstain">計画に答えがない（断るのが正しい）</label>'
        f'<div id="case-refusal" hidden>{_select("case-reason", "断る理由", [(str(k), v) for k, v in REASONS.items()])}</div>'
        f'<fieldset id="case-key"><legend>正しい回答</legend>{_select("case-type", "質問の種類", kinds)}'
        f"{_field('case-must', '回答に要る言葉', must, note=must_note)}{_select('case-plan', '根拠の計画', named)}{find}"
        f"{_field('case-quote', '根拠の引用', quote, note='計画の1行の中から、一字一句そのまま。')}</fieldset>"
        '<button class="office-main">試験の質問に加える</button><div id="eval-case-said"></div></form></section>'
    )
