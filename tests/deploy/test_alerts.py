"""The alerts: sound PromQL over figures that the bot has, each saying what to do."""

import shutil
import subprocess

import promql_parser
import pytest

from bot.delivery.metrics import Metrics
from bot.sessions.store import Depth, Expired
from tests.deploy.shipped import DEPLOY, Document, one


def rules() -> list[Document]:
    (group,) = one("prometheus-rules.yaml")["groups"]
    found: list[Document] = group["rules"]
    return found


def figures(expression: str) -> set[str]:
    """The figures an expression asks for. Raises ValueError if it is no PromQL."""
    names: set[str] = set()

    def note(expr: promql_parser.Expr) -> None:
        if isinstance(expr, promql_parser.VectorSelector) and expr.name is not None:
            names.add(expr.name)

    promql_parser.walk(promql_parser.parse(expression), note)
    return names


def known() -> set[str]:
    metrics = Metrics()
    metrics.turned("matched", "an-entry")
    metrics.turn_took(0.1)
    metrics.arrived("taken")
    metrics.attempted("sent")
    metrics.expired(Expired())
    metrics.waiting(Depth(0, 0))
    metrics.loaded("loaded", 0)
    lines = metrics.exposition().decode().splitlines()
    return {line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")} | {"up"}


def test_every_alert_asks_for_figures_that_exist() -> None:
    asked = {rule["alert"]: figures(rule["expr"]) for rule in rules()}
    assert {name: names - known() for name, names in asked.items() if names - known() or not names} == {}


def test_wrong_promql_is_seen() -> None:
    with pytest.raises(ValueError, match=r"unexpected|unclosed|parse"):
        figures("sum by (result) (rate(up[5m])")


def test_every_alert_says_how_grave_it_is_and_what_to_do() -> None:
    for rule in rules():
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}, rule["alert"]
        assert rule["labels"]["severity"] in ("critical", "warning"), rule["alert"]
        assert set(rule["annotations"]) == {"summary", "action"}, rule["alert"]
        promql_parser.parse_duration(rule.get("for", "1m"))
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names)) >= 8


def test_prometheus_itself_finds_them_valid() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed: an additional check")
    command = [promtool, "check", "rules", str(DEPLOY / "prometheus-rules.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
