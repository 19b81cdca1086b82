"""The dashboard and the alerts: of metrics that exist, and each alert with what to do about it."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.desk.metrics import REGISTRY as DESK_REGISTRY
from service.worker.observe import metrics_link  # noqa: F401 - registers LINK's
from service.worker.observe.metrics import REGISTRY

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
DASHBOARD = json.loads((DEPLOY / "grafana" / "dashboards" / "copydesk.json").read_text())
ALERTS = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())["groups"][0]["rules"]
REGISTRIES = (REGISTRY, DESK_REGISTRY)
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]

EXPRESSIONS = {
    f"{panel['title']} {target['refId']}": target["expr"]
    for panel in PANELS
    for target in panel["targets"]
} | {rule["alert"]: rule["expr"] for rule in ALERTS}

OF_WORKERS = {used: each for used, each in EXPRESSIONS.items() if "copydesk_desk_" not in each}
"""Those that need no desk."""


def metrics_of(expression: str) -> set[str]:
    """Names of ours, and of the process, that an expression uses."""
    return set(re.findall(r"\b(?:(?:copydesk|process)_[a-z_]+|up)\b", expression))


def exposed() -> dict[str, set[str]]:
    """Names as a worker and the desk expose them, with the labels of each."""
    names: dict[str, set[str]] = {"up": {"job", "instance"}}
    for registry, metric in ((each, one) for each in REGISTRIES for one in each.collect()):
        labels = getattr(registry._names_to_collectors.get(metric.name), "_labelnames", ())
        suffixes = {
            "counter": ("_total",),
            "histogram": ("_bucket", "_sum", "_count"),
        }.get(metric.type, ("",))
        for suffix in suffixes:
            le = {"le"} if suffix == "_bucket" else set()
            names[metric.name + suffix] = set(labels) | le
    return names


@pytest.mark.parametrize("used", sorted(EXPRESSIONS))
def test_every_metric_used_exists(used: str) -> None:
    expression = EXPRESSIONS[used]
    assert metrics_of(expression), "no metric"
    assert metrics_of(expression) <= set(exposed())


@pytest.mark.parametrize("used", sorted(EXPRESSIONS))
def test_every_label_used_exists(used: str) -> None:
    given = {"instance", "job"}
    for metric, selector in re.findall(r"(copydesk_[a-z_]+)\{([^}]*)\}", EXPRESSIONS[used]):
        labels = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", selector))
        assert labels <= exposed()[metric] | given
    known: set[str] = set().union(
        *(exposed()[metric] for metric in metrics_of(EXPRESSIONS[used]) if metric in exposed())
    )
    for grouping in re.findall(r"by \(([^)]*)\)", EXPRESSIONS[used]):
        assert {each.strip() for each in grouping.split(",")} <= known | given


def test_what_is_measured_is_on_the_dashboard_or_in_an_alert() -> None:
    used = set().union(*map(metrics_of, EXPRESSIONS.values()))
    for metric in (one for each in REGISTRIES for one in each.collect()):
        if metric.name.startswith("copydesk_") and metric.name != "copydesk_worker_info":
            assert any(name.startswith(metric.name) for name in used), metric.name


def test_panels_do_not_overlap_and_have_ids_of_their_own() -> None:
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not cells & taken, panel["title"]
        taken |= cells


def test_panels_use_the_chosen_data_source() -> None:
    variables = {each["name"] for each in DASHBOARD["templating"]["list"]}
    assert variables == {"datasource", "instance"}
    for panel in PANELS:
        assert panel["datasource"]["uid"] == "${datasource}"
        of_the_desk = all("copydesk_desk_" in target["expr"] for target in panel["targets"])
        assert ("$instance" in json.dumps(panel["targets"])) != of_the_desk


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: str(rule["alert"]))
def test_every_alert_has_its_page(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"warning", "critical"}
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    headings = re.findall(r"^#+ (.+)$", (DEPLOY.parent / page).read_text(), re.M)
    assert anchor == rule["alert"].lower()
    assert rule["alert"] in headings


def promtool(*words: str) -> None:
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("promtool is not on this machine")
    run = subprocess.run(
        [found, *words], cwd=DEPLOY / "prometheus", capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_promtool_reads_the_alerts() -> None:
    promtool("check", "rules", "alerts.yml")


def test_promtool_reads_the_configuration() -> None:
    promtool("check", "config", "--syntax-only", "prometheus.yml")


def test_alerts_fire_when_they_should() -> None:
    promtool("test", "rules", "alerts_test.yml")


def test_every_alert_is_seen_to_fire() -> None:
    cases = yaml.safe_load((DEPLOY / "prometheus" / "alerts_test.yml").read_text())["tests"]
    fired = {
        case["alertname"]
        for test in cases
        for case in test["alert_rule_test"]
        if case["exp_alerts"]
    }
    assert fired == {rule["alert"] for rule in ALERTS}


def test_the_alerts_for_the_night_are_listed() -> None:
    page = (DEPLOY / "OPERATIONS.md").read_text()
    listed = page.partition("`severity: critical` are for the night")[2].partition("All others")[0]
    critical = {rule["alert"] for rule in ALERTS if rule["labels"]["severity"] == "critical"}
    assert set(re.findall(r"Copydesk\w+", listed)) == critical
