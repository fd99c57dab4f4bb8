"""Every failure as ``{"error": {"code", "message"}}``: the message is Japanese and says what to do."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from assistant.answer import UnknownMunicipalityError
from ui.admission import COME_AGAIN, BusyError
from ui.api.models import LONGEST_HISTORY, ErrorBody, ErrorDetail
from ui.open import CANNOT_OPEN
from ui.question import QuestionRefusedError

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
}
LARGE_UPLOAD = (
    "body_too_large",
    "送られたファイルが大きすぎます。1つ 30 MB まで、1度に合わせて 60 MB までにしてください。",
)
LONG_HISTORY = (
    "history_too_long",
    f"会話の履歴は{LONGEST_HISTORY}件までです。新しいものから{LONGEST_HISTORY}件だけを送ってください。",
)
NO_OBJECT = ("invalid_body", '本文に JSON オブジェクトを送ってください。例: {"question": "計画期間は?"}')
NOT_READY = (
    "not_ready",
    "ただいま回答の準備ができていません。しばらくしてからお試しください。理由は /readyz で確認できます。",
)
UNEXPECTED = "申し訳ありません。処理中に問題が起きました。時間をおいてもう一度お試しください。"


class ApiError(Exception):
    """A request cannot be served: ``status`` and ``code`` for programs, the message Japanese."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def error_response(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return the response for a failure."""
    body = ErrorBody(error=ErrorDetail(code=code, message=message))
    return JSONResponse(body.model_dump(), status_code=status, headers=headers)


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
    if isinstance(error, BusyError):
        return 503, "busy", str(error)
    if isinstance(error, RequestValidationError):
        return _describe_validation(error)
    raise TypeError(f"{type(error).__name__} is not a failure that a request may cause; let it rise.")


EXPECTED = (ApiError, QuestionRefusedError, UnknownMunicipalityError, RequestValidationError, BusyError, *CANNOT_OPEN)


def add_error_handlers(app: FastAPI) -> None:
    """Make ``app`` answer every failure that a request may cause with an error body."""
    for kind in EXPECTED:
        app.add_exception_handler(kind, _expected)
    app.add_exception_handler(HTTPException, _from_framework)


def unexpected(request_id: str) -> ErrorDetail:
    """Return what is told of a failure of ours: no detail, and the number that finds it in the log."""
    return ErrorDetail(code="internal_error", message=f"{UNEXPECTED}（受付番号 {request_id}）")


def _describe_validation(error: RequestValidationError) -> tuple[int, str, str]:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return 400, *STATUS_MESSAGES[400]
    names = [part for part in first["loc"][1:] if isinstance(part, str)]
    if names[:1] == ["history"] and first["type"] == "too_long":
        return 422, *LONG_HISTORY
    return 422, *(FIELD_MESSAGES.get(names[0], NO_OBJECT) if names else NO_OBJECT)


async def _expected(request: Request, error: Exception) -> JSONResponse:
    headers = {"Retry-After": str(COME_AGAIN)} if isinstance(error, BusyError) else None
    return error_response(*describe(error), headers=headers)


async def _from_framework(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code, message = STATUS_MESSAGES.get(error.status_code, ("request_refused", "この要求は受け付けられません。"))
    if error.status_code == 413 and request.url.path.startswith("/api/admin/"):
        code, message = LARGE_UPLOAD
    headers = dict(error.headers) if error.headers else None
    return error_response(error.status_code, code, message, headers)
