"""The image: linted, in stages, pinned, not root, and made of nothing but what it is made of."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.deploy.shipped import DEPLOY, ROOT, instructions, project, text_of, tool

CONTAINERFILE = DEPLOY / "Containerfile"


def lint(path: Path) -> str:
    command = [tool("hadolint"), "--no-color", "--failure-threshold", "info", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr + ("" if done.returncode == 0 else f"exit code {done.returncode}")


def test_the_linter_has_nothing_to_say() -> None:
    assert lint(CONTAINERFILE) == ""


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ("FROM ${PYTHON_IMAGE} AS", "FROM python:latest AS", "DL3007"),
        ("USER 10001:10001", "USER root", "DL3002"),
        ('CMD ["telegram"]', "CMD telegram", "DL3025"),
        ("\nSTOPSIGNAL", "\nSTOPSINGAL", "unexpected"),
    ],
)
def test_the_linter_sees_what_is_wrong(tmp_path: Path, good: str, bad: str, rule: str) -> None:
    broken = tmp_path / "Containerfile"
    broken.write_text(text_of("Containerfile").replace(good, bad), encoding="utf-8")
    assert rule in lint(broken)


def stages() -> list[list[tuple[str, str]]]:
    split: list[list[tuple[str, str]]] = []
    for name, rest in instructions():
        if name == "FROM":
            split.append([])
        if split:
            split[-1].append((name, rest))
    return split


def last(name: str) -> str:
    """The one value an instruction has in the final stage."""
    (value,) = [rest for found, rest in stages()[-1] if found == name]
    return value


def test_what_builds_is_not_what_runs() -> None:
    build, final = stages()
    assert build[0] == ("FROM", "${PYTHON_IMAGE} AS build")
    assert [rest for name, rest in final if name == "COPY"] == ["--from=build /app /app"]
    runs = " ".join(rest for name, rest in final if name == "RUN")
    assert "pip uninstall" in runs
    assert not re.search(r"pip\S* install|apt|curl|wget", runs)


def test_the_base_is_the_python_of_the_tests_by_a_pinned_tag() -> None:
    (base,) = [rest for name, rest in instructions() if name == "ARG" and rest.startswith("PYTHON_IMAGE=")]
    tested = project()["requires-python"].removeprefix(">=")
    assert re.fullmatch(rf"PYTHON_IMAGE=python:{re.escape(tested)}(\.\d+)?-slim-[a-z]+", base)


def test_it_runs_as_a_number_that_is_not_root() -> None:
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", last("USER"))
    names = [name for name, _ in stages()[-1]]
    assert "RUN" not in names[names.index("USER") :]


def test_everything_that_is_installed_is_pinned_with_hashes() -> None:
    runs = " && ".join(rest for name, rest in stages()[0] if name == "RUN")
    installs = re.findall(r"pip (?:--python \S+ )?install ([^&]*)", runs)
    assert len(installs) == 3
    for options in installs:
        assert "--require-hashes -r deploy/" in options or "--no-index --no-deps dist/" in options, options
    assert "pip wheel" in runs
    assert "--no-build-isolation --no-deps" in runs
    assert "datenschutz-bot match </dev/null" in runs


def test_nothing_is_fetched_by_other_ways() -> None:
    names = {name for name, _ in instructions()}
    assert names <= {"ARG", "FROM", "ENV", "WORKDIR", "COPY", "RUN", "LABEL", "USER", "VOLUME", "EXPOSE"} | {
        "STOPSIGNAL",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    }


def test_it_starts_stops_and_tells_its_health_without_a_shell() -> None:
    assert json.loads(last("ENTRYPOINT")) == ["datenschutz-bot"]
    assert json.loads(last("CMD")) == ["telegram"]
    assert last("STOPSIGNAL") == "SIGTERM"
    options, _, command = last("HEALTHCHECK").partition(" CMD ")
    assert {"--interval", "--timeout", "--start-period", "--retries"} == set(re.findall(r"--[a-z-]+", options))
    python, option, program = json.loads(command)
    assert (python, option) == ("python", "-c")
    compile(program, "HEALTHCHECK", "exec")


def test_data_is_a_volume_of_the_user_who_runs() -> None:
    user = last("USER").split(":")[0]
    assert json.loads(last("VOLUME")) == ["/data"]
    assert any(f"install -d -o {user} " in rest and rest.endswith(" /data") for _, rest in stages()[-1])


def test_the_context_holds_what_is_copied_and_no_more() -> None:
    lines = [line for line in text_of("Containerfile.dockerignore").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    copies = [rest.split() for name, rest in instructions() if name == "COPY" and "--from" not in rest]
    copied = {source.rstrip("/") for sources in copies for source in sources[:-1]}
    assert allowed == copied
    assert all((ROOT / source).exists() for source in copied)
    assert {"**/.index", "**/__pycache__", "**/secrets", "**/.env"} <= set(lines)
