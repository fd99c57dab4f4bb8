"""Every failure as ``{"error": {"code", "message"}}``: the message is Japanese and says what to do."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from assistant.answer import UnknownMunicipalityError
from ui.admission import COME_AGAIN, BusyError
from ui.api.models import LONGEST_HISTORY, ErrorBody, ErrorDetail
from ui.database import AnswersFileError
from ui.open import CANNOT_OPEN
from ui.question import QuestionRefusedError
from ui.watch.notes import note_failure

# What to say for a status that the framework raises by itself.
STATUS_MESSAGES: dict[int, tuple[str, str]] = {
    400: ("malformed_json", "送られた内容を JSON として読めません。UTF-8 の正しい JSON を送ってください。"),
    408: ("too_slow", "送られた内容が時間内に届きませんでした。通信の状態を確かめて、もう一度お試しください。"),
    404: ("unknown_path", "このアドレスはありません。アドレスをご確認ください。"),
    405: (
        "method_not_allowed",
        "このアドレスではその方法（HTTP メソッド）は使えません。Allow ヘッダーの方法を使ってください。",
    ),
    413: ("body_too_large", "送られた内容が大きすぎます。会話の履歴や質問を短くしてください。"),
    415: ("unsupported_media_type", "Content-Type を application/json にして、JSON を送ってください。"),
}

UNSUPPORTED = "unsupported_parameter"

# Fields of OpenAI's API that ask for what is not done here, and why.
NOT_DONE = {
    "n": "1つの質問への回答は1つです。",
    "response_format": "回答は計画を引用した文章で、JSON では返せません。",
    "modalities": "回答は文章だけです。",
    "audio": "回答は文章だけです。",
    "logprobs": "回答は計画の引用なので、語の確率はありません。",
    "tools": "ツールの呼び出しはできません。",
    "tool_choice": "ツールの呼び出しはできません。",
    "functions": "関数の呼び出しはできません。",
    "function_call": "関数の呼び出しはできません。",
    "web_search_options": "計画のほかは検索しません。",
}

# What to say for a field of a request, by its name.
FIELD_MESSAGES: dict[str, tuple[str, str]] = {
    "question": ("invalid_question", "question に質問を文字列で指定してください。"),
    "municipalities": ("invalid_municipalities", "municipalities は市町村名か6桁のコードの配列で指定してください。"),
    "history": (
        "invalid_history",
        'history は {"role": "user" または "assistant", "content": "文字列"} の配列で指定してください。',
    ),
    "easy": ("invalid_easy", "easy は true か false で指定してください。"),
    "answer_id": ("invalid_answer_id", "answer_id に回答の id を文字列で指定してください。"),
    "helpful": ("invalid_helpful", "helpful は true か false で指定してください。"),
    "comment": ("invalid_comment", "comment は文字列で指定してください。"),
    "q": ("invalid_q", "q に検索する語を指定してください。"),
    "files": ("invalid_file", "files に計画のファイルを1つ以上付けて、multipart/form-data で送ってください。"),
    "file": ("invalid_file", "file にファイルを1つ付けて、multipart/form-data で送ってください。"),
    "set": ("invalid_set", "set に質問セットの名前を文字列で指定してください。"),
    "format": ("invalid_format", "format は json か csv を指定してください。"),
    "k": ("invalid_k", "k は1から100までの整数で指定してください。"),
    "model": ("invalid_model", "model に「machiplan」を指定してください。"),
    "messages": (
        "invalid_messages",
        'messages は {"role": "user", "content": "質問"} の配列で送ってください。画像やファイルは受け取れません。',
    ),
    "stream": ("invalid_stream", "stream は true か false で指定してください。"),
    "stream_options": ("invalid_stream_options", 'stream_options は {"include_usage": true} の形で指定してください。'),
    **{name: (UNSUPPORTED, f"{why}{name} を外して送ってください。") for name, why in NOT_DONE.items()},
}
NO_FORM = (
    "malformed_form",
    "送られたフォームを読めません。ファイルを付けて、multipart/form-data で送り直してください。",
)
LARGE_UPLOAD = (
    "body_too_large",
    "送られたファイルが大きすぎます。1つ 30 MB まで、1度に合わせて 60 MB までにしてください。",
)
LONG_HISTORY = (
    "history_too_long",
    f"会話の履歴は{LONGEST_HISTORY}件までです。新しいものから{LONGEST_HISTORY}件だけを送ってください。",
)
NO_OBJECT = ("invalid_body", "本文に JSON オブジェクトを送ってください。送る項目は /openapi.json で確認できます。")
NOT_READY = (
    "not_ready",
    "ただいま回答の準備ができていません。しばらくしてからお試しください。理由は /readyz で確認できます。",
)
NOT_KEEPING = (
    "not_keeping",
    "ただいま、ご質問とご意見の記録を読み書きできません。時間をおいてもう一度お試しください。",
)
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
NO_ROOM = (
    "not_enough_room",
    "サーバーに空き容量がないため、送られた内容を受け取れませんでした。管理者が空き容量を増やしてから、もう一度お試しください。",
)
UNEXPECTED = "申し訳ありません。処理中に問題が起きました。時間をおいてもう一度お試しください。"


class ApiError(Exception):
    """A request cannot be served: ``status`` and ``code`` for programs, the message Japanese."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class ErrorResponse(JSONResponse):
    """A failure as it is sent; to a client of OpenAI's API with the fields that it knows beyond ours."""

    def __init__(self, status: int, detail: ErrorDetail, headers: dict[str, str] | None) -> None:
        super().__init__(ErrorBody(error=detail).model_dump(), status_code=status, headers=headers)
        self._openai = {"error": {**detail.model_dump(), "type": _openai_type(status), "param": None}}
        self._given = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the body that is known at the address asked."""
        if scope["path"].startswith("/v1/"):
            await JSONResponse(self._openai, self.status_code, self._given)(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _openai_type(status: int) -> str:
    if status == 429:
        return "rate_limit_error"
    return "invalid_request_error" if status < 500 else "server_error"


def error_response(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return the response for a failure."""
    note_failure(code)
    return ErrorResponse(status, ErrorDetail(code=code, message=message), headers)


def describe(error: Exception) -> tuple[int, str, str]:
    """Return status, code and Japanese message of a failure that a request may cause.

    Raises:
        TypeError: ``error`` is of no such kind.
    """
    if isinstance(error, ApiError):
        return error.status, error.code, str(error)
    if isinstance(error, QuestionRefusedError):
        return 422, error.code, str(error)
    if isinstance(error, UnknownMunicipalityError):
        return 422, "unknown_municipality", str(error)
    if isinstance(error, CANNOT_OPEN):
        return 503, *NOT_READY
    if isinstance(error, AnswersFileError):
        return 503, *NOT_KEEPING
    if isinstance(error, BusyError):
        return 503, "busy", str(error)
    if isinstance(error, RequestValidationError):
        return describe_fields(error.errors())
    raise TypeError(f"{type(error).__name__} is not a failure that a request may cause; let it rise.")


EXPECTED = (
    ApiError,
    QuestionRefusedError,
    UnknownMunicipalityError,
    RequestValidationError,
    AnswersFileError,
    BusyError,
    *CANNOT_OPEN,
)


def add_error_handlers(app: FastAPI) -> None:
    """Make ``app`` answer every failure that a request may cause with an error body."""
    for kind in EXPECTED:
        app.add_exception_handler(kind, _expected)
    app.add_exception_handler(HTTPException, _from_framework)
    app.add_exception_handler(OSError, _no_room)


def unexpected(request_id: str) -> ErrorDetail:
    """Return what is told of a failure of ours: no detail, and the number that finds it in the log."""
    return ErrorDetail(code="internal_error", message=f"{UNEXPECTED}（受付番号 {request_id}）")


def describe_fields(faults: Sequence[Any]) -> tuple[int, str, str]:
    """Return the same for what pydantic found wrong with a request; each ``loc`` begins with where it was sent."""
    first = faults[0]
    if first["type"] == "json_invalid":
        return 400, *STATUS_MESSAGES[400]
    names = [part for part in first["loc"][1:] if isinstance(part, str)]
    if names[:1] == ["history"] and first["type"] == "too_long":
        return 422, *LONG_HISTORY
    return 422, *(FIELD_MESSAGES.get(names[0], NO_OBJECT) if names else NO_OBJECT)


async def _expected(request: Request, error: Exception) -> JSONResponse:
    headers = {"Retry-After": str(COME_AGAIN)} if isinstance(error, BusyError) else None
    return error_response(*describe(error), headers=headers)


async def _no_room(request: Request, error: Exception) -> JSONResponse:
    """Say that the disk is full; what else the system says is a failure of ours."""
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return error_response(507, *NO_ROOM)
    raise error


async def _from_framework(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, OSError) and error.__cause__.errno in DISK_FULL:
        return error_response(507, *NO_ROOM)  # a file that is sent goes through the temporary folder
    code, message = STATUS_MESSAGES.get(error.status_code, ("request_refused", "この要求は受け付けられません。"))
    if error.status_code == 413 and request.url.path.startswith("/api/admin/"):
        code, message = LARGE_UPLOAD
    if error.status_code == 400 and request.headers.get("content-type", "").lower().startswith("multipart/"):
        code, message = NO_FORM
    headers = dict(error.headers) if error.headers else None
    return error_response(error.status_code, code, message, headers)
