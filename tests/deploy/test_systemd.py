"""The service unit: systemd finds it valid and its sandbox tight, with and without the webhook's drop-in."""

import subprocess
from pathlib import Path

import pytest

from tests.deploy.shipped import directives, text_of, tool, unit

#: What `systemd-analyze security` may find at most, in tenths: 1.5 of 10 (it finds 1.1; newer versions look closer).
MOST_EXPOSURE = 15


def written(folder: Path, change: tuple[str, str] = ("", "")) -> Path:
    """The unit and its drop-in in a folder; what they start is a program that is there."""
    text = text_of("systemd/datenschutz-bot.service").replace(dict(unit())["ExecStart"], tool("true"))
    service = folder / "datenschutz-bot.service"
    service.write_text(text.replace(*change) if change[0] else text, encoding="utf-8")
    drop_in = folder / "datenschutz-bot.service.d/webhook.conf"
    drop_in.parent.mkdir()
    drop_in.write_text(text_of("systemd/webhook.conf"), encoding="utf-8")
    return service


def verified(service: Path) -> str:
    command = [tool("systemd-analyze"), "verify", "--man=no", str(service)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # It also judges the units of this machine that this one comes after.
    found = [line for line in done.stderr.splitlines() if "datenschutz-bot" in line]
    return "\n".join(found) or ("" if done.returncode == 0 else done.stderr)


def is_tight(service: Path) -> bool:
    tight = ["security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSURE}", str(service)]
    return subprocess.run([tool("systemd-analyze"), *tight], capture_output=True, check=False).returncode == 0


def test_systemd_finds_it_valid(tmp_path: Path) -> None:
    assert verified(written(tmp_path)) == ""


@pytest.mark.parametrize(
    "change",
    [
        ("RestartSec=10", "RestartSec=ten"),
        ("ProtectHome=yes", "ProtectHomes=yes"),
        ("ExecReload=/bin/kill", "ExecReload=kil"),
        ("SystemCallFilter=@system-service", "SystemCallFilter=@system-services"),
    ],
)
def test_systemd_sees_what_is_wrong(tmp_path: Path, change: tuple[str, str]) -> None:
    assert verified(written(tmp_path, change)) != ""


def test_the_sandbox_is_tight(tmp_path: Path) -> None:
    assert is_tight(written(tmp_path))


@pytest.mark.parametrize("lost", ["CapabilityBoundingSet=", "RestrictNamespaces=yes"])
def test_a_looser_sandbox_is_seen(tmp_path: Path, lost: str) -> None:
    assert not is_tight(written(tmp_path, (f"\n{lost}\n", "\n")))


def test_it_ends_and_restarts_as_the_bot_does() -> None:
    found = dict(unit())
    assert found["ExecStart"].endswith("/bin/datenschutz-bot telegram")
    assert found["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert found["TimeoutStopSec"] == "15"
    assert found["Restart"] == "on-failure"
    assert 1 <= int(found["RestartSec"]) <= 60
    assert set(found["RestartPreventExitStatus"].split()) == {"1", "2"}
    # systemd takes SIGHUP for an intended end.
    assert found["RestartForceExitStatus"] == "SIGHUP"
    assert "KillSignal" not in found


def test_secrets_are_credentials_and_nothing_else() -> None:
    for name in ("systemd/datenschutz-bot.service", "systemd/webhook.conf"):
        for key, value in directives(text_of(name)):
            assert key not in ("SetCredential", "PassEnvironment")
            if key == "LoadCredential":
                id_, _, path = value.partition(":")
                assert path == f"/etc/datenschutz-bot/secrets/{id_}"


def test_the_database_is_in_the_folder_that_outlives_the_user() -> None:
    found = dict(unit())
    stores = [value for key, value in unit() if key == "Environment" and value.startswith("BOT_STORE=")]
    assert stores == [f"BOT_STORE=sqlite:///%S/{found['StateDirectory']}/bot.sqlite3"]
    assert found["StateDirectoryMode"] == "0700"
