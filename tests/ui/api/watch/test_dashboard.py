"""The dashboard and the alert rules ask for what a running server tells."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.ui.api.watch.asking import QUESTION, ask, ask_the_page

GRAFANA = Path(__file__).resolve().parents[4] / "docs" / "grafana"
METRIC = re.compile(r"\b((?:machiplan|process|python)_\w+)(\{[^}]*\})?")
LABEL = re.compile(r"(\w+)\s*(?:=~|!=|=)")
DASHBOARD: dict[str, Any] = json.loads((GRAFANA / "machiplan.json").read_text("utf-8"))
RULES: list[dict[str, Any]] = yaml.safe_load((GRAFANA / "alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
OF_THE_SCRAPE = {"instance"}  # Prometheus adds it


def _expressions() -> list[str]:
    asked = [target["expr"] for panel in PANELS for target in panel["targets"]]
    asked += [annotation["expr"] for annotation in DASHBOARD["annotations"]["list"]]
    return [*asked, *(rule["expr"] for rule in RULES)]


@pytest.fixture
def told(client: httpx.Client) -> dict[str, set[str]]:
    """The labels of each series that a server tells after a few questions, by the series' name."""
    ask(client)
    ask_the_page(client, QUESTION)
    series: dict[str, set[str]] = {}
    for line in client.get("/metrics").text.splitlines():
        if not line.startswith("#"):
            name, _, labels = line.partition("{")
            series.setdefault(name.split()[0], set()).update(re.findall(r'(\w+)="', labels))
    return series


def test_every_metric_and_label_that_is_asked_for_is_told(told: dict[str, set[str]]) -> None:
    """No panel and no alert looks at a series, or a label, that the server does not have."""
    for expression in _expressions():
        found = METRIC.findall(expression)
        assert found, expression
        for name, labels in found:
            assert name in told, f"{name} in {expression}"
            assert set(LABEL.findall(labels)) <= told[name] | OF_THE_SCRAPE, expression


def test_the_product_s_own_metrics_are_all_on_the_dashboard(told: dict[str, set[str]]) -> None:
    """What is measured is shown."""
    shown = " ".join(_expressions())
    own = {re.sub(r"_(bucket|sum|count)$", "", name) for name in told if name.startswith("machiplan_")}
    assert [name for name in sorted(own) if name not in shown] == []


def test_the_dashboard_can_be_imported() -> None:
    """Ids are unique, panels do not overlap, each says what it shows, and no address stands in it."""
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    cells = [
        (x, y)
        for panel in DASHBOARD["panels"]
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24
    assert all(panel["title"] and panel["description"] and panel["targets"] for panel in PANELS)
    assert "http" not in re.sub(r"machiplan_http\w*", "", json.dumps(DASHBOARD))


def test_every_alert_says_what_to_do() -> None:
    """A name of its own, an expression, how grave it is, and a sentence."""
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"].endswith(".")
