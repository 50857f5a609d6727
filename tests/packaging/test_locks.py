"""The locks: whole for every Python and system, in agreement with each other and with pyproject.toml."""

import re

import pytest
from packaging.utils import canonicalize_name

from tests.deploy.shipped import ROOT, project
from tests.packaging.locks import asked, lines, pins

LOCKS = list(asked())
BOT, BUILD, DEV, BENCH = LOCKS
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
SYSTEMS = [
    ("linux", "Linux", "x86_64"),
    ("linux", "Linux", "aarch64"),
    ("darwin", "Darwin", "arm64"),
    ("win32", "Windows", "AMD64"),
]


def environments() -> list[dict[str, str]]:
    return [
        {
            "python_version": python,
            "python_full_version": f"{python}.9",
            "sys_platform": system,
            "platform_system": name,
            "platform_machine": machine,
        }
        for python in PYTHONS
        for system, name, machine in SYSTEMS
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_what_the_project_asks_for_everywhere(lock: str) -> None:
    locked = pins(lock)
    for environment in environments():
        here = {pin.name: pin.version for pin in locked if pin.is_for(environment)}
        for requirement in asked()[lock]:
            if requirement.marker is None or requirement.marker.evaluate(environment):
                pinned = here.get(canonicalize_name(requirement.name))
                assert pinned is not None, f"{lock} lacks {requirement} on {environment}: run make lock"
                assert pinned in requirement.specifier, f"{lock} pins {pinned}, not {requirement}: run make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_one_version_of_each_for_all(lock: str) -> None:
    """What is learnt depends on the libraries' versions: so the bot answers alike on every Python."""
    names = [pin.name for pin in pins(lock)]
    assert names
    assert sorted(set(names)) == names


@pytest.mark.parametrize(("smaller", "larger"), [(BOT, DEV), (BUILD, DEV), (BOT, BENCH)])
def test_a_larger_lock_holds_the_smaller_one(smaller: str, larger: str) -> None:
    """The same versions and files; a larger one may need a pin in more places."""
    held = {(pin.name, pin.version): pin.hashes for pin in pins(larger)}
    for pin in pins(smaller):
        assert held.get((pin.name, pin.version)) == pin.hashes, f"{pin.name}: run make lock"


def test_tests_and_benchmark_agree_where_they_share() -> None:
    tested, measured = ({pin.name: pin.version for pin in pins(lock)} for lock in (DEV, BENCH))
    assert {name: measured[name] for name in tested.keys() & measured.keys()} == {
        name: tested[name] for name in tested.keys() & measured.keys()
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_install_from(lock: str) -> None:
    assert [line for line in lines(lock) if line.startswith("-") or "://" in line or "@" in line] == []


def test_the_makefile_knows_the_pythons_of_the_project() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"^OLDEST := (.*)$", makefile, re.MULTILINE) == [project()["requires-python"].removeprefix(">=")]
    (looked_for,) = re.findall(r"^PYTHONS \?= (.*)$", makefile, re.MULTILINE)
    assert looked_for.split() == [f"python{version}" for version in PYTHONS]
    (named,) = re.findall(r"^LOCKS := (.*)$", makefile, re.MULTILINE)
    paths = dict(re.findall(r"^([A-Z]+_LOCK) := (.*)$", makefile, re.MULTILINE))
    assert [paths[name] for name in re.findall(r"\$\((\w+)\)", named)] == LOCKS


def test_the_classifiers_name_the_pythons_of_the_project() -> None:
    prefix = "Programming Language :: Python :: "
    named = [each.removeprefix(prefix) for each in project()["classifiers"] if each.startswith(f"{prefix}3.")]
    assert named == PYTHONS
