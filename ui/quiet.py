"""Switch off what libraries would send to their makers. The product speaks to nobody that a setting does not name."""

from __future__ import annotations

import os

# Variable -> the value that silences the library that reads it.
SILENCE = {
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "DO_NOT_TRACK": "1",  # an agreement that several libraries keep
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",  # huggingface_hub, which gradio and sentence-transformers bring
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime, which chromadb brings and the default embedder runs on
    "RAY_USAGE_STATS_ENABLED": "0",
    "LANGSMITH_TRACING": "false",  # langchain
    "LANGCHAIN_TRACING_V2": "false",  # langchain's older name for the same
}


def silence_libraries() -> None:
    """Set the variables for this process and those it starts; call it before the libraries are imported.

    What the operator has set stands: tracing, say, can be wanted.
    """
    for variable, value in SILENCE.items():
        os.environ.setdefault(variable, value)
