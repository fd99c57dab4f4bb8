"""What things are called in a report, in Japanese."""

from __future__ import annotations

from assistant.answer import Reason

PERSONAS: dict[str, str] = {"resident": "住民", "staff": "職員", "evaluator": "評価者"}

TYPES: dict[str, str] = {
    "fact": "事実",
    "table": "表",
    "glossary": "用語",
    "schedule": "工程",
    "list": "列挙",
    "compare": "比較",
    "procedure": "手続き",
    "reason": "理由・背景",
    "unanswerable": "答えが計画にない",
    "confusable": "取り違えやすい",
    "noisy": "表記の乱れ",
    "followup": "続きの質問",
    "plain": "やさしい言葉",
}

REASONS: dict[Reason, str] = {
    Reason.NOT_IN_PLANS: "計画に記載がない",
    Reason.MUNICIPALITY_NOT_COVERED: "収録していない自治体",
    Reason.AMBIGUOUS_MUNICIPALITY: "どの自治体か分からない",
    Reason.OUT_OF_SCOPE: "計画についての質問ではない",
}

RIGHT = "正しく答えた"
RIGHTLY_REFUSED = "正しく断った"
NO_TOWN = "（指定なし）"
NO_SET = "（名前なし）"
WRITTEN = "書いた質問"
GENERATED = "生成した質問"
