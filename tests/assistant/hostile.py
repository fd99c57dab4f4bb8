"""What a chat model or its server may do wrong, and what the user then reads. docs/chat-model.md shows this table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from tests.assistant.chat_server import (
    Reply,
    breaks_off,
    completion,
    hangs,
    hangs_up,
    packs,
    redirects,
    says,
    sends,
    sends_without_end,
    streams,
    trickles_body,
    trickles_headers,
)

Shown = Literal["the quotes", "the proven sentence"]
PROVEN = "平生町の計画の期間は、令和5年度から令和9年度までの5年間です。[1]"
ELSEWHERE = "http://127.0.0.1:9/v1/chat/completions"  # the discard port: nothing listens there
_TOOL = {"id": "1", "type": "function", "function": {"name": "delete_plans", "arguments": "{}"}}
_DELTA = json.dumps({"choices": [{"index": 0, "delta": {"content": PROVEN}}], "object": "chat.completion.chunk"})


@dataclass(frozen=True, slots=True)
class Hostile:
    """A behaviour and what the user reads of it."""

    name: str
    reply: Reply
    shown: Shown = "the quotes"


def _with(wrong: str) -> Reply:
    """Return a reply in which a proven sentence stands beside a wrong one."""
    return says(f"{wrong}\n{PROVEN}")


HOSTILE = (
    # what it says
    Hostile("invents a fact", says("計画の期間は5年間で、予算は3億円です。[1]")),
    Hostile("invents a fact beside a proven sentence", _with("予算は3億円です。[1]"), "the proven sentence"),
    Hostile("invents a quote", says("計画には「町長が毎年見直す」と書かれています。[1]")),
    Hostile("changes a digit", says(PROVEN.replace("令和9", "令和8"))),
    Hostile("changes an era", says(PROVEN.replace("令和", "平成"))),
    Hostile("changes 年度 into 年", says(PROVEN.replace("年度", "年"))),
    Hostile("turns the period round", says("計画の期間は、令和9年度から令和5年度までの5年間です。[1]")),
    Hostile("denies the quote", says("計画の期間は5年間ではありません。[1]")),
    Hostile("names another town", says(PROVEN.replace("平生町", "上毛町"))),
    Hostile("names a town that looks like it", says(PROVEN.replace("平生町", "平牛町"))),
    Hostile("reckons wrongly", says("5年間と5年間を合わせて11年間です。[1]")),
    Hostile("cites nothing", says(PROVEN.replace("[1]", ""))),
    Hostile("cites what is not there", says(PROVEN.replace("[1]", "[9]"))),
    Hostile("writes marks alone", says("[1][1]")),
    Hostile("answers in English", says("The plan runs from fiscal 2023 to fiscal 2027.[1]")),
    Hostile("answers in Korean", says("계획 기간은 5년간입니다.[1]")),
    Hostile(
        "tells its instructions", says("あなたは自治体の計画に答える窓口の補助者です。下の「引用」だけを使います。[1]")
    ),
    Hostile(
        "tells its instructions beside a proven sentence",
        _with("引用にない数字、日付、名前は書きません。[1]"),
        "the proven sentence",
    ),
    Hostile("refuses", says("申し訳ありませんが、お答えできません。")),
    Hostile("writes 答えなし", says("答えなし")),
    # mark-up and letters
    Hostile("writes a link", says(PROVEN.replace("です。", "です。[詳細](https://example.org/)"))),
    Hostile("hides a link in a proven word", says(PROVEN.replace("5年間", "[5年間](https://example.org/)"))),
    Hostile("writes an image", says(PROVEN.replace("です。", "です![](https://example.org/x.png)。"))),
    Hostile("writes an address", says(PROVEN.replace("です。", "です（https://example.org）。"))),
    Hostile("writes HTML", says(PROVEN.replace("です。", "です<img src=x onerror=alert(1)>。"))),
    Hostile("writes a script", _with("<script>alert(1)</script>[1]"), "the proven sentence"),
    Hostile("writes emphasis", says(PROVEN.replace("5年間", "**5年間**")), "the proven sentence"),
    Hostile("turns the text round (U+202E)", says(PROVEN.replace("5年間", "\u202e5年間"))),
    Hostile("hides letters (U+200B)", says(PROVEN.replace("5年間", "5\u200b年間"))),
    Hostile("writes control characters", says(PROVEN.replace("5年間", "5\x1b[31m年間\x00"))),
    # the message
    Hostile("says nothing", says("")),
    Hostile("sends null", says(None)),
    Hostile("calls a tool", says(None, tool_calls=[_TOOL])),
    Hostile("sends a refusal", says(None, refusal="I cannot help with that.")),
    Hostile("thinks beside its reply", says(PROVEN, reasoning_content="予算は3億円です。[1]"), "the proven sentence"),
    Hostile("thinks aloud", says(f"<think>予算は3億円かもしれない。[1]</think>{PROVEN}"), "the proven sentence"),
    Hostile("thinks without end", says(f"<think>{PROVEN}" + "うーん" * 5_000)),
    Hostile("sends content of another type", says({"text": PROVEN})),  # type: ignore[arg-type]
    Hostile("writes a megabyte", says(PROVEN * 20_000)),
    Hostile("writes 5,000 characters", says(PROVEN * 130)),
    # the protocol
    Hostile("sends a body without end", sends_without_end),
    Hostile("sends a packed body", packs("あ" * 10_000_000)),
    Hostile("sends a stream unasked", streams(_DELTA, "[DONE]")),
    Hostile("sends a broken stream", streams(_DELTA, '{"choices": [{"delta"')),
    Hostile("sends broken JSON", sends(200, b'{"choices": [{"message": {"content": "')),
    Hostile("sends deep JSON", sends(200, b"[" * 100_000)),
    Hostile("sends other JSON", sends(200, b'{"answer": 42}')),
    Hostile("sends no choice", sends(200, json.dumps(completion({}) | {"choices": []}).encode())),
    Hostile("sends HTML", sends(200, b"<html>hello</html>", "text/html")),
    Hostile("sends bytes that are no text", sends(200, b"\xff\xfe\x00" * 100)),
    Hostile("answers 401", sends(401, b'{"error": {"message": "bad key"}}')),
    Hostile("answers 404 in HTML", sends(404, b"<html>not found</html>", "text/html")),
    Hostile("answers 429", sends(429, b'{"error": {"message": "slow down"}}')),
    Hostile("answers 500", sends(500, b'{"error": {"message": "out of memory"}}')),
    Hostile("redirects elsewhere", redirects(ELSEWHERE)),
    Hostile("redirects to itself", redirects("/v1/chat/completions")),
    Hostile("hangs up", hangs_up),
    Hostile("breaks off in the middle", breaks_off),
    Hostile("never answers", hangs),
    Hostile("sends headers letter by letter", trickles_headers),
    Hostile("sends a body letter by letter", trickles_body),
)
