"""What /metrics exposes, and what PromQL asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import promql_parser
from prometheus_client.parser import text_string_to_metric_families

from bot.delivery.metrics import Metrics
from bot.sessions.store import Depth, Expired

#: Given to every figure by the Prometheus that scrapes it, and made by it.
OF_PROMETHEUS = frozenset({"job", "instance"})
UP = "up"
#: What Grafana fills in before Prometheus sees it.
_FILLED_IN = {"$__rate_interval": "5m", "$__range": "1h"}
_MADE_BY_FUNCTIONS = frozenset({"le"})


@dataclass(frozen=True)
class Figure:
    """One figure: its type, the labels it has, and the names under which samples of it come."""

    type: str
    labels: frozenset[str]
    samples: frozenset[str]


def metrics() -> Metrics:
    """Figures to which everything has happened once."""
    made = Metrics(lambda: date(2026, 11, 30))
    made.built("0.1.0", "abc")
    made.knows([date(2026, 1, 1)], [date(2026, 6, 1)])
    made.loaded("loaded", 0)
    made.turned("matched", "an-entry")
    made.turned("failed", "")
    made.turn_took(0.1)
    made.overran()
    made.arrived("taken")
    made.dropped("poisonous")
    made.attempted("later", "too many requests")
    made.expired(Expired(messages=1, updates=1))
    made.waiting(Depth(0, 0))
    made.outage("store")(True)
    made.store_took("enqueue", 0.1)
    made.store_failed("enqueue")
    return made


def exposed() -> Mapping[str, Figure]:
    """Every figure by its name, a counter's with its suffix, as one asks for it."""
    found = {}
    for family in text_string_to_metric_families(metrics().exposition().decode()):
        samples = frozenset(sample.name for sample in family.samples)
        labels = frozenset(label for sample in family.samples for label in sample.labels) - {"le"}
        name = next(iter(samples)) if len(samples) == 1 else family.name
        found[name] = Figure(family.type, labels, samples)
    return found


@dataclass
class Asked:
    """What an expression asks for: figures, and with each the labels it is chosen by; and the labels of groups."""

    names: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    values: set[tuple[str, str, str]] = field(default_factory=set)


def asked_by(expression: str) -> Asked:
    """What an expression asks for. Raises ValueError if it is no PromQL."""
    found = Asked()

    def note(expr: promql_parser.Expr) -> None:
        if isinstance(expr, promql_parser.VectorSelector):
            found.names.add(expr.name or "")
            for matcher in expr.matchers.matchers:
                found.labels.add(matcher.name)
                found.values.add((expr.name or "", matcher.name, matcher.value))
        if isinstance(expr, promql_parser.AggregateExpr) and expr.modifier is not None:
            found.labels.update(expr.modifier.labels)

    for name, value in _FILLED_IN.items():
        expression = expression.replace(name, value)
    promql_parser.walk(promql_parser.parse(expression), note)
    return found


def faults(expression: str) -> list[str]:
    """What an expression asks for and would never get: figures that do not exist, labels or values they never have."""
    asked, known = asked_by(expression), exposed()
    by_sample = {sample: figure for figure in known.values() for sample in figure.samples}
    missing = [f"no figure {name}" for name in sorted(asked.names) if name not in by_sample and name != UP]
    labels = set().union(*(by_sample[name].labels for name in asked.names if name in by_sample))
    strange = sorted(asked.labels - labels - OF_PROMETHEUS - _MADE_BY_FUNCTIONS)
    return missing + [f"no label {label}" for label in strange] + _unknown_values(asked)


def _unknown_values(asked: Asked) -> list[str]:
    """Values of closed lists that no sample has: what is known beforehand is exposed from the beginning."""
    text = Metrics().exposition().decode()
    found = []
    for name, label, value in sorted(asked.values):
        of_figure = [line for line in text.splitlines() if line.startswith(f"{name}{{")]
        shown = {each for line in of_figure for each in re.findall(rf'{label}="([^"]*)"', line)}
        if shown and label not in OF_PROMETHEUS:
            found += [f"no {label} {part}" for part in value.split("|") if part not in shown]
    return found
