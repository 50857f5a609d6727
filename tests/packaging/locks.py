"""The locks, read as what they are: pins with markers and hashes."""

import re
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deploy.shipped import ROOT, build_requirements, pyproject

_HASH = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Pin:
    """One version of one project, the hashes of its files, and where it is meant for (a marker, or empty)."""

    name: str
    version: str
    marker: str
    hashes: frozenset[str]

    def is_for(self, environment: dict[str, str]) -> bool:
        requirement = Requirement(f"{self.name}; {self.marker}" if self.marker else self.name)
        return requirement.marker is None or requirement.marker.evaluate(environment)


def asked() -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for, by the lock that must hold it."""
    project = pyproject()["project"]
    bot, extras = project["dependencies"], project["optional-dependencies"]
    wanted = {
        "deploy/requirements.lock": bot,
        "deploy/requirements-build.lock": build_requirements(),
        "tests/requirements.lock": [*bot, *build_requirements(), *extras["dev"]],
        "tests/benchmarks/requirements.lock": [*bot, *extras["bench"]],
    }
    return {lock: [Requirement(each) for each in requirements] for lock, requirements in wanted.items()}


def lines(lock: str) -> list[str]:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins(lock: str) -> list[Pin]:
    """Every line of a lock is a pin with its hashes; anything else is an AssertionError."""
    return [_pin(line) for line in lines(lock)]


def _pin(line: str) -> Pin:
    pinned, *hashes = re.split(r"\s+--hash=", line.strip())
    requirement = Requirement(pinned)
    (version,) = requirement.specifier
    assert version.operator == "==", line
    assert hashes, line
    assert all(_HASH.fullmatch(each) for each in hashes), line
    marker = str(requirement.marker or "")
    return Pin(canonicalize_name(requirement.name), version.version, marker, frozenset(hashes))
