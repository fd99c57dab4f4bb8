"""The headings above a measure -> the one that says what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.search_text import readable

_NUMBERING = re.compile(r"^(?:第?\s?[0-9０-９]+\s?[章節編]|[(（〔]?[0-9０-９]+[)）〕]?\s?[.．、]?|[①-⑳]|[■●◆○◎・])\s*")
# Headings under which every plan may list its measures: they name no theme, the heading above them does.
_FRAME = re.compile(
    r"(?:情報化)?施策の(?:方向性?|展開|内容|体系)"
    r"|(?:主な|主要な|具体的な)?(?:取組|施策|事業)(?:内容|項目|一覧)?|実施(?:項目|事業)"
)


def theme_of(headings: Sequence[str]) -> str:
    """Return the deepest heading that names a theme, without its number; the deepest of all where none does.

    >>> theme_of(("8. 基本目標と方向性", "基本目標4：情報化に対応する人材の育成", "〔情報化施策の方向性〕"))
    '基本目標4：情報化に対応する人材の育成'
    """
    bare = [bare_heading(heading) for heading in headings]
    named = [heading for heading in bare if heading and not _FRAME.fullmatch(heading)]
    return (named or bare or [""])[-1]


def bare_heading(heading: str) -> str:
    """Return a heading without its number and brackets.

    >>> bare_heading("(1)業務のデジタル化"), bare_heading("〔情報化施策の方向性〕")
    ('業務のデジタル化', '情報化施策の方向性')
    """
    return _NUMBERING.sub("", readable(heading)).strip("【】〔〕《》〈〉『』「」 　")
