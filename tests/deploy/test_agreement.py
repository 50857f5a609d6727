"""What the files say to each other: settings, secrets, ports, paths, users and versions are the same everywhere."""

import json
import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from bot import settings
from tests.deploy.shipped import (
    DEPLOY,
    bots,
    container,
    directives,
    files,
    instructions,
    manifest,
    one,
    project,
    services,
    settings_in,
    text_of,
    unit,
)

VARIABLES = frozenset(settings.VARIABLES)
#: Read by compose, before there is a bot.
FOR_COMPOSE = {"COMPOSE_PROFILES", "COMPOSE_FILE", "IMAGE", "PUBLIC_HOST"}
#: Read by the Python that runs the bot, and by the libraries it uses.
#: Read by the client that talks to Telegram.
FOR_NETWORK = {"HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE"}
FOR_PYTHON = {"PATH", "HOME", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "OPENBLAS_NUM_THREADS", "XDG_CACHE_HOME"}

PORT = 8080
#: Of the bots of one machine under systemd.
PORTS = {8081, 8082, 8083}
UNITS = (
    "datenschutz-bot.service",
    "datenschutz-bot@.service",
    "datenschutz-bot-doctor.service",
    "datenschutz-bot-backup.service",
)
LISTENING = {"compose": "0.0.0.0:8080", "systemd": "127.0.0.1:8080"}
SECRETS = {
    "TELEGRAM_BOT_TOKEN_FILE": "telegram-bot-token",
    "BOT_STORE_KEY_FILE": "store-key",
    "BOT_WEBHOOK_SECRET_FILE": "webhook-secret",
}


LOOP = re.compile(r"for port in ([^;]+);")


def of_image() -> dict[str, str]:
    """The final stage's environment."""
    final = " ".join(rest for name, rest in instructions() if name == "ENV").split()
    return dict(pair.split("=", 1) for pair in final)


def of_compose() -> dict[str, dict[str, str | None]]:
    knowledge = one("compose.knowledge.yaml")["services"]
    return {name: {**bot["environment"], **knowledge[name]["environment"]} for name, bot in bots().items()}


def of_systemd() -> dict[str, str]:
    found = [*chain.from_iterable(map(unit, UNITS)), *directives(text_of("systemd/webhook.conf"))]
    pairs = chain.from_iterable(value.split() for key, value in found if key == "Environment")
    return dict(pair.split("=", 1) for pair in pairs)


def of_kubernetes() -> dict[str, str]:
    own = {each["name"]: each["value"] for each in container("Deployment", "datenschutz-bot")["env"]}
    return {**settings_in(text_of("kubernetes/settings.env")), **own}


def example() -> list[str]:
    return re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", text_of(".env.example"), re.MULTILINE)


NAMES: dict[str, Callable[[], set[str]]] = {
    "image": lambda: set(of_image()),
    "compose": lambda: set(chain.from_iterable(of_compose().values())),
    "systemd": lambda: set(of_systemd()),
    "kubernetes": lambda: set(of_kubernetes()),
}


@pytest.mark.parametrize("where", NAMES)
def test_every_variable_is_one_that_the_bot_reads(where: str) -> None:
    names = NAMES[where]()
    assert names & VARIABLES
    others = names - VARIABLES - {"PIP_DISABLE_PIP_VERSION_CHECK", "PIP_ROOT_USER_ACTION"}
    assert others <= FOR_PYTHON | FOR_NETWORK


def test_the_example_explains_every_setting_once() -> None:
    # Certificates are files that no service of compose has.
    assert sorted(example()) == sorted(VARIABLES | FOR_COMPOSE | FOR_NETWORK - {"SSL_CERT_FILE"})


def test_the_settings_of_systemd_are_what_its_units_do_not_set() -> None:
    told = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", text_of("systemd/datenschutz-bot.env"), re.MULTILINE)
    set_by_units = {name for name in of_systemd() if name != "BOT_STORE"}
    secret = {name.removesuffix("_FILE") for name in SECRETS} | set(SECRETS)
    # For trying the bot out, never under systemd.
    assert sorted(told) == sorted((VARIABLES - set_by_units - secret - {"BOT_ENV"}) | FOR_NETWORK)
    set_at_once = settings_in(text_of("systemd/datenschutz-bot.env"))
    assert set_at_once == {"BOT_CONTROLLER_NAME": "", "BOT_CONTROLLER_CONTACT": ""}


def test_prose_names_no_variable_that_does_not_exist() -> None:
    named = {
        (path.name, name) for path in files() for name in re.findall(r"\b(?:BOT|TELEGRAM)_[A-Z_]+\b", path.read_text())
    }
    assert len(named) > 50
    assert {(path, name) for path, name in named if name not in VARIABLES} == set()


def test_no_secret_is_given_as_a_setting() -> None:
    secret = {name.removesuffix("_FILE") for name in SECRETS}
    assert {where: names() & secret for where, names in NAMES.items()} == {where: set() for where in NAMES}


def test_secrets_of_compose_are_mounted_where_they_are_read() -> None:
    declared = one("compose.yaml")["secrets"]
    assert declared == {name: {"file": f"./secrets/{name}"} for name in SECRETS.values()}
    for name, service in bots().items():
        read = {key: value for key, value in service["environment"].items() if key.endswith("_FILE")}
        assert read == {key: f"/run/secrets/{SECRETS[key]}" for key in read}
        assert {SECRETS[key] for key in read} == set(service["secrets"]), name


def test_secrets_of_systemd_are_loaded_where_they_are_read() -> None:
    for file in (*(f"systemd/{name}" for name in UNITS), "systemd/webhook.conf"):
        found = directives(text_of(file))
        loaded = {value.partition(":")[0] for key, value in found if key == "LoadCredential"}
        read = dict(value.split("=", 1) for key, value in found if key == "Environment" and "_FILE=" in value)
        assert read == {key: f"%d/{SECRETS[key]}" for key in read}
        assert {SECRETS[key] for key in read} == loaded, file
    assert {key for key in of_systemd() if key.endswith("_FILE")} == set(SECRETS)


def test_secrets_of_kubernetes_are_mounted_where_they_are_read() -> None:
    (mount,) = [m for m in container("Deployment", "datenschutz-bot")["volumeMounts"] if m["name"] == "secrets"]
    volumes = manifest("Deployment", "datenschutz-bot")["spec"]["template"]["spec"]["volumes"]
    (secret,) = [volume["secret"] for volume in volumes if volume["name"] == "secrets"]
    assert [(item["key"], item["path"]) for item in secret["items"]] == [(name, name) for name in SECRETS.values()]
    read = {key: value for key, value in of_kubernetes().items() if key.endswith("_FILE")}
    assert read == {key: f"{mount['mountPath']}/{name}" for key, name in SECRETS.items()}
    assert mount["readOnly"] is True
    assert f"create secret generic {secret['secretName']} --from-file=deploy/secrets" in text_of("README.md")


def test_the_bot_listens_on_one_port_everywhere() -> None:
    within = LISTENING["compose"]
    assert {of_image()["BOT_LISTEN"], of_kubernetes()["BOT_LISTEN"]} == {within}
    assert {environment["BOT_LISTEN"] for environment in of_compose().values()} == {within}
    for name in ("datenschutz-bot.service", "datenschutz-bot-doctor.service"):
        assert ("Environment", f"BOT_LISTEN={LISTENING['systemd']}") in unit(name)
    assert [rest for name, rest in instructions() if name == "EXPOSE"] == [str(PORT)]
    health = next(rest for name, rest in instructions() if name == "HEALTHCHECK")
    assert f"'127.0.0.1', {PORT}," in health
    assert [port["containerPort"] for port in container("Deployment", "datenschutz-bot")["ports"]] == [PORT]
    (upstreams,) = re.findall(r"reverse_proxy (.*) \{", text_of("Caddyfile"))
    assert sorted(upstreams.split()) == [f"{name}:{PORT}" for name in sorted(bots()) if name != "bot"]
    (named,) = set(re.findall(r"reverse_proxy (.*) \{", text_of("systemd/Caddyfile")))
    assert {int(port) for port in re.findall(r"127\.0\.0\.1:(\d+)", named)} == PORTS
    assert set(re.findall(r"127\.0\.0\.1:(\d+)(?!/0)", text_of("README.md"))) - {"637"} == {str(PORT)}
    started = re.findall(r"datenschutz-bot@(\d+)", text_of("README.md"))
    assert {int(port) for port in started} == PORTS
    assert {int(port) for port in re.findall(r"\b80\d\d\b", " ".join(LOOP.findall(text_of("README.md"))))} == PORTS
    assert set(re.findall(r"(?<![\w-])bot(?:-\d)?:(\d+)", text_of("README.md"))) == {str(PORT)}


def test_the_health_check_asks_caddy_where_it_listens() -> None:
    test: list[str] = services()["caddy"]["healthcheck"]["test"]
    assert f"\n{test[-1].rstrip('/')} {{\n" in text_of("Caddyfile")
    assert services()["caddy"]["environment"] == {"PUBLIC_HOST": "${PUBLIC_HOST:-}"}
    assert "\n{$PUBLIC_HOST} {\n" in text_of("Caddyfile")


def test_life_and_readiness_have_one_path_each() -> None:
    """The webhook's path is compared in the tests of Caddy and Kubernetes."""
    shipped = " ".join(path.read_text(encoding="utf-8") for path in files())
    assert set(re.findall(r"/[a-z]*(?:health|ready|live)[a-z]*", shipped)) == {"/healthz", "/readyz"}
    urls = {environment["BOT_WEBHOOK_URL"] for name, environment in of_compose().items() if name != "bot"}
    assert urls == {"https://${PUBLIC_HOST:-}/telegram"}


def test_the_user_of_the_image_owns_what_it_gets() -> None:
    (user,) = [rest for name, rest in instructions() if name == "USER"]
    uid, gid = (int(part) for part in user.split(":"))
    pod = manifest("Deployment", "datenschutz-bot")["spec"]["template"]["spec"]["securityContext"]
    assert (pod["runAsUser"], pod["runAsGroup"], pod["fsGroup"]) == (uid, gid, gid)
    scratch = [mount for name, bot in bots().items() if name != "bot" for mount in bot["tmpfs"] if "/data" in mount]
    assert len(scratch) == 3
    assert all(f"uid={uid},gid={gid}," in mount for mount in scratch)
    assert set(re.findall(r"chown (\d+:\d+)", text_of("README.md"))) == {user}


def test_the_store_is_where_data_is_kept() -> None:
    path = of_image()["BOT_STORE"]
    assert of_compose()["bot"]["BOT_STORE"] == path == "sqlite:////data/bot.sqlite3"
    mounts = {mount["mountPath"] for mount in container("Deployment", "datenschutz-bot")["volumeMounts"]}
    assert {of_image()["HOME"], "/tmp"} <= mounts  # noqa: S108


def test_redis_is_the_same_in_compose_and_kubernetes() -> None:
    composed, pod = services()["redis"], container("StatefulSet", "redis")
    assert pod["image"] == composed["image"]
    assert pod["command"] == composed["entrypoint"]
    assert pod["args"] == composed["command"]
    user = manifest("StatefulSet", "redis")["spec"]["template"]["spec"]["securityContext"]
    assert composed["user"] == f"{user['runAsUser']}:{user['runAsGroup']}"
    stores = {environment["BOT_STORE"] for name, environment in of_compose().items() if name != "bot"}
    assert stores == {of_kubernetes()["BOT_STORE"]} == {"redis://redis:6379/0"}


def test_one_version_is_shipped() -> None:
    version = project()["version"]
    (image,) = one("kubernetes/kustomization.yaml")["images"]
    assert image == {"name": container("Deployment", "datenschutz-bot")["image"], "newTag": version}
    assert settings_in(text_of(".env.example"))["IMAGE"] == f"datenschutz-bot:{version}"
    assert ("ARG", f"VERSION={version}") in list(instructions())
    for name in ("README.md", "Containerfile"):
        assert set(re.findall(r"-t datenschutz-bot:(\S+)", text_of(name))) == {version}, name


def test_labels_say_what_the_project_says() -> None:
    (labels,) = [rest for name, rest in instructions() if name == "LABEL"]
    told = dict(re.findall(r'org\.opencontainers\.image\.(\w+)="([^"]*)"', labels))
    about = project()
    assert (told["title"], told["description"], told["licenses"]) == (
        about["name"],
        about["description"],
        about["license"],
    )


def test_every_file_is_referred_to_by_another() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in files()}
    # Found by its name and place: `docker build -f deploy/Containerfile` reads it.
    by_convention = {DEPLOY / "Containerfile.dockerignore"}

    def is_referred_to(path: Path) -> bool:
        name = re.compile(rf"(?<![\w.-]){re.escape(path.name)}(?![\w-])")
        return any(name.search(text) for other, text in texts.items() if other != path)

    readme = DEPLOY / "README.md"
    assert {path for path in texts if path != readme and not is_referred_to(path)} == by_convention


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    strange = re.compile(
        r"docker\.io|ghcr\.io|quay\.io|gcr\.io|pypi|pythonhosted|(?<![\w.])/(?:work|home|root|opt)/[a-z]"
    )
    assert [path.name for path in files() if strange.search(path.read_text(encoding="utf-8"))] == []


def test_the_scratch_space_holds_a_few_learnt_indexes() -> None:
    """One takes 6 MB, and four are kept."""
    volumes = manifest("Deployment", "datenschutz-bot")["spec"]["template"]["spec"]["volumes"]
    (limit,) = [volume["emptyDir"]["sizeLimit"] for volume in volumes if volume["name"] == "scratch"]
    sizes = re.findall(r"/data:size=(\d+)m", json.dumps(services()))
    assert {int(size) for size in sizes} == {int(limit.removesuffix("Mi"))} == {64}
