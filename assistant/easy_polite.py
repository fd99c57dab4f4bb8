"""A clause with its last predicate as です or ます."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.easy_verbs import Verb, ends, inflects
from index.tokens import Token, tokenize

_MUST = (("なけれ", "ば", "なら"), ("なけれ", "ば", "なり"), ("なけれ", "ば", "いけ"))


def polite(clause: str, *, past: bool = False) -> str:
    """Return ``clause`` (without a final 。) ending in です or ます; in the past where ``past`` says so.

    A clause that ends in a noun, or is polite already, comes back as it is.

    >>> [polite(c) for c in ("効率化を図る", "計画を策定した", "重要である", "見直さなければならない", "推進し")]
    ['効率化を図ります', '計画を策定しました', '重要です', '見直すことが必要です', '推進します']
    """
    tokens = tokenize(clause)
    if not tokens:
        return clause
    obliged = _obligation(clause, tokens)
    if obliged is not None:
        return obliged
    last, before = tokens[-1], tokens[-2] if len(tokens) > 1 else None
    copula = before is not None and before.base in ("だ", "で") and last.base == "ある"
    if copula and before is not None:
        return clause[: before.start] + ("でした" if past else "です")
    if inflects(last) and (ends(last) or last.form[1].startswith("連用形-一般")):
        return clause[: last.start] + Verb.of(last).stem + ("ました" if past else "ます")
    if not ends(last) or before is None:
        return clause
    return clause[: before.start] + _after(before, last, tokens)


def _after(before: Token, last: Token, tokens: Sequence[Token]) -> str:
    """Return the last two words of a clause that does not end in a verb, made polite."""
    whole = before.surface + last.surface
    if last.base == "た" and inflects(before):
        of_copula = before.base == "ある" and len(tokens) > 2 and tokens[-3].surface == "で"
        return whole if of_copula else Verb.of(before).stem + "ました"
    if last.base == "た" and before.base == "だ":
        return "でした"
    if last.base == "ない" and last.pos[0] == "助動詞" and inflects(before):
        return Verb.of(before).stem + "ません"
    if last.base == "ない" and last.pos[0] == "形容詞":
        return before.surface + "ありません"
    if last.base == "だ" and last.pos[0] == "助動詞":
        return before.surface + "です"
    if last.form[0] == "形容詞" or last.base == "たい" or (last.base == "た" and before.base == "ない"):
        return whole + "です"
    return whole


def _obligation(clause: str, tokens: Sequence[Token]) -> str | None:
    """Return a clause that ends in 〜なければならない with its two negations put as a need, or ``None`` for any other."""
    words = [token.surface for token in tokens]
    for at in range(1, len(tokens) - 3):
        if tuple(words[at : at + 3]) in _MUST and inflects(tokens[at - 1]) and len(tokens) - at <= 6:
            return clause[: tokens[at - 1].start] + tokens[at - 1].base + "ことが必要です"
    return None
