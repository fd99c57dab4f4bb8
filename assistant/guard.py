"""What a chat model wrote, sentence by sentence: kept only if the quotes it cites prove it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Citation
from index.tokens import Token, is_content, tokenize
from ingest.eras import Year, find_years
from ingest.search_text import normalise

LONGEST_ANSWER = 800  # characters of a plain answer (the contract's limit)
_NEGATION = re.compile(r"ない|ません|なく|なかっ|ずに|不可")
_UNIT = r"(?:年度|年|月|日|人|件|円|割|つ|倍|回|台|歳|%|か所|箇所|世帯|業務|手続|項目|点|種)?"
_MEASURED = re.compile(rf"[0-9][0-9,.]*{_UNIT}")
_SENTENCE = re.compile(r"[^。\n]+(?:。(?:\s*\[[0-9]{1,3}\])*|$|(?=\n))")
_MARK = re.compile(r"\[([0-9]{1,3})\]")
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十百千万億兆]+(?=[年月日人件円割つ倍回台歳%]|か所|箇所|世帯|業務)")
# Words that make a sentence polite or join it; a model may always use them.
_FREE = frozenset(
    "計画 書く 記載 定める 示す 為る 行う 町 本町 自治体 次 通り 場合 内容 予定 方針 取り組み 取り組む 進める 目指す 以下 就く".split()
    + "関する よる 有る 成る 言う 述べる 事 者 的 化 等".split()
)


def proven_sentences(reply: str, question: str, citations: Sequence[Citation]) -> list[str]:
    """Return the sentences of ``reply`` that cite at least one quote and say nothing that their quotes do not hold.

    Numbers, years and names must stand in the cited quotes (after full-width and era normalisation); so must every other
    topic word, which may also come from the question. A sentence that names a municipality must cite it.
    """
    by_number = {citation.n: citation for citation in citations}
    proven = [s for sentence in _SENTENCE.findall(reply) if (s := sentence.strip()) and _proven(s, question, by_number)]
    kept: list[str] = []
    for sentence in proven:
        if sum(map(len, kept)) + len(sentence) > LONGEST_ANSWER:
            break
        kept.append(sentence)
    return kept


def _proven(sentence: str, question: str, citations: dict[int, Citation]) -> bool:
    numbers = [int(n) for n in _MARK.findall(sentence)]
    if not numbers or any(n not in citations for n in numbers):
        return False
    cited = [citations[n] for n in numbers]
    said = normalise(_MARK.sub("", sentence))
    proof = normalise(" ".join(f"{c.quote} {c.municipality} {c.title} {' '.join(c.heading_path)}" for c in cited))
    if not any(_tells(token) for token in tokenize(said)):
        return False  # marks alone say nothing
    if _NEGATION.search(said) and not _NEGATION.search(proof):
        return False
    return _figures_proven(said, proof) and _words_proven(said, proof, normalise(question))


def _figures_proven(said: str, proof: str) -> bool:
    """Return whether every year and every number stands in the quotes; numbers of the question prove nothing."""
    if not _in_order([_when(y) for y in find_years(said)], [_when(y) for y in find_years(proof)]):
        return False
    proven = {n.rstrip(".,").replace(",", "") for n in _MEASURED.findall(proof)}
    stated = {n.rstrip(".,").replace(",", "") for n in _MEASURED.findall(said)}
    return stated <= proven and all(n in proof for n in _KANJI_NUMBER.findall(said))


def _when(year: Year) -> tuple[int, bool, int, int]:
    return year.year, year.fiscal, year.month, year.day


def _in_order(said: Sequence[object], proof: Sequence[object]) -> bool:
    """Return whether everything said stands in the proof in the same order: a period turned round is no quote of it."""
    rest = iter(proof)
    return all(any(other == one for other in rest) for one in said)


def _words_proven(said: str, proof: str, question: str) -> bool:
    known = {_key(t) for t in tokenize(proof)} | {_key(t) for t in tokenize(question) if not _is_name(t)}
    return all(_key(t) in known or t.surface in proof or t.norm in _FREE for t in tokenize(said) if _tells(t))


def _tells(token: Token) -> bool:
    return (
        is_content(token)
        and token.pos[0] in ("名詞", "動詞", "形容詞", "形状詞", "接尾辞")
        and token.pos[1] != "非自立可能"
    )


def _is_name(token: Token) -> bool:
    return token.pos[1] in ("固有名詞", "数詞")


def _key(token: Token) -> str:
    return token.norm.casefold()
