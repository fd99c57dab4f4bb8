"""What stands beside a kept answer: when it was given, from which texts, and whether its quotes still hold."""

from __future__ import annotations

from datetime import datetime

from assistant.answer import Answer
from ui.web.inert import inert

CURRENT = "引用した文章は、今も計画に同じ文字で載っています。"
NO_QUOTES = "この回答には、引用した文章がありません。"
CHANGED = (
    "この回答のあとで計画が替わり、引用した文章のなかに、今の計画と一致しないものがあります。もう一度ご質問ください。"
)


def render_receipt(given: datetime, answer: Answer, *, now: str, current: bool) -> str:
    """Return the receipt of an answer; ``now`` is the digest of today's texts."""
    holds = (CURRENT if current else CHANGED) if answer.citations else NO_QUOTES
    same = "今の収録内容と同じです" if answer.corpus == now else f"今の収録内容は {now}"
    rows = (
        ("回答した日時", f"{given:%Y年%-m月%-d日 %-H時%M分}（日本時間）"),
        ("原文との照合", holds),
        ("収録内容の番号", f"{answer.corpus}（{same}）"),
    )
    look = "receipt" if current else "receipt receipt-changed"
    items = "".join(f"<dt>{name}</dt><dd>{inert(value)}</dd>" for name, value in rows)
    return f'<dl class="{look}">{items}</dl>'


def render_gone(days: int) -> str:
    """Return what stands at the address of an answer that is not there, and the way on."""
    kept = f"回答を保存するのは{days}日間です。" if days else "このサーバーでは回答を保存していません。"
    return (
        f'<section class="gone"><h2>この回答は、もうありません</h2><p>{kept}'
        "リンクが正しいかをご確認のうえ、もう一度ご質問ください。</p>"
        '<p><a href="/">質問のページへ</a></p></section>'
    )
