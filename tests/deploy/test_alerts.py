"""The alerts: sound PromQL over figures that the bot has, each saying what to do."""

import re
import shutil
import subprocess

import promql_parser
import pytest

from tests.deploy.figures import asked_by, faults
from tests.deploy.shipped import DEPLOY, Document, one


def rules() -> list[Document]:
    (group,) = one("prometheus-rules.yaml")["groups"]
    found: list[Document] = group["rules"]
    return found


def test_every_alert_asks_for_figures_labels_and_values_that_exist() -> None:
    assert {rule["alert"]: faults(rule["expr"]) for rule in rules() if faults(rule["expr"])} == {}
    assert all(asked_by(rule["expr"]).names for rule in rules())


def test_wrong_promql_is_seen() -> None:
    with pytest.raises(ValueError, match=r"unexpected|unclosed|parse"):
        asked_by("sum by (result) (rate(up[5m])")


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("rate(datenschutz_bot_sents_total[5m])", "no figure datenschutz_bot_sents_total"),
        ("sum by (outcome) (datenschutz_bot_sends_total)", "no label outcome"),
        ('datenschutz_bot_sends_total{outcome="x"}', "no label outcome"),
        ('datenschutz_bot_sends_total{result=~"refused|lost"}', "no result lost"),
        ("datenschutz_bot_turn_seconds", "no figure datenschutz_bot_turn_seconds"),
    ],
)
def test_what_would_never_fire_is_seen(expression: str, fault: str) -> None:
    assert faults(expression) == [fault]


def test_every_alert_says_how_grave_it_is_and_what_to_do() -> None:
    for rule in rules():
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}, rule["alert"]
        assert rule["labels"]["severity"] in ("critical", "warning"), rule["alert"]
        assert set(rule["annotations"]) == {"summary", "action"}, rule["alert"]
        promql_parser.parse_duration(rule.get("for", "1m"))
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names)) >= 16


def test_a_summary_names_only_labels_that_its_alert_has() -> None:
    for rule in rules():
        named = set(re.findall(r"\$labels\.(\w+)", str(rule["annotations"])))
        expression = promql_parser.parse(rule["expr"])
        while isinstance(expression, promql_parser.BinaryExpr):
            expression = expression.lhs
        if isinstance(expression, promql_parser.AggregateExpr):
            kept = set(expression.modifier.labels) if expression.modifier else set()
            assert named <= kept, rule["alert"]


def test_figures_that_every_process_has_are_asked_of_the_bot_alone() -> None:
    for rule in rules():
        asked = asked_by(rule["expr"])
        for name in asked.names:
            if not name.startswith("datenschutz_bot_"):
                assert (name, "job", "datenschutz-bot") in asked.values, rule["alert"]


def test_prometheus_itself_finds_them_valid() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed: an additional check")
    command = [promtool, "check", "rules", str(DEPLOY / "prometheus-rules.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
