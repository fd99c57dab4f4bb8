"""A clause -> the one office, body or holder of a post that a question asks for."""

from __future__ import annotations

import re

from assistant.claim_words import HOLDS_POST, OFFICE
from assistant.lead_clause import AskedClause
from assistant.lead_fact import Fact, word_fact
from assistant.understand import Understanding
from assistant.wording import Wanted

_POST = re.compile(r"副?(?:本部|委員|会|座|室|局|班|課)長|[ァ-ヶー]*リーダー|責任者|CI?S?O")
_ASKS_HOLDER = re.compile(r"誰|だれ|どの職|役職|どなた|何職|[長者ー]は[?？]?$|なる人")
# What the question asks for -> how such an office ends.
_BODIES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"委員会"), re.compile(r"委員会$")),
    (re.compile(r"会議|組織"), re.compile(r"(?:会議|委員会|協議会|本部|チーム)$")),
    (
        re.compile(r"何課|どの課|どこの課|担当課|主管課|部署|何班|どの班|担当は|担当する|事務局|どこ"),
        re.compile(r"(?:課|室|班|係|局)$"),
    ),
)
_NAME = re.compile(rf"[「『]?(?P<name>{OFFICE.pattern}|[一-鿿ァ-ヶー]{{2,12}}(?:室|係|局))[」』]?")
_DOES = re.compile(r"(?:が(?!必要)|において|で(?=[、行実検調決審])|[にへ](?:設置|置)|が?(?:担当|所管|主管))")
_NO_NAME = re.compile(r"^(?:各|全|関係|担当|主管|業務主管|所管|当該|同|他|庁内|人事担当|情報政策担当|本町|関連)")


def state_post(asked: Understanding, one: AskedClause) -> Fact | None:
    """Return who holds the post that is asked for, or the only office that does what is asked."""
    text, focus = one.clause.text, asked.focus
    posts = {match[0] for match in _POST.finditer(focus)}
    if posts:
        return _holder(one, posts) if len(posts) == 1 and _ASKS_HOLDER.search(focus) else None
    endings = next((ends for asks, ends in _BODIES if asks.search(focus)), None)
    if endings is None:
        return None
    named = [m for m in _NAME.finditer(text) if endings.search(m["name"]) and not _NO_NAME.match(m["name"])]
    doing = [m for m in named if _DOES.match(text, m.end())]
    names = {m["name"] for m in named}
    if len(names) != 1 or not doing or doing[0]["name"] in focus:
        return None
    return word_fact(Wanted.WHO, doing[0]["name"], one, *doing[0].span())


def _holder(one: AskedClause, posts: set[str]) -> Fact | None:
    """Return the holder of the only post asked for; a holder that is a post too is given with who holds that."""
    held = [m for pattern in HOLDS_POST for m in pattern.finditer(re.sub("[「」『』]", "", one.clause.text))]
    pairs = {(m["post"], m["who"]) for m in held}
    (post,) = posts
    who = {holder for name, holder in pairs if name.endswith(post) and name.startswith("副") == post.startswith("副")}
    if len(who) != 1:
        return None
    (holder,) = who
    whole = one.before + one.clause.text
    behind = {m["who"] for pattern in HOLDS_POST for m in pattern.finditer(whole) if m["post"] == holder}
    said = f"{behind.pop()}（{holder}）" if len(behind) == 1 else holder
    return Fact(Wanted.WHO, said, f"{said}です。")
