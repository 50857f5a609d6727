"""The units: systemd finds them valid and their sandboxes tight, with and without the webhook's drop-in."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deploy.shipped import directives, text_of, tool, unit
from tests.sessions.redis_server import RedisServer, free_port

#: What `systemd-analyze security` may find at most, in tenths: 1.5 of 10 (it finds 1.1; newer versions look closer).
MOST_EXPOSURE = 15
BOT = "datenschutz-bot.service"
REPLICA = "datenschutz-bot@.service"
DOCTOR = "datenschutz-bot-doctor.service"
BACKUP = "datenschutz-bot-backup.service"
TIMER = "datenschutz-bot-backup.timer"
SERVICES = (BOT, REPLICA, DOCTOR, BACKUP)
#: Units that the webhook's drop-in is for.
WITH_DROP_IN = (BOT, DOCTOR)
#: What is no sandbox: what a unit does, how it ends, what it is given.
SANDBOX = re.compile(
    r"NoNewPrivileges|Capability.*|AmbientCapabilities|Protect.*|Private.*|DevicePolicy|Proc.*|Restrict(?!A).*|RemoveIPC|"
    r"KeyringMode|LockPersonality|MemoryDenyWriteExecute|SystemCall.*|DynamicUser|User|UMask|LimitCORE"
)


def written(folder: Path, name: str = BOT, change: tuple[str, str] = ("", "")) -> Path:
    """The units and drop-ins in a folder; what they start is a program that is there. The one that was asked for."""
    for each in (*SERVICES, TIMER):
        text = text_of(f"systemd/{each}").replace(program(), tool("true"))
        if each == name and change[0]:
            assert change[0] in text
            text = text.replace(*change)
        (folder / each.replace("@.", "@8081.")).write_text(text, encoding="utf-8")
    for each in WITH_DROP_IN:
        drop_in = folder / f"{each}.d/webhook.conf"
        drop_in.parent.mkdir()
        drop_in.write_text(text_of("systemd/webhook.conf"), encoding="utf-8")
    return folder / name.replace("@.", "@8081.")


def program() -> str:
    return dict(unit())["ExecStart"].split()[0]


def verified(service: Path) -> str:
    command = [tool("systemd-analyze"), "verify", "--man=no", str(service)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # It also judges the units of this machine that this one comes after.
    found = [line for line in done.stderr.splitlines() if "datenschutz-bot" in line]
    return "\n".join(found) or ("" if done.returncode == 0 else done.stderr)


def is_tight(service: Path) -> bool:
    tight = ["security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSURE}", str(service)]
    return subprocess.run([tool("systemd-analyze"), *tight], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("name", [*SERVICES, TIMER])
def test_systemd_finds_it_valid(name: str, tmp_path: Path) -> None:
    assert verified(written(tmp_path, name)) == ""


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (BOT, ("RestartSec=10", "RestartSec=ten")),
        (BOT, ("ProtectHome=yes", "ProtectHomes=yes")),
        (BOT, ("ExecReload=/bin/kill", "ExecReload=kil")),
        (BOT, ("SystemCallFilter=@system-service", "SystemCallFilter=@system-services")),
        (BOT, ("WatchdogSec=60", "WatchdogSec=soon")),
        (REPLICA, ("Type=notify", "Type=notifi")),
        (BACKUP, ("IOSchedulingClass=idle", "IOSchedulingClass=idol")),
        (TIMER, ("OnCalendar=*-*-* 00/6:17:00", "OnCalendar=often")),
    ],
)
def test_systemd_sees_what_is_wrong(name: str, change: tuple[str, str], tmp_path: Path) -> None:
    assert verified(written(tmp_path, name, change)) != ""


@pytest.mark.parametrize("name", SERVICES)
def test_the_sandbox_is_tight(name: str, tmp_path: Path) -> None:
    assert is_tight(written(tmp_path, name))


@pytest.mark.parametrize("lost", ["CapabilityBoundingSet=", "RestrictNamespaces=yes"])
def test_a_looser_sandbox_is_seen(tmp_path: Path, lost: str) -> None:
    assert not is_tight(written(tmp_path, BOT, (f"\n{lost}\n", "\n")))


def sandbox(name: str) -> list[tuple[str, str]]:
    return sorted(pair for pair in unit(name) if SANDBOX.fullmatch(pair[0]))


@pytest.mark.parametrize("name", SERVICES)
def test_all_live_in_the_same_sandbox(name: str) -> None:
    """But that the doctor looks who holds the store, and that the backup needs no network at all."""
    more = {DOCTOR: [("ProcSubset", "all")], BACKUP: [("PrivateNetwork", "yes")]}.get(name, [])
    less = [("ProcSubset", "pid")] if name == DOCTOR else []
    assert sandbox(name) == sorted([pair for pair in sandbox(BOT) if pair not in less] + more)


@pytest.mark.parametrize("name", [BOT, REPLICA])
def test_it_ends_and_restarts_as_the_bot_does(name: str) -> None:
    found = dict(unit(name))
    assert found["ExecStart"].endswith("/bin/datenschutz-bot telegram")
    assert found["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert found["TimeoutStopSec"] == "15"
    assert found["Restart"] == "on-failure"
    assert 1 <= int(found["RestartSec"]) <= 60
    assert set(found["RestartPreventExitStatus"].split()) == {"1", "2"}
    # systemd takes SIGHUP for an intended end.
    assert found["RestartForceExitStatus"] == "SIGHUP"
    assert "KillSignal" not in found


@pytest.mark.parametrize("name", [BOT, REPLICA])
def test_systemd_waits_until_the_bot_can_answer_and_sees_when_it_hangs(name: str) -> None:
    found = dict(unit(name))
    assert found["Type"] == "notify"
    # Telegram may demand five minutes, and knowledge is learnt before.
    assert found["TimeoutStartSec"] == "7min"
    assert found["WatchdogSec"] == "60"
    # A core dump would hold what people wrote.
    assert (found["WatchdogSignal"], found["LimitCORE"]) == ("SIGKILL", "0")
    assert "AF_UNIX" in found["RestrictAddressFamilies"].split()


def test_secrets_are_credentials_and_nothing_else() -> None:
    for name in (*SERVICES, "webhook.conf"):
        for key, value in directives(text_of(f"systemd/{name}")):
            assert key not in ("SetCredential", "PassEnvironment")
            if key == "LoadCredential":
                id_, _, path = value.partition(":")
                assert path == f"/etc/datenschutz-bot/secrets/{id_}"


@pytest.mark.parametrize("name", [BOT, DOCTOR, BACKUP])
def test_the_database_is_in_the_folder_that_outlives_the_user(name: str) -> None:
    found = dict(unit(name))
    stores = [value for key, value in unit(name) if key == "Environment" and value.startswith("BOT_STORE=")]
    assert stores == [f"BOT_STORE=sqlite:///%S/{found['StateDirectory'].split()[0]}/bot.sqlite3"]
    assert found["StateDirectoryMode"] == "0700"


def test_one_user_owns_what_all_of_them_use() -> None:
    assert {(dict(unit(name))["DynamicUser"], dict(unit(name))["User"]) for name in SERVICES} == {
        ("yes", "datenschutz-bot")
    }


def test_each_replica_listens_on_the_port_that_it_is_named_after() -> None:
    found = unit(REPLICA)
    assert ("Environment", "BOT_LISTEN=127.0.0.1:%i") in found
    # Together with the one that has a store of its own it would have two receivers for one token.
    assert ("Conflicts", BOT) in found
    assert "StateDirectory" not in dict(found)


def test_copies_are_made_as_often_as_the_command_takes_them_to_be() -> None:
    """`backup` deletes what would be too old before the next copy: it has to know when that is."""
    found = dict(directives(text_of(f"systemd/{TIMER}")))
    assert found["OnCalendar"].endswith(" 00/6:17:00")
    assert found["Persistent"] == "yes"
    assert dict(unit(BACKUP))["ExecStart"].endswith("/bin/datenschutz-bot backup %S/datenschutz-bot-backups")
    assert dict(unit(BACKUP))["StateDirectory"].split() == ["datenschutz-bot", "datenschutz-bot-backups"]
    assert "LoadCredential" not in dict(unit(BACKUP))


# --- Redis on the same machine ---


@contextmanager
def set_up(folder: Path) -> Iterator[RedisServer]:
    """A server with the settings of a distribution, in short, and ours included at their end as the guide says."""
    server = RedisServer(free_port())
    ours = text_of("systemd/redis.conf").replace("port 6379", f"port {server.port}")
    (folder / "ours.conf").write_text(ours, encoding="utf-8")
    distribution = (
        f"dir {folder}\nsave 3600 1\nappendonly no\nmaxmemory-policy allkeys-lru\ninclude {folder}/ours.conf\n"
    )
    (folder / "redis.conf").write_text(distribution, encoding="utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([tool("redis-server"), str(folder / "redis.conf")], stdout=log, stderr=log)
    try:
        while True:
            try:
                assert server.ask("PING")
                break
            except OSError:
                assert process.poll() is None, (folder / "log").read_text()
        yield server
    finally:
        process.kill()
        process.wait()


def test_redis_keeps_what_it_was_given(tmp_path: Path) -> None:
    wanted = {"appendonly": "yes", "appendfsync": "always", "save": "", "maxmemory-policy": "noeviction"}
    with set_up(tmp_path) as server:
        for name, value in wanted.items():
            assert server.ask(f"CONFIG GET {name}").decode().split("\r\n")[-2] == value, name
        bound = server.ask("CONFIG GET bind").decode()
    assert "127.0.0.1" in bound


# --- the reverse proxy on the same machine ---


def site(name: str) -> str:
    """The site's block of a Caddyfile, without comments."""
    text = re.sub(r"(?m)^\s*#.*$\n?", "", text_of(name))
    (block,) = re.findall(r"^\S+ (\{\n\t@update.*?^\})$", text, re.MULTILINE | re.DOTALL)
    return str(block)


def test_the_reverse_proxy_is_the_one_that_is_tried_for_compose() -> None:
    upstreams = {"Caddyfile": r"bot-1:8080 bot-2:8080 bot-3:8080", "systemd/Caddyfile": ""}
    here = site("systemd/Caddyfile")
    (ports,) = re.findall(r"reverse_proxy ((?:127\.0\.0\.1:808\d ?)+)", here)
    assert here.replace(ports.strip(), upstreams["Caddyfile"]) == site("Caddyfile")


def test_caddy_finds_it_valid_and_well_formatted() -> None:
    path = str(Path(__file__).parents[2] / "deploy/systemd/Caddyfile")
    command = [tool("caddy"), "validate", "--config", path, "--adapter", "caddyfile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "not formatted" not in done.stderr
