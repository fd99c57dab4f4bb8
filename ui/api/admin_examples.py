"""What requests and responses of the administration look like: the examples of the API's description."""

from __future__ import annotations

from ui.api.examples import PLAN, TEXT, TITLE, Example

ADMIN_PLANS: Example = {"plans": [{**PLAN, "file": "mihon.txt", "uploaded": True}]}

INGESTION: Example = {
    "added": ["mihon"],
    "changed": [],
    "unchanged": [],
    "removed": [],
    "refused": [{"path": "見本.xlsx", "reason": "この種類のファイルは読めません。"}],
    "chunks": 2,
    "read": [
        {
            "plan_id": "mihon",
            "municipality": "見本町",
            "title": TITLE,
            "extractor": None,
            "characters": len(TEXT),
            "pages": None,
            "found": {
                "sections": 2,
                "paragraphs": 2,
                "lists": 0,
                "tables": 1,
                "rows": 1,
                "definitions": 0,
                "cards": 0,
                "commitments": 1,
            },
            "doubts": [],
        }
    ],
    "notes": [],
}

PROGRESS: Example = {"phase": "計画を読んでいます", "done": 1, "total": 4}

GAPS: Example = {
    "answers": 12,
    "unmet": 1,
    "days": 30,
    "gaps": [
        {
            "municipality": "見本町",
            "reason": "not_in_plans",
            "reason_label": "計画に記載がない",
            "theme": "町長",
            "count": 1,
            "examples": [{"question": "町長の好きな食べ物は?", "comment": ""}],
        }
    ],
}

EVALUATION_STATE: Example = {"running": True, "set": "dev", "stage": PROGRESS, "run": "", "problem": ""}

START: Example = {"set": "dev"}

CASE: Example = {"question": "町長の好きな食べ物は何ですか?", "abstain": True, "reason": "not_in_plans"}

SET: Example = {
    "name": "mihon",
    "cases": 0,
    "problems": [{"line": 1, "field": "question", "message": "question がありません。", "text": '{"id": "a"}'}],
}

ADMIN_EXAMPLES: dict[str, Example] = {
    "AdminPlansBody": ADMIN_PLANS,
    "IngestionBody": INGESTION,
    "IngestionStateBody": {"stage": PROGRESS},
    "GapsBody": GAPS,
    "EvaluationStateBody": EVALUATION_STATE,
    "StartBody": START,
    "SetBody": SET,
    "CaseBody": CASE,
}
"""By the name of the body."""
