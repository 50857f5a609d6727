"""The files under deploy/, read strictly, and the tools that judge them."""

import os
import re
import shutil
import sys
import tomllib
from collections.abc import Hashable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"

#: A parsed YAML or JSON document: its schema is what the tests are about.
Document = dict[str, Any]


class _StrictLoader(yaml.SafeLoader):
    """YAML as its specification wants it: a key that comes twice is an error, not the last one's victory."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep)


def parsed(text: str) -> list[Document]:
    """All documents of a YAML text. Raises yaml.YAMLError, also for duplicate keys."""
    return deepcopy(_parsed_once(text))


@cache
def _parsed_once(text: str) -> list[Document]:
    return [cast("Document", document) for document in yaml.load_all(text, Loader=_StrictLoader)]


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def one(name: str) -> Document:
    (document,) = parsed(text_of(name))
    return document


def files() -> list[Path]:
    """All that is shipped: not what belongs to one installation (deploy/.gitignore)."""
    ignored = {line.rstrip("/") for line in text_of(".gitignore").splitlines() if not line.startswith("#")}
    found = [path for path in DEPLOY.rglob("*") if path.is_file() and path.name != ".gitignore"]
    return sorted(path for path in found if not ignored & set(path.relative_to(DEPLOY).parts))


def project() -> Document:
    return cast("Document", pyproject()["project"])


def build_requirements() -> list[str]:
    return cast("list[str]", pyproject()["build-system"]["requires"])


def pyproject() -> Document:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def tool(name: str) -> str:
    """The path of a program. Where it is missing the test is skipped, but never in CI."""
    beside_python = Path(sys.executable).parent / name
    path = str(beside_python) if beside_python.exists() else shutil.which(name)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"{name} is missing: CI installs it (.ci/run)")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def settings_in(text: str) -> dict[str, str]:
    """NAME=value lines, as systemd, compose and kustomize read them."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def manifests() -> list[Document]:
    return [document for name in resources() for document in parsed((KUBERNETES / name).read_text(encoding="utf-8"))]


def resources() -> list[str]:
    names: list[str] = one("kubernetes/kustomization.yaml")["resources"]
    return names


def manifest(kind: str, name: str) -> Document:
    (found,) = [m for m in manifests() if m["kind"] == kind and m["metadata"]["name"] == name]
    return found


def container(kind: str, name: str) -> Document:
    """The only container of a workload."""
    (found,) = manifest(kind, name)["spec"]["template"]["spec"]["containers"]
    return cast("Document", found)


def services() -> dict[str, Document]:
    found: dict[str, Document] = one("compose.yaml")["services"]
    return found


def bots() -> dict[str, Document]:
    """The services of compose that run the bot."""
    return {name: service for name, service in services().items() if name.startswith("bot")}


def unit() -> list[tuple[str, str]]:
    """The service unit's settings in order: a name may come more than once."""
    return directives(text_of("systemd/datenschutz-bot.service"))


def directives(text: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in re.findall(r"^([A-Za-z]+)=(.*)$", text, re.MULTILINE)]


def instructions() -> Iterator[tuple[str, str]]:
    """The Containerfile's instructions: name and the rest, continued lines joined."""
    lines = [line for line in text_of("Containerfile").splitlines() if line and not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        name, _, rest = line.strip().partition(" ")
        yield name, " ".join(rest.split())
