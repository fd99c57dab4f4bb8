"""An answer in やさしい日本語: short sentences, plain words, furigana. A view beside the quotes, never instead of them."""

from __future__ import annotations

import re

from assistant.easy_guard import faithful
from assistant.easy_replace import Segment, replace
from assistant.easy_split import split
from assistant.furigana import Piece, furigana
from ingest.document import Span
from ingest.sentences import split_sentences

HEADING = "やさしい日本語（言いかえたもの。正しい文は、下の引用を見てください）"
"""What stands over the view wherever it is shown."""

EasySentence = tuple[Piece, ...]
"""One sentence in pieces; the texts joined are the sentence."""

_MARKS = r"(?:\s*\[[0-9]{1,3}\])+"
# A line of an answer: what comes before the quoted words, the words without their quotation marks, the citation marks.
_QUOTED = re.compile(rf"(?P<lead>[^「」『』。]*：)?(?:「(?P<one>.*)」|『(?P<two>.*)』)(?P<marks>{_MARKS})?")
_RUN = re.compile(rf"(?P<words>.+?)(?P<marks>(?<=[。！？!?」』]){_MARKS}|{_MARKS}$|$)")
_BULLET = re.compile(r"[・\-\s]*")
_LABEL = re.compile(r"[^。、「『（(：]{1,60}：")


def easy(text: str) -> tuple[EasySentence, ...]:
    """Return an answer's text in plain words, sentence by sentence, with readings over the kanji.

    Nothing is looked up and nothing is guessed: a sentence that loses a figure, a name, a negation or a hedge on the way
    is left in its own words, with readings only. The same text always gives the same sentences.

    >>> [plain(s) for s in easy("「情報システムを整備する。使い方を検討する。」[1]")]
    ['情報システム〈コンピューターの仕組み〉を整えます。', '使い方をどうするか考えます。[1]']
    """
    noted: set[str] = set()
    sentences: list[EasySentence] = []
    for line in text.splitlines():
        if line.strip():
            sentences += [furigana(sentence) for sentence in _line(line.strip(), noted)]
    return tuple(sentences)


def plain(sentence: EasySentence) -> str:
    """Return a sentence without its readings."""
    return "".join(piece.text for piece in sentence)


def _line(line: str, noted: set[str]) -> list[str]:
    """Return the plain sentences of one line of an answer. Its words are no quote any more, so their marks go."""
    whole = _QUOTED.fullmatch(line)
    if whole is not None and _one_quote(whole["one"] or "", whole["two"] or ""):
        line = (whole["lead"] or "") + (whole["one"] or whole["two"] or "") + (whole["marks"] or "")
    sentences: list[str] = []
    for run in _RUN.finditer(line):
        words = run["words"]
        spans = split_sentences(words, Span(0, len(words)))
        made = [sentence for span in spans for sentence in _sentence(span.of(words), noted)]
        if made:
            made[-1] += run["marks"].replace(" ", "")
        sentences += made or [run[0]]
    return sentences


def _one_quote(one: str, two: str) -> bool:
    """Return whether the marks around a line are one pair, not the first and the last of several names."""
    words, opens, closes = (one, "「", "」") if one else (two, "『", "』")
    depth = 0
    for letter in words:
        depth += (letter == opens) - (letter == closes)
        if depth < 0:
            return False
    return bool(words)


def _sentence(sentence: str, noted: set[str]) -> list[str]:
    """Return what one sentence becomes: several plain ones, or itself where plain words would not be faithful."""
    bullet = _BULLET.match(sentence)
    start = bullet.end() if bullet else 0
    label = _LABEL.match(sentence, start)
    start = label.end() if label else start
    rest = sentence[start:]
    body, stop = (rest[:-1], rest[-1]) if rest[-1:] in tuple("。！？!?") else (rest, "")
    known = set(noted)
    parts = [replace(part, known) for part in split(body)] if body else []
    flat = [segment for part in parts for segment in part]
    if not parts or not faithful(body, flat, [_own(part) for part in parts]):
        return [sentence]
    noted |= known
    made = ["".join(segment.text for segment in part) + (stop or ("。" if len(parts) > 1 else "")) for part in parts]
    made[0] = sentence[:start] + made[0]
    return made


def _own(part: list[Segment]) -> str:
    return "".join(segment.text for segment in part if not segment.added)
