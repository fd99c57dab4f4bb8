"""The settings: the only place that reads the environment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "MACHIPLAN_"
PROJECT_ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting has a value that cannot be used. The message is Japanese and names the variable."""


class Settings(BaseSettings):
    """Everything that can be set from outside: an environment variable ``MACHIPLAN_<NAME>``, or a line of ``.env``.

    The environment wins over ``.env`` in the current folder, which wins over ``.env`` in the project's folder. An
    empty value stands for the default. The descriptions are Japanese because ``machiplan serve --help`` shows them.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=(PROJECT_ROOT / ".env", ".env"),
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    index_dir: Path = Field(PROJECT_ROOT / "var" / "index", description="索引を置くフォルダー")
    plans_dir: Path = Field(PROJECT_ROOT / "plans", description="計画ファイルのフォルダー")
    embedding_model: str = Field(
        "default",
        description="意味検索のモデル。default は内蔵のモデル、words は軽い単語ベクトル。"
        "sentence-transformers のモデル名かフォルダーも使えます",
    )
    chroma_url: HttpUrl | None = Field(
        None,
        description="意味検索に使う Chroma サーバーのアドレス（例: http://127.0.0.1:8000）。"
        "同じ索引を複数のサーバーで使うときに指定します。指定がなければ、索引のフォルダーだけを使います",
    )
    reranker: str | None = Field(
        None,
        description="検索結果を並べ替えるモデル（sentence-transformers の CrossEncoder の名前かフォルダー）。指定がなければ使いません",
    )
    model_backend: Literal["torch", "onnx", "openvino"] = Field(
        "torch", description="自分で指定したモデルの計算方法（torch・onnx・openvino）。内蔵のモデルには関係しません"
    )
    chat_model: str | None = Field(
        None, description="回答文を作るチャットモデルの名前。指定がなければ、モデルを使わずに計画を引用して答えます"
    )
    chat_base_url: str | None = Field(None, description="チャットモデルの接続先（OpenAI 互換の API のアドレス）")
    chat_api_key: SecretStr | None = Field(None, description="チャットモデルの API キー")
    host: str = Field("127.0.0.1", description="待ち受けるアドレス。ほかの端末からも使うときは 0.0.0.0")
    port: int = Field(7860, ge=0, le=65535, description="待ち受けるポート番号。0 は空いている番号を選びます")
    web_page: bool = Field(True, description="チャット画面を出すか（false なら API だけ）")
    answers_file: Path = Field(
        PROJECT_ROOT / "var" / "answers.sqlite3", description="ご質問と回答、それへのご意見を保存するファイル"
    )
    answer_days: int = Field(30, ge=0, le=3650, description="回答を保存する日数。0 なら何も保存しません")
    admin_token: SecretStr | None = Field(
        None,
        description="管理ページと管理用 API を使うための合言葉（推測されにくい長い英数字）。指定がなければ管理機能は使えません",
    )
    uploads_dir: Path = Field(
        PROJECT_ROOT / "var" / "uploads", description="管理ページから追加した計画のファイルを置くフォルダー"
    )
    at_once: int = Field(
        2,
        ge=1,
        le=64,
        description="同時に調べる質問の数（チャット画面と API の合計）。それより後の質問は順番を待ちます",
    )
    waiting: int = Field(
        256,
        ge=0,
        le=10_000,
        description="順番を待てる質問の数。それより後の質問には、混み合っていることをすぐに返します",
    )
    rate_limit: str = Field(
        "auto",
        description="1つの接続元が質問や検索をできる回数（60/minute など）。"
        "auto は1分に300回（プロキシの指定がなければ、このサーバー自身からは制限なし）、off は制限なし",
    )
    trusted_proxies: str | None = Field(
        None,
        description="手前に置いたプロキシのアドレス（10.0.0.0/8 の形も可、コンマ区切り）。"
        "ここからの X-Forwarded-For と X-Forwarded-Proto だけを信じます",
    )
    allowed_hosts: str = Field(
        "auto",
        description="受け付けるホスト名（コンマ区切り、* はすべて）。"
        "auto は、127.0.0.1 で待ち受け、プロキシの指定がないときは localhost と IP アドレスだけ、それ以外はすべて",
    )
    evals_dir: Path = Field(PROJECT_ROOT / "var" / "evals", description="評価の記録を置くフォルダー")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning",
        description="ログの詳しさ（debug・info・warning・error）。info では、要求ごとに1行のアクセスログも出ます",
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="ログの形。text は端末で読む形、json は1行に1件の JSON"
    )
    log_questions: bool = Field(
        False,
        description="質問の文や例外の文言を、ログとトレースに残すか（false なら残しません。不具合を調べるときだけ true に）",
    )
    traces_url: HttpUrl | None = Field(
        None,
        description="OpenTelemetry のトレースの送り先（OTLP/gRPC のアドレス。例: http://127.0.0.1:4317）。指定がなければ送りません",
    )

    @field_validator("rate_limit")
    @classmethod
    def _is_rate(cls, text: str) -> str:
        """Return a rate that can be read, in small letters."""
        text = text.strip().lower()
        if text not in ("auto", "off"):
            from ui.rate import read_rate

            read_rate(text)
        return text

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, text: str | None) -> str | None:
        """Return addresses and networks, each of which can be read; uvicorn would take any other text as a name and never match it."""
        if text is None:
            return None
        return ",".join(str(ip_network(part.strip())) for part in text.split(","))


@dataclass(frozen=True, slots=True)
class SettingLine:
    """How one setting is shown to people: its environment variable, its meaning, and its default as text."""

    variable: str
    description: str
    default: str


def setting_lines() -> Iterator[SettingLine]:
    """Yield every setting in the order of declaration; paths in the project are shown relative to its folder."""
    for name, field in Settings.model_fields.items():
        default = field.default
        if isinstance(default, Path):
            default = default.relative_to(PROJECT_ROOT).as_posix()
        elif isinstance(default, bool):
            default = str(default).lower()
        shown = "なし" if default is None else str(default)
        yield SettingLine(f"{PREFIX}{name.upper()}", field.description or "", shown)


@cache
def _meaning() -> dict[str, str]:
    return {line.variable: line.description for line in setting_lines()}


def read_settings() -> Settings:
    """Return the settings of this process's environment.

    Raises:
        SettingsError: a variable has a value of the wrong kind. The value itself is not repeated (it may be secret).
    """
    try:
        return Settings()
    except ValidationError as error:
        names = sorted({f"{PREFIX}{str(part['loc'][0]).upper()}" for part in error.errors()})
        told = "、".join(f"{name}（{_meaning().get(name, '')}）" for name in names)
        raise SettingsError(f"設定の値が正しくありません: {told}。環境変数か .env の値を直してください。") from error
