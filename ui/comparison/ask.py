"""Towns and a topic -> what is compared, or a polite refusal that says what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.scope import selected_codes
from assistant.towns import find_mentions, without_mentions
from assistant.wording import ONLY_THIS
from ingest.document import Plan
from ui.question import QuestionRefusedError, read_question

FEWEST, MOST = 2, 5
"""Towns in one comparison."""

ASK_TOPIC = "比べたいことがらを入力してください。例：「オンライン手続」「計画の期間はいつまでですか」"
TOWNS_IN_TOPIC = "ことがらの中の市町村の名前は使わず、選んだ市町村どうしを比べました。"


_ONLY = re.compile(rf"(?<=\s\s){ONLY_THIS.pattern}")  # right behind the blanks where a name stood: 「甲町だけの期限」
_JOINED = re.compile(r"^[\sのとや、，,・はでも]+")  # what joined the names to the topic: 「甲町と乙町の期限」


@dataclass(frozen=True, slots=True)
class Asked:
    """The topic without towns' names, the towns' codes in the order chosen, and what to tell of what was left out."""

    topic: str
    codes: tuple[str, ...]
    notice: str = ""


def read_asked(topic: str, towns: Sequence[str], plans: Sequence[Plan]) -> Asked:
    """Return what is to be compared.

    Raises:
        QuestionRefusedError: too few or too many towns, or a topic that is empty or too long.
        UnknownMunicipalityError: a name or code that the index does not hold.
    """
    codes = selected_codes(towns, plans)
    if len(codes) < FEWEST:
        raise QuestionRefusedError("too_few_municipalities", f"比べる市町村を{FEWEST}つ以上選んでください。")
    if len(codes) > MOST:
        raise QuestionRefusedError(
            "too_many_municipalities",
            f"一度に比べられるのは{MOST}つまでです（今は{len(codes)}つ）。{MOST}つ以内に減らしてください。",
        )
    if not topic.strip():
        raise QuestionRefusedError("empty_question", ASK_TOPIC)
    text = unicodedata.normalize("NFKC", read_question(topic))
    if not find_mentions(text, plans):
        return Asked(text, codes)
    rest = _JOINED.sub("", _ONLY.sub("", without_mentions(text, plans))).strip()
    if not any(map(str.isalnum, rest)):
        raise QuestionRefusedError("empty_question", ASK_TOPIC)
    return Asked(rest, codes, TOWNS_IN_TOPIC)
