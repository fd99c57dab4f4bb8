"""What can compute a model besides torch, and what to do where a model cannot be read: sentences for people."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import cast

TORCH = "torch"
# What else can compute a model: the class that proves it to be installed, and the package that brings it.
BACKENDS = {
    "onnx": ("optimum.onnxruntime", "ORTModelForFeatureExtraction", "optimum-onnx[onnxruntime]"),
    "openvino": ("optimum.intel.openvino", "OVModelForFeatureExtraction", "optimum-intel[openvino]"),
}


def backend_missing(backend: str) -> str:
    """Return the Japanese sentence that says why ``backend`` cannot be used, empty where it can."""
    if backend == TORCH:
        return ""
    if backend not in BACKENDS:
        return f"計算方法「{backend}」はありません。torch、onnx、openvino のいずれかを指定してください。"
    module, proof, package = BACKENDS[backend]
    # OpenVINO reports its use to Google Analytics unless this package cannot be imported. Nothing leaves the machine here.
    sys.modules.setdefault("openvino_telemetry", cast("ModuleType", None))
    try:
        getattr(import_module(module), proof)
    except (ImportError, AttributeError, RuntimeError) as error:
        return (
            f"計算方法「{backend}」に必要なパッケージ {package} がないか、ほかのパッケージの版と合いません"
            f"（{first_line(error)}）。「pip install '{package}'」で追加するか（docs/models.md）、"
            "追加の要らない torch を指定してください。"
        )
    return ""


def remedy(name: str, error: Exception) -> str:
    """Return the Japanese sentences that say what to do about a model that could not be read."""
    if isinstance(error, ImportError):
        return (
            f"このモデルに必要なパッケージがありません（{first_line(error)}）。追加してから、もう一度実行してください。"
        )
    if "trust_remote_code" in str(error):
        return "モデルに付属するプログラムは、安全のため実行しません。別のモデルを指定してください。"
    if Path(name).is_dir():
        return (
            f"フォルダーの中身をモデルとして読めません（{first_line(error)}）。"
            "モデルを保存し直すか、別のフォルダーを指定してください。"
        )
    return "フォルダーの場所かモデルの名前、およびネットワークの接続を確かめてください。"


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, or its kind where it says nothing."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
