"""A question that asks yes or no -> はい, いいえ or what the plan intends; "" wherever the quote does not settle it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claim_words import LIMITING
from assistant.claims import Clause, clauses, plain
from assistant.lead_clause import AskedClause, required
from assistant.lead_words import AFFIRMED, ASKING_END, ASKS_MENTION, INTENDS, NOT_SETTLED
from assistant.proof import Proof
from assistant.said import Word, modality
from assistant.understand import Understanding

_INTENTIONS = frozenset({"considered", "expected", "aimed at", "needed"})
_EXCERPT = 24  # characters of the plan's own denial
_NO_TOWN = "\0"  # the question has no municipality's name any more, nor has the proof
_HELPING = re.compile(r"^(?:検討|予定|目指|めざ|努|必要|目標|推進|実施|取り?組|進め|行|いく|いき)")
_DENIAL = re.compile(r"(?:ておらず|ていません|ていない|ません|ない|おりません)$")


def answer_yes_no(asked: Understanding, found: Sequence[AskedClause]) -> str:
    """Return the sentence that answers, for the clauses that hold all of the question's words."""
    if mention := ASKS_MENTION.search(asked.focus):
        return AFFIRMED if found and not _acts(clauses(asked.focus[: mention.start()])) else ""
    claim = clauses(plain(ASKING_END.sub("", asked.focus)).lstrip("はでにもの、"))
    if len(claim) != 1 or len(found) != 1 or LIMITING.search(asked.focus):
        return ""
    action = _last_action(claim[0])
    there = _same(found[0].clause, action) if action is not None else None
    if action is None or there is None or action.said is None or there.said is None:
        return ""
    if action.said == there.said:
        if not _settles(found[0], there):
            return ""
        proof = Proof(_NO_TOWN, plain(found[0].clause.text), "")
        return AFFIRMED if proof.proves(claim[0], frozenset(required(asked)), worked_out=False) else ""
    if action.said:
        return ""
    if there.said == {"denied"}:
        return _denied(found[0].clause, there)
    return _intended(found[0], there)


def is_mentioned(asked: Understanding, quote: str) -> bool:
    """Return whether a question if the plan mentions something gets a yes from a quote that speaks of all that it names."""
    mention = ASKS_MENTION.search(asked.focus)
    denied = mention is not None and "denied" in modality(asked.focus[: mention.start()])
    return mention is not None and denied == ("denied" in modality(plain(quote)))


def _acts(said: Sequence[Clause]) -> bool:
    return any(
        word.said is not None and word.token.pos[0] in ("動詞", "形容詞") for clause in said for word in clause.words
    )


def _last_action(clause: Clause) -> Word | None:
    actions = [word for word in clause.words if word.said is not None]
    return actions[-1] if actions else None


def _same(clause: Clause, action: Word | None) -> Word | None:
    """Return the last place of an action in a clause, if only helping verbs follow it there."""
    places = [word for word in clause.words if action and word.key == action.key and word.said is not None]
    if not places:
        return None
    later = [w for w in clause.words if w.said is not None and w.token.start > places[-1].token.start]
    return places[-1] if all(_HELPING.match(w.token.surface) for w in later) else None


def _settles(one: AskedClause, there: Word) -> bool:
    """Return whether an action is what its sentence ends in, so that nothing takes it back (「検討・推進します」)."""
    text = one.clause.text
    around = modality(text[: there.token.start] + "、" + text[there.token.end :])
    firm = around & _INTENTIONS <= (there.said or frozenset())
    return firm and not one.rest and _last_action(one.clause) == there


def _denied(clause: Clause, there: Word) -> str:
    words = re.sub(r"[、。]+$", "", clause.text[there.token.start :])
    if len(words) > _EXCERPT or LIMITING.search(clause.text) or not _DENIAL.search(words):
        return ""
    return f"いいえ。計画には「{words}」とあります。"


def _intended(one: AskedClause, there: Word) -> str:
    said = there.said or frozenset()
    behind = one.clause.text[there.token.end :]
    words = [wording for pattern, wording in INTENDS if pattern.search(behind)]
    if one.rest or not said or not said <= _INTENTIONS or len(words) != 1:
        return ""
    return f"計画では、{words[0]}{NOT_SETTLED}。"
