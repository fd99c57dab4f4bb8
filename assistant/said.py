"""A word of a text, and what the text says of it: denied, considered, aimed at, done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claim_words import AIMED_BEFORE, AUXILIARY, DENIED, FORMAL, MODALITY, NO_DENIAL, ONGOING, PAST, SAME
from index.tokens import Token, is_content, tokenize

VERBAL = ("動詞", "助動詞")


@dataclass(frozen=True, slots=True)
class Word:
    """A content word. ``said`` is the modality of an action or state, ``None`` for other words.

    ``within`` is the modality inside the relative clause that the word stands in (「活用した業務」), ``None`` outside one.
    """

    key: str
    token: Token
    said: frozenset[str] | None
    within: frozenset[str] | None


def read_word(text: str, tokens: Sequence[Token], at: int, later: frozenset[str]) -> Word:
    """Return the word at a place among a clause's tokens; ``later`` is what the next clause says of it too."""
    token = tokens[at]
    key = word_key(token)
    if at + 1 < len(tokens) and tokens[at + 1].surface == "以外":
        key += "以外"
    if not _acts(tokens, at):
        return Word(key, token, None, None)
    aimed = frozenset({"aimed at"} if AIMED_BEFORE.search(text[: token.start]) else ())
    end = _relative_end(tokens, at)
    within = modality(text[token.end : end]) if end else None
    return Word(key, token, modality(text[token.end :]) | later | aimed, within)


def _relative_end(tokens: Sequence[Token], at: int) -> int:
    """Return where the relative clause ends that a word stands in: a verb right before a noun that it describes; else 0."""
    for before, after in zip(tokens[at:], tokens[at + 1 :], strict=False):
        verb = before.pos[0] in VERBAL and before.surface not in ("で", "に", "と")
        noun = after.pos[0] in ("名詞", "接頭辞", "形状詞") or after.surface in "「『"
        if verb and noun and after.norm not in FORMAL:
            return before.end
    return 0


def _acts(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word is an action or state of which something can be said; of a compound its last noun decides."""
    for before, after in zip(tokens[at:], [*tokens[at + 1 :], None], strict=True):
        if after is None or after.pos[0] not in ("名詞", "接尾辞"):
            return before.pos[0] in ("動詞", "形容詞", "形状詞") or before.pos[2] in ("サ変可能", "サ変形状詞可能")
    return False


def tells(token: Token) -> bool:
    """Return whether a token says something that must be proven: nouns, verbs, adjectives, suffixes, adverbs."""
    if token.pos[0] == "副詞":
        return True
    if token.pos[1] == "非自立可能" and token.norm in AUXILIARY:
        return False
    return is_content(token) and token.pos[0] in ("名詞", "動詞", "形容詞", "形状詞", "接尾辞")


def word_key(token: Token) -> str:
    """Return the form in which words are compared."""
    norm = token.norm.casefold()
    return SAME.get(norm, norm)


def modality(text: str) -> frozenset[str]:
    """Return what a text says of what stands before it: denied, considered, aimed at and so on.

    >>> sorted(modality("を検討しません")), modality("しなければなりません")
    (['considered', 'denied'], frozenset({'needed'}))
    """
    found = {name for name, pattern in MODALITY if pattern.search(text)}
    if DENIED.search(NO_DENIAL.sub("", text)):
        found.add("denied")
    return frozenset(found)


def tense(part: str) -> str:
    """Return past, ongoing or plain, or "" where a clause ends in no verb."""
    text = part.rstrip("、。 」』)")
    if PAST.search(text):
        return "past"
    if ONGOING.search(text[-6:]):
        return "ongoing"
    last = tokenize(text)[-1:] if text else []
    return "plain" if last and last[0].pos[0] in VERBAL else ""
