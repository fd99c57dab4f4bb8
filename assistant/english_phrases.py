"""What the assistant says in English around a Japanese answer to an English question. No fact of a plan is written here."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import Answer, Reason
from assistant.english import in_english

LONGEST = 800  # characters of an answer (the contract's limit); the English line is left out where it would go beyond

_REFUSED = {
    Reason.NOT_IN_PLANS: "No answer to this question was found in the plans.",
    Reason.MUNICIPALITY_NOT_COVERED: "There is no answer: the plan of this municipality is not among the plans held here.",
    Reason.AMBIGUOUS_MUNICIPALITY: "More than one municipality could be meant. Please choose one and ask again.",
    Reason.OUT_OF_SCOPE: "This question cannot be answered here: answers come from the municipal plans alone.",
}
_ANSWERED = re.compile(r"From the plans? of [^\n]{1,200} \(quoted in Japanese, word for word\):\n")


def introduce(answer: Answer) -> Answer:
    """Return the answer to an English question with a line in English before it."""
    towns = ", ".join(dict.fromkeys(citation.municipality for citation in answer.citations))
    whose = f"plan of {towns}" if "," not in towns else f"plans of {towns}"
    line = _REFUSED[answer.reason] if answer.reason else f"From the {whose} (quoted in Japanese, word for word):"
    text = f"{line}\n{answer.answer}"
    return replace(answer, answer=text) if len(text) <= LONGEST else answer


def without_introduction(text: str) -> str:
    """Return the text of an answer without the English line that says whose words follow.

    >>> without_introduction("From the plan of 平生町 (quoted in Japanese, word for word):\\n計画の期間は…")
    '計画の期間は…'
    """
    found = _ANSWERED.match(text)
    return text[found.end() :] if found else text


def put_to(town: str, question: str) -> str:
    """Return a question that names no municipality, put to one.

    >>> put_to("甲町", "計画の期間は?"), put_to("甲町", "Who decides?")
    ('甲町の計画の期間は?', '甲町: Who decides?')
    """
    return f"{town}: {question}" if in_english(question) else f"{town}の{question}"
