"""Questions on the command line while the server answers and the index is built anew."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.conftest import Serve

ROOT = Path(__file__).resolve().parents[3]
QUESTION = "平生町のDX推進計画の計画期間はいつからいつまでですか?"


@pytest.mark.slow
def test_ten_questions_are_answered_during_serving_and_ingestion(
    machiplan: Path, serve: Serve, index_dir: Path, tmp_path: Path
) -> None:
    """None of them fails, waits for another, or answers differently; the server takes up what was ingested."""
    directory = tmp_path / "index"
    command = [str(machiplan), "ingest", "--index", str(directory), str(ROOT / "plans")]
    subprocess.run(command, check=True, capture_output=True)
    extra = tmp_path / "koge-2.txt"
    extra.write_text((ROOT / "plans" / "koge.txt").read_text("utf-8") + "\n付記\n", "utf-8")
    environment = {**os.environ, "MACHIPLAN_INDEX_DIR": str(directory)}
    with serve(directory, {**os.environ, "MACHIPLAN_WEB_PAGE": "false"}) as url:
        before = httpx.post(f"{url}/api/ask", json={"question": QUESTION}, timeout=60).json()
        building = subprocess.Popen([*command[:-1], str(extra)], stdout=subprocess.DEVNULL)
        asking = [
            subprocess.Popen([machiplan, "ask", "--json", QUESTION], env=environment, stdout=subprocess.PIPE)
            for _ in range(10)
        ]
        answers = [json.loads(process.communicate(timeout=120)[0]) for process in asking]
        assert building.wait(timeout=120) == 0
        assert [process.returncode for process in asking] == [0] * 10
        assert {answer["answer"] for answer in answers} == {before["answer"]}
        plans = httpx.get(f"{url}/api/plans", timeout=60).json()["plans"]
    assert {"koge", "koge-2"} <= {plan["plan_id"] for plan in plans}
