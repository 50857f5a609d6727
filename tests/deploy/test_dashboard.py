"""The dashboard: figures that exist, units and titles, bound to no installation."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from tests.deploy.figures import asked_by, faults
from tests.deploy.shipped import Document, text_of

DASHBOARD: Document = json.loads(text_of("grafana-dashboard.json"))
#: Of Grafana's own units (its category "Misc", "Data", "Time", "Throughput", "Boolean").
UNITS = {"none", "short", "percentunit", "bytes", "s", "ops", "bool_on_off"}
PANELS = {"row", "stat", "timeseries", "table"}
SOURCE = {"type": "prometheus", "uid": "${DS_PROMETHEUS}"}
COLUMNS = 24


def panels() -> list[Document]:
    found: list[Document] = DASHBOARD["panels"]
    return found


def shown() -> list[Document]:
    return [panel for panel in panels() if panel["type"] != "row"]


def expressions() -> list[str]:
    return [target["expr"] for panel in shown() for target in panel["targets"]]


def variables() -> dict[str, Document]:
    return {each["name"]: each for each in DASHBOARD["templating"]["list"]}


def everywhere(value: Any, name: str) -> Iterator[Any]:
    """Whatever stands under a name, at any depth."""
    if isinstance(value, dict):
        yield from (each for key, each in value.items() if key == name)
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from everywhere(each, name)


@pytest.mark.parametrize("expression", expressions())
def test_every_expression_asks_for_figures_labels_and_values_that_exist(expression: str) -> None:
    asked = asked_by(expression)
    assert asked.names
    # What is chosen at the top is no label's value.
    plain = expression.replace('job="$job", instance=~"$instance"', "").replace(", }", "}").replace("{}", "")
    assert faults(plain) == []


def test_every_expression_is_of_the_job_and_the_instances_chosen() -> None:
    for expression in expressions():
        selectors = re.findall(r"\b(?:datenschutz_bot|process|up)\w*(?:\{[^}]*\})?", expression)
        assert selectors, expression
        assert all('job="$job", instance=~"$instance"' in each for each in selectors), expression


def test_a_wrong_expression_would_be_seen() -> None:
    assert faults("sum by (results) (rate(datenschutz_bot_sends_total[$__rate_interval]))") == ["no label results"]


def test_a_legend_names_labels_that_its_expression_keeps() -> None:
    for panel in shown():
        for target in panel["targets"]:
            named = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            grouped = set(re.findall(r"\w+", " ".join(re.findall(r"by \(([^)]*)\)", target["expr"]))))
            assert named <= grouped | ({"instance"} if "by (" not in target["expr"] else set()), panel["title"]


def test_every_panel_has_a_title_a_description_and_a_unit() -> None:
    titles = [panel["title"] for panel in panels()]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for panel in shown():
        assert panel["description"].endswith("."), panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"] in UNITS, panel["title"]


def test_times_rates_and_sizes_have_their_units() -> None:
    for panel in shown():
        unit = panel["fieldConfig"]["defaults"]["unit"]
        for target in panel["targets"]:
            expression = target["expr"]
            if "histogram_quantile" in expression or "timestamp_seconds" in expression:
                assert unit == "s", panel["title"]
            elif expression.startswith("sum by") and "rate(" in expression:
                assert unit == "ops", panel["title"]
            elif "memory_bytes" in expression:
                assert unit == "bytes", panel["title"]


def test_no_data_source_is_of_one_installation() -> None:
    of_grafana = {"type": "grafana", "uid": "-- Grafana --"}
    sources = list(everywhere(DASHBOARD, "datasource"))
    assert len(sources) > len(shown())
    assert [each for each in sources if each not in (SOURCE, of_grafana)] == []
    assert variables()["DS_PROMETHEUS"]["type"] == "datasource"
    assert variables()["DS_PROMETHEUS"]["query"] == "prometheus"
    # What an installation would leave behind: a chosen value, its number, its folder.
    assert all(each["current"] == {} for each in variables().values())
    assert "id" not in DASHBOARD


def test_every_variable_that_is_asked_for_is_defined_and_used() -> None:
    text = json.dumps(DASHBOARD)
    used = set(re.findall(r"\$\{?([A-Za-z]\w*)", text)) - {"__rate_interval"}
    assert used == set(variables())


def test_it_has_the_form_that_grafana_wants() -> None:
    assert DASHBOARD["schemaVersion"] >= 36
    assert DASHBOARD["uid"] == DASHBOARD["title"] == "datenschutz-bot"
    assert {panel["type"] for panel in panels()} == PANELS
    numbers = [panel["id"] for panel in panels()]
    assert len(set(numbers)) == len(numbers)
    for panel in shown():
        references = [target["refId"] for target in panel["targets"]]
        assert references == sorted(set(references)), panel["title"]
        assert {"custom"} <= panel["fieldConfig"]["defaults"].keys() or panel["type"] != "timeseries"
    assert all(panel["panels"] == [] and not panel["collapsed"] for panel in panels() if panel["type"] == "row")


def test_no_panel_lies_on_another_or_beside_the_page() -> None:
    places = [(panel["title"], panel["gridPos"]) for panel in panels()]
    for title, place in places:
        assert min(place["w"], place["h"]) > 0, title
        assert 0 <= place["x"] <= COLUMNS - place["w"], title
    for (title, one), (other, two) in combinations(places, 2):
        is_beside = one["x"] + one["w"] <= two["x"] or two["x"] + two["w"] <= one["x"]
        is_above = one["y"] + one["h"] <= two["y"] or two["y"] + two["h"] <= one["y"]
        assert is_beside or is_above, (title, other)
