"""The conversation as HTML: each question a heading, its answer below it, and what can be done with the answer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from ingest.document import Plan
from ui.web.chat.answer_html import mark_up, render_answer
from ui.web.chat.plain_text import answer_text, conversation_markdown
from ui.web.inert import inert, steady

SEARCHING = "計画を調べています…"
COMMENT = "よろしければ、理由をお聞かせください（任意）"
NO_NAMES = "お名前や電話番号などは書かないでください。"


def render_conversation(answers: Sequence[Answer], *, plans: Sequence[Plan], kept: bool, own_page: bool = False) -> str:
    """Return the finished turns, oldest first; ``kept`` says whether an answer can be found again by its id.

    On an answer's own page there is no link to that page.
    """
    turns = "".join(
        render_turn(answer, turn=at, plans=plans, kept=kept, own_page=own_page)
        for at, answer in enumerate(answers, start=1)
    )
    saved = inert(conversation_markdown(answers)) if answers else ""
    return f'<div class="conversation" data-kept="{"yes" if kept else "no"}" data-markdown="{saved}">{turns}</div>'


def render_turn(answer: Answer, *, turn: int, plans: Sequence[Plan], kept: bool, own_page: bool) -> str:
    """Return one question with its answer and the tools under it."""
    return (
        f'<article class="turn" data-answer="{inert(answer.id)}" data-text="{inert(answer_text(answer))}" '
        f'data-citations="{len(answer.citations)}" aria-labelledby="turn-{turn}">'
        f'<h2 class="user-row" id="turn-{turn}">{steady(answer.question)}</h2>'
        f'<div class="bot-row">{render_answer(answer, turn=turn, plans=plans)}</div>'
        f"{_tools(answer, kept=kept, own_page=own_page)}</article>"
    )


def render_pending(question: str, so_far: str, *, turn: int) -> str:
    """Return the turn that is being answered, with the answer's text so far; "" where no question is asked."""
    if not question:
        return ""
    text = mark_up(so_far, turn=turn) if so_far else f"<p>{SEARCHING}</p>"
    return f'<h2 class="user-row">{steady(question)}</h2><div class="bot-row">{text}</div>'


def _tools(answer: Answer, *, kept: bool, own_page: bool) -> str:
    copy = '<button type="button" data-do="copy">回答をコピー</button>'
    if not kept:
        return f'<div class="tools">{copy}{_SAID}</div>'
    link = "" if own_page else f'<a href="/answer?id={inert(answer.id)}">この回答へのリンク</a>'
    return f'<div class="tools">{_HELPFUL}{copy}{link}{_comment(answer.id)}{_SAID}</div>'


_SAID = '<p class="tools-said" role="status"></p>'
_HELPFUL = (
    '<button type="button" data-do="helpful" aria-pressed="false">役に立った</button>'
    '<button type="button" data-do="unhelpful" aria-pressed="false">役に立たなかった</button>'
)


def _comment(answer_id: str) -> str:
    name = f"comment-{inert(answer_id)}"
    return (
        f'<form class="comment" hidden><label for="{name}">{COMMENT}</label>'
        f'<p id="{name}-hint">{NO_NAMES}</p>'
        f'<textarea id="{name}" rows="2" maxlength="2000" aria-describedby="{name}-hint"></textarea>'
        f'<button type="submit">送る</button></form>'
    )
