"""``/api/admin/plans``: plans added, replaced and removed; every answer is the report of the ingestion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, File, UploadFile
from fastapi.security import HTTPBearer

from ui.api.admin_models import (
    AdminPlanBody,
    AdminPlansBody,
    IngestionBody,
    IngestionStateBody,
    ProgressBody,
)
from ui.api.convert import plan_body
from ui.api.errors import ApiError
from ui.api.given import PlanId, TheAssistant, TheDesk, TheIntake
from ui.api.models import NO_INDEX, NOT_USED, failures
from ui.background.worker import WorkerBusyError, WorkFailedError
from ui.intake.intake import LastPlanError, Upload
from ui.intake.names import FileRefusedError
from ui.open import CANNOT_OPEN, japan_time

if TYPE_CHECKING:
    from ingest.document import Plan
    from ui.api.desk import Desk

MOST_FILES = 20
KINDS = "as `.txt`, `.md`, `.html`, `.docx` or `.pdf`"

NO_TOKEN = "The token is missing or wrong."
NO_ADMIN = "The server has no token, so nobody may administer."
WRONG_TOKENS = "This client has sent too many wrong tokens; `Retry-After` says when it may try again."
NO_CHANGE = "The change came to no end; the index is as it was."
BUSY = "Another change is being made."
NO_ROOM = "The disk is full."

NO_FORM = "The body is no form that can be read."

# ``ui.api.admin_gate`` asks for the token before a route is looked for; this describes it.
BEARER = HTTPBearer(auto_error=False, description="The token of `MACHIPLAN_ADMIN_TOKEN`.")

router = APIRouter(
    prefix="/api/admin",
    tags=["admin"],
    dependencies=[Depends(BEARER)],
    responses=failures(_401=NO_TOKEN, _403=NO_ADMIN, _429=WRONG_TOKENS),
)


@router.get("/plans", responses=failures(_503=NO_INDEX))
def list_admin_plans(assistant: TheAssistant, intake: TheIntake) -> AdminPlansBody:
    """List the plans with the files that they were read from."""
    today, files, index = japan_time().date(), intake.files(), assistant.index
    bodies = []
    for plan in index.plans:
        path = files.get(plan.plan_id)
        own = path is not None and intake.is_own(path)
        facts = plan_body(plan, index, today).model_dump()
        bodies.append(AdminPlanBody(**facts, file=path.name if path else None, uploaded=own))
    return AdminPlansBody(plans=bodies)


@router.post(
    "/plans",
    responses=failures(
        _400=NO_FORM, _409=BUSY, _413="Too large.", _422="No file was sent.", _503=NO_CHANGE, _507=NO_ROOM
    ),
)
def add_plans(
    files: Annotated[
        list[UploadFile],
        File(description=f"Plans, {KINDS}.", json_schema_extra={"minItems": 1, "maxItems": MOST_FILES}),
    ],
    desk: TheDesk,
    intake: TheIntake,
) -> IngestionBody:
    """Take plan files in; those that cannot be are refused in the report, the others are in."""
    if len(files) > MOST_FILES:
        raise ApiError(422, "invalid_file", f"1度に送れるファイルは{MOST_FILES}件までです。分けて送ってください。")
    with _told():
        return IngestionBody(**intake.add([_upload(file) for file in files], _plans(desk)))


@router.put(
    "/plans/{plan_id}",
    responses=failures(
        _400=NO_FORM,
        _404="There is no such plan.",
        _409=BUSY,
        _413="Too large.",
        _422="The file is refused.",
        _503=NO_CHANGE,
        _507=NO_ROOM,
    ),
)
def replace_plan(
    plan_id: PlanId,
    file: Annotated[UploadFile, File(description=f"The plan, {KINDS}.")],
    desk: TheDesk,
    intake: TheIntake,
) -> IngestionBody:
    """Put a file in the place of a plan, under the same id. It must be the same municipality's."""
    with _told():
        return IngestionBody(**intake.replace(_found(plan_id, _plans(desk)), _upload(file)))


@router.delete(
    "/plans/{plan_id}",
    responses=failures(
        _404="There is no such plan.", _409=f"{BUSY} Or it is the only plan.", _422=NOT_USED, _503=NO_CHANGE
    ),
)
def remove_plan(plan_id: PlanId, desk: TheDesk, intake: TheIntake) -> IngestionBody:
    """Remove a plan from the index; its file goes too if it was sent to this server."""
    plans = _plans(desk)
    with _told():
        return IngestionBody(**intake.remove(_found(plan_id, plans), plans))


@router.get("/ingestion")
def show_ingestion(intake: TheIntake) -> IngestionStateBody:
    """Tell how far the present change is."""
    return IngestionStateBody(stage=ProgressBody.model_validate(intake.stage) if intake.stage else None)


def _upload(file: UploadFile) -> Upload:
    return Upload(file.filename or "", file.file)


def _plans(desk: Desk) -> Sequence[Plan]:
    """Return the plans of the index; none where there is no index yet."""
    try:
        return desk.assistant().index.plans
    except CANNOT_OPEN:
        return ()


def _found(plan_id: str, plans: Sequence[Plan]) -> Plan:
    for plan in plans:
        if plan.plan_id == plan_id:
            return plan
    raise ApiError(404, "unknown_plan", "この計画はありません。一覧を読み込み直して、ご確認ください。")


@contextmanager
def _told() -> Iterator[None]:
    """Turn what may go wrong with a change into an answer of the API."""
    try:
        yield
    except FileRefusedError as error:
        raise ApiError(422, "invalid_file", str(error)) from error
    except LastPlanError as error:
        message = "最後の1件の計画は削除できません。先に、ほかの計画を追加してください。"
        raise ApiError(409, "not_removable", message) from error
    except WorkerBusyError as error:
        message = "ほかの取り込みが進んでいます。終わってから、もう一度お試しください。"
        raise ApiError(409, "not_idle", message) from error
    except WorkFailedError as error:
        raise ApiError(503, "not_completed", str(error)) from error
