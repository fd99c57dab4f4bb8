"""What a face accepts as a question, checked once for all of them."""

from __future__ import annotations

LONGEST_QUESTION = 2_000
"""Characters (Unicode code points) after trimming."""


class QuestionRefusedError(ValueError):
    """The text cannot be asked. ``code`` names the reason for programs, the message is Japanese and says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def clean(text: str) -> str:
    """Return ``text`` with every lone surrogate replaced by U+FFFD, so that it can be stored and sent as UTF-8.

    >>> clean("計画\\ud800期間") == "計画\\ufffd期間"
    True
    """
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


def read_question(text: str) -> str:
    """Return the question as it will be asked: cleaned and trimmed.

    Raises:
        QuestionRefusedError: nothing is left, or more than ``LONGEST_QUESTION`` characters are.

    >>> read_question("  計画の期間は?\\n")
    '計画の期間は?'
    """
    question = clean(text).strip()
    if not question:
        raise QuestionRefusedError("empty_question", "質問が空です。知りたいことを入力してください。")
    if len(question) > LONGEST_QUESTION:
        raise QuestionRefusedError(
            "question_too_long",
            f"質問が長すぎます（{len(question):,}文字）。{LONGEST_QUESTION:,}文字以内にまとめてください。",
        )
    return question
