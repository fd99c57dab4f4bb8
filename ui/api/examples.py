"""What requests and responses look like: the examples of the API's description, about an invented town."""

from __future__ import annotations

from pydantic import JsonValue

Example = dict[str, JsonValue]

QUESTION = "見本町の計画期間はいつからいつまでですか?"
ANSWER_ID = "0123456789abcdef0123456789abcdef"
CORPUS = "9f2c1ab07d3e"
TITLE = "見本町DX推進計画"
SENTENCE = "計画期間は、令和5年度から令和9年度までの5年間とする。"
MEASURE = "オンライン申請の拡大"
TEXT = f"# {TITLE}\n\n## 第1章 計画の期間\n\n{SENTENCE}\n\n## 第2章 取組\n\n- {MEASURE}（企画課）\n"

ASK: Example = {"question": "計画期間はいつからいつまでですか?", "municipalities": [], "history": []}


def _place(quote: str) -> Example:
    """Return where a quote stands in the text of the invented plan."""
    start = TEXT.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote)}


CITATION: Example = {
    "n": 1,
    "plan_id": "mihon",
    "municipality": "見本町",
    "municipality_code": "123456",
    "title": TITLE,
    "heading_path": ["第1章 計画の期間"],
    "page": None,
    **_place(SENTENCE),
    "expired": False,
    "cell": None,
}

PROOF: Example = {
    "citations": [CITATION],
    "abstained": False,
    "reason": None,
    "notices": [],
    "suggestions": ["見本町のスマートフォン教室は年に何回ですか?"],
    "mode": "extractive",
    "corpus": CORPUS,
}

ANSWER: Example = {
    **PROOF,
    "id": ANSWER_ID,
    "question": QUESTION,
    "answer": f"{SENTENCE}[1]",
    "seconds": 0.02,
    "easy": None,
}

STORED_ANSWER: Example = {**ANSWER, "municipalities": [], "current": True, "corpus_now": CORPUS}

FEEDBACK: Example = {"answer_id": ANSWER_ID, "helpful": True, "comment": "知りたいことが分かりました。"}

PLAN: Example = {
    "plan_id": "mihon",
    "municipality": "見本町",
    "municipality_code": "123456",
    "prefecture": "見本県",
    "title": TITLE,
    "established": "2023-03-01",
    "revised": None,
    "valid_from": "2023-04-01",
    "valid_to": "2028-03-31",
    "expired": False,
    "superseded_by": None,
    "source": "",
    "characters": len(TEXT),
    "chunks": 2,
}

PLAN_TEXT: Example = {
    **PLAN,
    "evidence": [{"field": "valid_to", **_place(SENTENCE)}],
    "text": TEXT,
}

HITS: Example = {
    "hits": [
        {
            "plan_id": "mihon",
            "municipality": "見本町",
            "heading_path": ["第1章 計画の期間"],
            "text": SENTENCE,
            "start": CITATION["start"],
            "end": CITATION["end"],
            "score": 0.031,
        }
    ]
}

COMMITMENT_CITATION: Example = {**CITATION, "heading_path": ["第2章 取組"], **_place(MEASURE), "part": "title"}

COMMITMENT: Example = {
    "plan_id": "mihon",
    "municipality": "見本町",
    "municipality_code": "123456",
    "plan_title": TITLE,
    "expired": False,
    "superseded_by": None,
    "heading_path": ["第2章 取組"],
    "title": MEASURE,
    "summary": None,
    "state": None,
    "schedule": [],
    "responsible_unit": "企画課",
    "citation": COMMITMENT_CITATION,
    "citations": [COMMITMENT_CITATION],
}

COMPARISON: Example = {
    "question": "計画期間はいつからいつまでですか?",
    "difference": None,
    "rows": [
        {
            "municipality": "見本町",
            "municipality_code": "123456",
            "status": "stated",
            "statements": [{"text": SENTENCE, "citations": [1]}],
            "citations": [CITATION],
            "commitments": [],
        }
    ],
    "notices": [],
}

ERROR: Example = {"error": {"code": "empty_question", "message": "質問が空です。知りたいことを入力してください。"}}

COMPLETION_REQUEST: Example = {
    "model": "machiplan",
    "messages": [{"role": "user", "content": "計画期間はいつからいつまでですか?"}],
}

COMPLETION: Example = {
    "id": ANSWER_ID,
    "object": "chat.completion",
    "created": 1_780_000_000,
    "model": "machiplan",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": f"{SENTENCE}[1]", "refusal": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    **PROOF,
}

MODEL: Example = {"id": "machiplan", "object": "model", "created": 0, "owned_by": "machiplan"}

MODELS: Example = {"object": "list", "data": [MODEL]}

EXAMPLES: dict[str, Example] = {
    "AskBody": ASK,
    "AnswerBody": ANSWER,
    "StoredAnswerBody": STORED_ANSWER,
    "FeedbackBody": FEEDBACK,
    "StatusBody": {"status": "ok"},
    "ErrorBody": ERROR,
    "PlanTextBody": PLAN_TEXT,
    "PlansBody": {"plans": [PLAN]},
    "HitsBody": HITS,
    "CommitmentsBody": {"commitments": [COMMITMENT]},
    "ComparisonBody": COMPARISON,
    "CompletionBody": COMPLETION_REQUEST,
    "CompletionAnswerBody": COMPLETION,
    "ModelBody": MODEL,
    "ModelsBody": MODELS,
}
"""By the name of the body."""
