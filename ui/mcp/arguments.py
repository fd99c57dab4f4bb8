"""What the tools take: the HTTP API's bodies and parameters, explained in Japanese to the model that calls them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ui.api.errors import ApiError, describe_fields
from ui.api.models import ASKED, LONGEST_HISTORY, AskBody, Text
from ui.question import LONGEST_QUESTION
from ui.search import MOST_HITS

LONGEST_READ = 10_000
"""Characters of a plan that one call returns at most."""

MOST_COMMITMENTS = 50
FEW_COMMITMENTS = 10

TOWNS = "市町村名または6桁の市町村コードの配列。この市町村の計画だけを調べます。省略するとすべての市町村です。"

ASK = {
    "question": f"質問。話し言葉でよく、1～{LONGEST_QUESTION:,}文字。市町村名を含めると、その市町村の計画だけから答えます。",
    "municipalities": TOWNS + "質問の中の市町村名が優先されます。",
    "history": f"この質問より前の会話。古い順に{LONGEST_HISTORY}件まで。「その担当は？」のような続きの質問のときに渡します。",
    "easy": "true にすると、回答を「やさしい日本語」に直したもの（easy）も返します。",
}


def _explain_ask(schema: dict[str, Any]) -> None:
    for name, meaning in ASK.items():
        schema["properties"][name]["description"] = meaning


class AskArguments(AskBody):
    """The body of ``POST /api/ask``."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_explain_ask)


def _listed(value: object) -> object:
    """Return the names that a model has written as one text: a name, or a list as JSON."""
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.startswith("[") else [value]


Towns = Annotated[list[Text], BeforeValidator(_listed)]


class Arguments(BaseModel):
    """Arguments of which none may be misspelt."""

    model_config = ConfigDict(extra="forbid")


class NoArguments(Arguments):
    """What ``plans`` takes."""


class SearchArguments(Arguments):
    """The parameters of ``GET /api/search``."""

    q: Text = Field(
        description=f"探す語や文、1～{LONGEST_QUESTION:,}文字。例: 「スマートフォン教室」「計画の進行管理」。",
        json_schema_extra=ASKED,
    )
    municipality: Towns = Field([], description=TOWNS)
    k: int = Field(10, ge=1, le=MOST_HITS, description=f"返す件数の上限、1～{MOST_HITS}。")


class ReadArguments(Arguments):
    """Which part of which plan."""

    plan_id: Text = Field(description="計画の id。plans が返すものと、引用（citations）や検索結果にあるもの。")
    start: int = Field(0, ge=0, description="読み始める位置。本文の先頭を 0 とした文字数（Unicode の符号位置）。")
    end: int | None = Field(
        None,
        ge=0,
        description=f"読み終わる位置（この文字は含みません）。省略すると、start から{LONGEST_READ:,}文字まで。",
    )


class CommitmentsArguments(Arguments):
    """The parameters of ``GET /api/commitments``, and which part of what was found."""

    municipality: Towns = Field([], description=TOWNS)
    q: Text = Field("", description="取組に含まれる語。空なら絞り込みません。例: 「オンライン申請」。")
    theme: Text = Field("", description="取組の名前か、その上の見出しに含まれる語。")
    year: Text = Field("", description="工程に書かれた年度。「令和7年度」「2025」など。「記載なし」は年度のない取組。")
    unit: Text = Field("", description="担当の課や組織の名前に含まれる語。「記載なし」は担当が書かれていない取組。")
    sort: Text = Field("", description="並べ替え: title、summary、schedule、unit、town。逆順は前に - を付けます。")
    limit: int = Field(
        FEW_COMMITMENTS, ge=1, le=MOST_COMMITMENTS, description=f"返す件数の上限、1～{MOST_COMMITMENTS}。"
    )
    offset: int = Field(0, ge=0, description="何件目から返すか。続きを読むときは、前の結果の next を渡します。")


# What to say for an argument that the HTTP API does not have, or not as a field that can be wrong.
MESSAGES = {
    "municipality": "municipality は市町村名か6桁のコードの配列で指定してください。",
    "plan_id": "plan_id に計画の id を文字列で指定してください。id の一覧は plans で確認できます。",
    "start": "start は0以上の整数で指定してください。",
    "end": "end は start より大きい整数で指定するか、省略してください。",
    "theme": "theme は文字列で指定してください。",
    "year": "year は「令和7年度」や「2025」のような文字列で指定してください。",
    "unit": "unit は文字列で指定してください。",
    "sort": "sort は文字列で指定してください。",
    "limit": f"limit は1から{MOST_COMMITMENTS}までの整数で指定してください。",
    "offset": "offset は0以上の整数で指定してください。",
}


def read_arguments(kind: type[BaseModel], given: Mapping[str, Any]) -> BaseModel:
    """Return the arguments of a call.

    Raises:
        ApiError: one is missing, unknown or has a wrong value; the message is what the HTTP API says of it.
    """
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0])
        if fault["type"] == "extra_forbidden":
            known = "、".join(kind.model_fields) or "なし"
            raise ApiError(422, "invalid_arguments", f"{name} という引数はありません。使える引数: {known}") from error
        if name in MESSAGES:
            raise ApiError(422, f"invalid_{name}", MESSAGES[name]) from error
        raise ApiError(*describe_fields([{**fault, "loc": ("arguments", *fault["loc"])}])) from error
