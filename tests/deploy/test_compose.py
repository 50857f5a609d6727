"""compose.yaml: valid by the specification, each profile whole, every container able to do as little as it must."""

import json
import re
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.deploy.shipped import Document, bots, one, parsed, services, settings_in, text_of

NAMES = ["compose.yaml", "compose.knowledge.yaml"]
OURS = {"single": {"bot"}, "replicas": {"bot-1", "bot-2", "bot-3", "redis", "caddy"}}


def broken_rules(document: Document) -> list[str]:
    schema = files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json"
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


@pytest.mark.parametrize("name", NAMES)
def test_it_follows_the_specification(name: str) -> None:
    assert broken_rules(one(name)) == []


def test_the_specification_sees_what_is_wrong() -> None:
    document = one("compose.yaml")
    document["services"]["bot"]["stop_grace"] = "15s"
    document["services"]["redis"]["healthcheck"]["retries"] = [3]
    found = " ".join(broken_rules(document))
    assert "'stop_grace' was unexpected" in found
    assert "$.services.redis.healthcheck.retries" in found


def test_a_key_that_comes_twice_is_seen() -> None:
    with pytest.raises(Exception, match="twice"):
        parsed("a: {b: 1, b: 2}")


def test_each_profile_has_its_services_and_no_service_is_in_both() -> None:
    found = {profile: {n for n, s in services().items() if s["profiles"] == [profile]} for profile in OURS}
    assert found == OURS
    assert set(services()) == OURS["single"] | OURS["replicas"]


def test_each_container_can_do_as_little_as_it_must() -> None:
    for name, service in services().items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "caddy" else []), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not {"privileged", "pid", "ipc", "network_mode", "devices", "build"} & set(service), name
        assert any(mount.startswith("/tmp:") for mount in service["tmpfs"]), name  # noqa: S108
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}, name
        assert service["restart"] == "unless-stopped", name
        assert service["logging"]["options"]["max-size"], name


def test_a_stop_has_the_time_it_takes() -> None:
    grace = {name: int(service["stop_grace_period"].removesuffix("s")) for name, service in services().items()}
    assert {grace[name] for name in bots()} == {15}
    assert min(grace.values()) >= 15


def test_only_caddy_has_ports() -> None:
    assert {name: service["ports"] for name, service in services().items() if "ports" in service} == {
        "caddy": ["80:80", "443:443"]
    }


def test_redis_can_be_reached_by_the_bots_only() -> None:
    networks = {name: set(service["networks"]) for name, service in services().items()}
    assert {name for name, joined in networks.items() if "back" in joined} == {"redis", "bot-1", "bot-2", "bot-3"}
    assert networks["redis"] == {"back"}
    assert one("compose.yaml")["networks"]["back"] == {"internal": True}


def test_redis_keeps_what_it_was_given() -> None:
    command: list[str] = services()["redis"]["command"]
    options = dict(zip(command[::2], command[1::2], strict=True))
    assert options["--appendonly"] == "yes"
    assert options["--appendfsync"] == "always"
    assert options["--maxmemory-policy"] == "noeviction"
    folder = options["--dir"]
    assert f"redis-data:{folder}" in services()["redis"]["volumes"]
    limit = services()["redis"]["deploy"]["resources"]["limits"]["memory"]
    assert int(limit.removesuffix("M")) >= 2 * int(options["--maxmemory"].removesuffix("mb"))


def test_whoever_is_waited_for_can_tell_its_health() -> None:
    """The bots by the image's own check."""
    for name, service in services().items():
        for needed, how in service.get("depends_on", {}).items():
            assert how["condition"] == "service_healthy", name
            assert needed in bots() or services()[needed]["healthcheck"]["test"][0] == "CMD"
            assert services()[needed]["profiles"] == service["profiles"], name
    assert set(services()["caddy"]["depends_on"]) == {"bot-1", "bot-2", "bot-3"}


def test_the_single_bot_polls_and_the_replicas_have_a_webhook() -> None:
    for name, service in bots().items():
        environment = service["environment"]
        is_replica = name != "bot"
        assert environment["BOT_STORE"].startswith("redis://redis:" if is_replica else "sqlite:////data/")
        assert ("BOT_WEBHOOK_URL" in environment) is is_replica
        assert ("BOT_WEBHOOK_SECRET_FILE" in environment) is is_replica
    assert bots()["bot"]["volumes"] == ["bot-data:/data"]


def test_what_is_named_is_declared_and_what_is_declared_is_used() -> None:
    document = one("compose.yaml")
    for kind in ("networks", "secrets"):
        used = {name for service in services().values() for name in service.get(kind, [])}
        assert used == set(document[kind]), kind
    mounts = [mount.split(":")[0] for service in services().values() for mount in service.get("volumes", [])]
    assert {mount for mount in mounts if not mount.startswith(".")} == set(document["volumes"])


def test_no_image_is_the_latest() -> None:
    images = {service["image"] for service in services().values()}
    for image in images - {service["image"] for service in bots().values()}:
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?-alpine", image), image
    assert all(service["image"].startswith("${IMAGE:?") for service in bots().values())


def test_every_variable_that_is_asked_for_is_in_the_example() -> None:
    asked = {name for file in NAMES for name in re.findall(r"\$\{([A-Z_]+)", text_of(file))}
    example = text_of(".env.example")
    assert asked == {"IMAGE", "PUBLIC_HOST"}
    assert all(re.search(rf"^#? ?{name}=.", example, re.MULTILINE) for name in asked)
    assert settings_in(example)["COMPOSE_PROFILES"] in OURS


def test_the_knowledge_is_mounted_for_every_bot_where_it_is_looked_for() -> None:
    extra: dict[str, Any] = one("compose.knowledge.yaml")["services"]
    assert set(extra) == set(bots())
    for service in extra.values():
        (mount,) = service["volumes"]
        assert mount == f"./knowledge:{service['environment']['BOT_KNOWLEDGE']}:ro"
