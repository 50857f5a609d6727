"""What the guide says of the figures is what /metrics exposes, and of the alerts what they ask for."""

import re
import sys
from collections.abc import Mapping

import pytest

from bot.delivery.metrics import Metrics
from tests.deploy.figures import Figure, asked_by, exposed
from tests.deploy.shipped import DEPLOY, one, text_of

GUIDE = text_of("MONITORING.md")
ON_LINUX = "process_"


def named(cell: str) -> frozenset[str]:
    return frozenset(re.findall(r"`([^`]+)`", cell))


def table() -> Mapping[str, tuple[str, frozenset[str], frozenset[str]]]:
    """The guide's figures: type, labels, alerts."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in GUIDE.splitlines() if "_" in line]
    figures = [row for row in rows if len(row) == 5 and row[1] in ("counter", "gauge", "histogram")]
    return {row[0].strip("`"): (row[1], named(row[2]), named(row[4])) for row in figures}


def alerts() -> Mapping[str, str]:
    (group,) = one("prometheus-rules.yaml")["groups"]
    return {rule["alert"]: rule["expr"] for rule in group["rules"]}


def described() -> Mapping[str, tuple[str, frozenset[str]]]:
    return {name: (type_, labels) for name, (type_, labels, _) in table().items()}


def of_this_system(name: str) -> bool:
    return sys.platform == "linux" or not name.startswith(ON_LINUX)


def test_every_figure_is_explained_with_its_type_and_labels() -> None:
    found = {name: (figure.type, figure.labels) for name, figure in exposed().items()}
    assert found == {name: told for name, told in described().items() if of_this_system(name)}


def test_every_alert_stands_beside_the_figures_that_it_asks_for() -> None:
    by_sample = {sample: name for name, figure in exposed().items() for sample in figure.samples}
    asked: dict[str, set[str]] = {}
    for alert, expression in alerts().items():
        for sample in asked_by(expression).names & by_sample.keys():
            asked.setdefault(by_sample[sample], set()).add(alert)
    assert {name: set(told) for name, (_, _, told) in table().items() if told} == asked


def test_alerts_that_the_guide_names_exist() -> None:
    assert set(re.findall(r"DatenschutzBot\w+", GUIDE)) == set(alerts())


@pytest.mark.parametrize("name", exposed())
def test_figures_are_named_as_prometheus_wants_it(name: str) -> None:
    figure: Figure = exposed()[name]
    assert (figure.type == "counter") == name.endswith("_total"), name
    assert not re.search("milli|micro|minutes|hours", name)
    if "_seconds" in name:
        assert name.endswith(("_seconds", "_seconds_total"))


def test_what_the_guide_lists_of_labels_is_known_from_the_beginning() -> None:
    """A counter that begins with its first event is an increase that no alert sees."""
    text = Metrics().exposition().decode()
    for label, values in re.findall(r'(\w+)="([^"]+)"', text):
        if label in ("result", "reason", "queue", "what"):
            assert f"`{values}`" in GUIDE, (label, values)
    for name in ("updates_total", "updates_dropped_total", "sends_total", "outage", "knowledge_reloads_total"):
        assert f"datenschutz_bot_{name}{{" in text


def test_links_lead_somewhere() -> None:
    assert all((DEPLOY / target).exists() for target in re.findall(r"\]\(([^)#:]+)\)", GUIDE))
