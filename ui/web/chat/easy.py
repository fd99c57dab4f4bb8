"""The やさしい日本語 view of an answer, as HTML in which nothing that came from a plan or a person is markup."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.easy_japanese import HEADING, EasySentence, easy
from assistant.kana import in_kana
from ui.web.inert import inert, steady


def render_easy(answers: Sequence[Answer], *, wanted: bool) -> str:
    """Return the newest answer in plain words under its heading; "" where there is none, or the view is not wanted.

    >>> render_easy([], wanted=True)
    ''
    """
    if not answers or not wanted:
        return ""
    sentences = "".join(f"<p>{_sentence(sentence)}</p>" for sentence in easy(answers[-1].answer))
    return f'<section aria-labelledby="easy-title"><h2 id="easy-title">{inert(HEADING)}</h2>{sentences}</section>'


def asked_in_kana(answers: Sequence[Answer]) -> bool:
    """Return whether the newest question was written in kana: whoever writes so is helped by the view."""
    return bool(answers) and in_kana(answers[-1].question)


def _sentence(sentence: EasySentence) -> str:
    return "".join(
        f"<ruby>{steady(piece.text)}<rp>（</rp><rt>{steady(piece.ruby)}</rt><rp>）</rp></ruby>"
        if piece.ruby
        else steady(piece.text)
        for piece in sentence
    )
