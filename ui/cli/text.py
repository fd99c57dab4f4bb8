"""How results look on a terminal: plain text, nothing that could steer the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import indent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue

    from assistant.answer import Answer, Citation
    from assistant.easy_japanese import EasySentence


def plain(text: str) -> str:
    """Return ``text`` without control characters other than line breaks and tabs.

    >>> plain("計画\\x1b[31mの期間\\n")
    '計画[31mの期間\\n'
    """
    return "".join(c for c in text if c in "\n\t" or not (ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F))


def json_text(value: JsonValue) -> str:
    """Return ``value`` as JSON that people can read too."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def answer_text(answer: Answer, *, in_easy: bool = False, places: bool = False) -> str:
    """Return an answer with its numbered citations, notices and follow-up questions.

    ``in_easy`` adds the plain words, ``places`` where each quote stands: the plan's id, start and end.
    """
    blocks = [answer.answer]
    if in_easy:
        from assistant.easy_japanese import HEADING, easy

        blocks.append("\n".join([f"【{HEADING}】", *map(easy_text, easy(answer.answer))]))
    if answer.citations:
        blocks.append(
            "\n".join(["【根拠】", *(_citation_text(citation, places=places) for citation in answer.citations)])
        )
    blocks.extend(_listed("【お知らせ】", answer.notices))
    blocks.extend(_listed("【続けて聞けること】", answer.suggestions))
    return plain("\n\n".join(blocks))


def easy_text(sentence: EasySentence) -> str:
    """Return a sentence with its readings in brackets behind the kanji.

    >>> from assistant.furigana import furigana
    >>> easy_text(furigana("計画を見直します"))
    '計画（けいかく）を見直（みなお）します'
    """
    return "".join(f"{piece.text}（{piece.ruby}）" if piece.ruby else piece.text for piece in sentence)


def _citation_text(citation: Citation, *, places: bool) -> str:
    where = " > ".join([citation.title, *citation.heading_path])
    expired = "（計画期間は終了しています）" if citation.expired else ""
    place = f"（{citation.plan_id} {citation.start}-{citation.end}）" if places else ""
    return f"[{citation.n}] {citation.municipality} {where}{place}{expired}\n{indent(citation.quote, '    ')}"


def _listed(heading: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield "\n".join([heading, *(f"・{line}" for line in lines)])
