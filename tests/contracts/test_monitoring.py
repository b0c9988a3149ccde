"""What is watched exists: each name in alerts and dashboard is a metric of the code, and each alert has once rung."""

import importlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.metrics import MetricWrapperBase

from zantara.llm.metrics import LlmMetrics
from zantara.topology import SERVICES
from zantara_cli.__main__ import parser
from zantara_cli.simulator.metrics import Metrics

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "deploy/prometheus"
GRAFANA = ROOT / "deploy/grafana"
CONFIG: dict[str, Any] = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())
ALERTS: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())["groups"] for rule in group["rules"]
]
TESTS = sorted(PROMETHEUS.glob("alerts*_test.yml"))
DASHBOARD: dict[str, Any] = json.loads((GRAFANA / "dashboards/zantara.json").read_text())

SUFFIXES = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
TARGET = {"job", "instance", "service"}
"""The labels that Prometheus gives to everything it scrapes (prometheus.yml)."""

OF_PROMETHEUS = {"up": TARGET, "ALERTS": {*TARGET, "alertname", "alertstate", "severity"}}
WORDS = {"and", "or", "unless", "offset", "bool", "by", "on", "without", "ignoring"}
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring)\s*\(([^)]*)\)")
_SELECTOR = re.compile(r"([a-zA-Z_:][\w:]*)\s*\{([^}]*)\}")
_NAME = re.compile(r"(?<![\w.])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])")


def _modules() -> Iterator[str]:
    """Every module of ours that declares a metric."""
    for root in (ROOT / "shared", *(ROOT / "services").iterdir(), ROOT / "deploy/cli"):
        for file in root.rglob("*.py"):
            if "prometheus_client" in file.read_text():
                yield ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _wrappers() -> Iterator[MetricWrapperBase]:
    for module in _modules():
        importlib.import_module(module)
    language_models = CollectorRegistry()
    LlmMetrics(language_models)
    for registry in (REGISTRY, language_models, Metrics().registry):
        yield from (each for each in list(registry._collector_to_names) if isinstance(each, MetricWrapperBase))


@pytest.fixture(scope="module")
def known() -> Mapping[str, set[str]]:
    """The labels of each series as Prometheus stores it."""
    series = dict(OF_PROMETHEUS)
    for wrapper in _wrappers():
        labels = {f"exported_{name}" if name in TARGET else name for name in wrapper._labelnames} | TARGET
        for suffix in SUFFIXES[str(wrapper._type)]:
            series[f"{wrapper._name}{suffix}"] = labels | ({"le"} if suffix == "_bucket" else set())
    for family in REGISTRY.collect():  # those of the process itself
        series |= {
            sample.name: TARGET | set(sample.labels) for sample in family.samples if "zantara" not in sample.name
        }
    return series


def _names(expression: str) -> set[str]:
    """The metrics of an expression."""
    text = re.sub(r'"[^"]*"', "", expression)
    text = re.sub(r"\[[^\]]*\]|\{[^}]*\}", "", _GROUPING.sub("", text))
    return set(_NAME.findall(text)) - WORDS


def _labels(matchers: str) -> set[str]:
    return set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", re.sub(r'"[^"]*"', "", matchers)))


def _faults(expression: str, legend: str, known: Mapping[str, set[str]]) -> list[str]:
    unknown = sorted(_names(expression) - known.keys())
    if unknown:
        return [f"no such metric: {name}" for name in unknown]
    faults = [
        f"{metric} has no label {label}"
        for metric, matchers in _SELECTOR.findall(expression)
        for label in sorted(_labels(matchers) - known[metric])
    ]
    grouped = {label.strip() for group in _GROUPING.findall(expression) for label in group.split(",") if label.strip()}
    shown = set(re.findall(r"\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}", legend))
    have = set().union(*(known[name] for name in _names(expression)))
    return faults + [f"nothing here has the label {label}" for label in sorted((grouped | shown) - have)]


def _panels() -> list[dict[str, Any]]:
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def _queries() -> list[tuple[str, str, str]]:
    """(panel, expression, legend), Grafana's own variables replaced by lengths of time."""
    found = []
    for panel in _panels():
        for target in panel["targets"]:
            expression = re.sub(r"\$__(?:range|rate_interval)|\$window", "1h", target["expr"])
            found.append((panel["title"], expression, target["legendFormat"]))
    return found


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_an_alert_asks_for_what_exists_and_says_what_to_do(
    alert: dict[str, Any], known: Mapping[str, set[str]]
) -> None:
    notes = alert["annotations"]
    assert not _faults(alert["expr"], notes["summary"], known)
    assert alert["labels"]["severity"] in {"page", "ticket"}
    assert notes.keys() == {"summary", "action"}


def test_what_an_alert_tells_people_to_type_can_be_typed() -> None:
    actions = "; ".join(alert["annotations"]["action"] for alert in ALERTS)
    typed = re.findall(r"\bzantara((?: [\w.]+)+)", actions)
    assert typed
    for words in typed:
        parser().parse_args(words.split())


@pytest.mark.parametrize(("panel", "expression", "legend"), _queries(), ids=lambda text: text[:40])
def test_a_panel_shows_what_exists(panel: str, expression: str, legend: str, known: Mapping[str, set[str]]) -> None:
    assert not _faults(expression, legend, known), panel


def test_the_check_itself_sees_a_wrong_name_and_a_wrong_label(known: Mapping[str, set[str]]) -> None:
    assert _faults("sum(rate(zantara_chat_turns[5m]))", "", known), "a counter without _total"
    assert _faults('zantara_nightly_runs_total{job="golden"} + zantara_rpc_duration_seconds', "", known)
    assert _faults('zantara_chat_turns_total{voice="llama"}', "", known)
    assert _faults("sum by (le) (zantara_chat_turns_total)", "", known)
    assert _faults("zantara_golden_answers", "{{model}}", known)
    assert not _faults(
        'sum by (le, source) (rate(zantara_chat_ttft_seconds_bucket{service="x"}[5m]))', "{{source}}", known
    )


def test_the_dashboard_is_whole() -> None:
    panels = DASHBOARD["panels"]
    identities = [panel["id"] for panel in panels]
    assert len(identities) == len(set(identities))
    rows = [panel["title"] for panel in panels if panel["type"] == "row"]
    assert rows == ["Answers", "Lookups", "Events", "Models and money", "Night and shadow", "Processes"]
    source = yaml.safe_load((GRAFANA / "provisioning/datasources/prometheus.yml").read_text())["datasources"][0]
    used = {target["datasource"]["uid"] for panel in _panels() for target in panel["targets"]}
    assert used == {source["uid"]}
    places = [(panel["gridPos"]["y"], panel["gridPos"]["x"]) for panel in panels]
    assert places == sorted(places)
    assert len(places) == len(set(places))
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in panels)


def test_grafana_finds_the_dashboard_where_compose_mounts_it() -> None:
    provider = yaml.safe_load((GRAFANA / "provisioning/dashboards/zantara.yml").read_text())["providers"][0]
    grafana = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["grafana"]
    folder = provider["options"]["path"]
    assert f"./deploy/grafana/dashboards:{folder}:ro" in grafana["volumes"]
    assert grafana["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"] == f"{folder}/zantara.json"


def test_prometheus_asks_every_service() -> None:
    targets = {
        job["job_name"]: {target for group in job["static_configs"] for target in group["targets"]}
        for job in CONFIG["scrape_configs"]
    }
    assert targets == {"zantara": {f"{name}:8080" for name in SERVICES}, "simulator": {"simulator:8080"}}
    assert CONFIG["rule_files"] == ["alerts.yml"]


def test_every_alert_has_been_seen_to_ring() -> None:
    rung = {
        check["alertname"]
        for file in TESTS
        for test in yaml.safe_load(file.read_text())["tests"]
        for check in test["alert_rule_test"]
        if check["exp_alerts"]
    }
    assert rung == {alert["alert"] for alert in ALERTS}


def _promtool(*arguments: str | Path) -> None:
    tool = shutil.which("promtool")
    if tool is None:
        pytest.skip("promtool is not installed here (Debian's package prometheus has it)")
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_promtool_accepts_configuration_and_rules() -> None:
    _promtool("check", "config", PROMETHEUS / "prometheus.yml")
    _promtool("check", "rules", PROMETHEUS / "alerts.yml")


def test_promtool_hears_the_alerts() -> None:
    _promtool("test", "rules", *TESTS)


def test_promtool_can_read_every_query_of_the_dashboard(tmp_path: Path) -> None:
    rules = [{"record": f"panel:query:{number}", "expr": query[1]} for number, query in enumerate(_queries())]
    file = tmp_path / "panels.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
    _promtool("check", "rules", file)
