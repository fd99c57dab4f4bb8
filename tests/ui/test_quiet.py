"""Libraries are kept from sending anything to their makers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ui.quiet import SILENCE

ROOT = Path(__file__).resolve().parent.parent.parent
PRINT = (
    "import os, json; from ui.quiet import silence_libraries; silence_libraries(); print(json.dumps(dict(os.environ)))"
)


def test_every_library_is_told_to_be_silent() -> None:
    """The variables are set where nobody set them, and an operator's own value stands."""
    environment = {name: value for name, value in os.environ.items() if name not in SILENCE}
    environment["LANGSMITH_TRACING"] = "true"
    done = subprocess.run(
        [sys.executable, "-c", PRINT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    for variable, value in SILENCE.items():
        expected = "true" if variable == "LANGSMITH_TRACING" else value
        assert f'"{variable}": "{expected}"' in done.stdout
