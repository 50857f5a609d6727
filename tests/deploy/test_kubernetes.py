"""The manifests: valid by Kubernetes' own schemas, within the restricted profile, and fitting together."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.deploy.shipped import (
    KUBERNETES,
    Document,
    container,
    manifest,
    manifests,
    one,
    parsed,
    resources,
    settings_in,
    text_of,
)

#: The oldest that deploy/README.md promises, and the newest of the schemas.
VERSIONS = ["1.30.0", "1.37.0"]
NAMESPACE = "datenschutz-bot"
WORKLOADS = [("Deployment", "datenschutz-bot"), ("StatefulSet", "redis")]


@cache
def schema(version: str, name: str) -> Any:
    folder = files("kubernetes_validate") / f"kubernetes-json-schema/v{version}-local-strict"
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def broken_rules(document: Document, version: str) -> list[str]:
    group, _, api = document["apiVersion"].rpartition("/")
    name = "-".join(part for part in (document["kind"].lower(), group.split(".")[0], api) if part)
    registry: Registry[Any] = Resource.from_contents(schema(version, "_definitions")) @ Registry()
    validator = Draft202012Validator(schema(version, name), registry=registry)
    return [f"{name} {error.json_path}: {error.message}" for error in validator.iter_errors(document)]


@pytest.mark.parametrize("version", VERSIONS)
def test_they_follow_the_schemas_of_kubernetes(version: str) -> None:
    assert [problem for document in manifests() for problem in broken_rules(document, version)] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_schemas_see_what_is_wrong(version: str) -> None:
    document = manifest("Deployment", "datenschutz-bot")
    document["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    document["spec"]["strategy"]["rollingUpdate"]["maxSurge"] = [1]
    found = " ".join(broken_rules(document, version))
    assert "readynessProbe" in found
    assert "maxSurge" in found


def test_kustomize_makes_the_same_of_them() -> None:
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is not installed: an additional check")
    built = subprocess.run([kubectl, "kustomize", str(KUBERNETES)], capture_output=True, text=True, check=True).stdout
    documents = parsed(built)
    assert len(documents) == len(manifests()) + 1
    assert [problem for document in documents for problem in broken_rules(document, VERSIONS[0])] == []
    (settings,) = [document["metadata"]["name"] for document in documents if document["kind"] == "ConfigMap"]
    assert built.count(settings) == 2, "the Deployment does not use the generated settings"


def test_kustomize_is_told_of_every_file() -> None:
    (generator,) = one("kubernetes/kustomization.yaml")["configMapGenerator"]
    told = {*resources(), *generator["envs"], "kustomization.yaml"}
    assert told == {path.name for path in KUBERNETES.iterdir()}


def test_everything_lives_in_one_namespace_and_says_what_it_belongs_to() -> None:
    for document in manifests():
        metadata = document["metadata"]
        assert metadata.get("namespace") == (None if document["kind"] == "Namespace" else NAMESPACE)
        assert metadata["labels"]["app.kubernetes.io/part-of"] == "datenschutz-bot"
    assert one("kubernetes/kustomization.yaml")["namespace"] == NAMESPACE
    assert manifest("Namespace", NAMESPACE)["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_no_secret_is_in_a_file() -> None:
    kinds = {document["kind"] for document in manifests()}
    assert not kinds & {"Secret", "ConfigMap"}
    assert "secretGenerator" not in one("kubernetes/kustomization.yaml")


@pytest.mark.parametrize(("kind", "name"), WORKLOADS)
def test_pods_keep_to_the_restricted_profile(kind: str, name: str) -> None:
    pod = manifest(kind, name)["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod)
    assert container(kind, name)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container(kind, name)["resources"]["limits"]["memory"]
    assert set(container(kind, name)["resources"]["requests"]) == {"cpu", "memory"}
    assert {kind for volume in pod.get("volumes", []) for kind in volume if kind != "name"} <= {"emptyDir", "secret"}


@pytest.mark.parametrize(("kind", "name"), WORKLOADS)
def test_what_is_mounted_exists_and_what_exists_is_mounted(kind: str, name: str) -> None:
    spec = manifest(kind, name)["spec"]
    claims = [claim["metadata"]["name"] for claim in spec.get("volumeClaimTemplates", [])]
    volumes = [volume["name"] for volume in spec["template"]["spec"].get("volumes", [])]
    assert {mount["name"] for mount in container(kind, name)["volumeMounts"]} == {*claims, *volumes}


def labels_of_pods() -> list[dict[str, str]]:
    return [manifest(kind, name)["spec"]["template"]["metadata"]["labels"] for kind, name in WORKLOADS]


def selectors(value: Any) -> Iterator[dict[str, str]]:
    """Every selector of pods of this namespace, wherever it is."""
    if isinstance(value, list):
        for each in value:
            yield from selectors(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in ("podSelector", "labelSelector") or (key == "selector" and "matchLabels" in inner):
                if "namespaceSelector" not in value:
                    yield inner.get("matchLabels", {})
            elif key == "selector":
                yield inner
            else:
                yield from selectors(inner)


def test_every_selector_finds_pods_of_one_kind() -> None:
    found = [(document, selector) for document in manifests() for selector in selectors(document)]
    assert len(found) >= 10
    for document, selector in found:
        chosen = [labels for labels in labels_of_pods() if selector.items() <= labels.items()]
        is_for_all = document["kind"] == "NetworkPolicy" and document["metadata"]["name"] == "nothing"
        assert len(chosen) == (2 if is_for_all else 1), (document["kind"], selector)


def ports_of(kind: str, name: str) -> dict[str, int]:
    return {port["name"]: port["containerPort"] for port in container(kind, name)["ports"]}


@pytest.mark.parametrize(("kind", "name"), WORKLOADS)
def test_a_service_leads_to_a_port_that_its_pods_have(kind: str, name: str) -> None:
    (port,) = manifest("Service", name)["spec"]["ports"]
    assert ports_of(kind, name)[port["targetPort"]] == port["port"]
    assert manifest("Service", name)["spec"]["selector"] == manifest(kind, name)["spec"]["selector"]["matchLabels"]


def test_the_ingress_lets_in_one_path_and_leads_to_the_service() -> None:
    spec = manifest("Ingress", "datenschutz-bot")["spec"]
    (rule,) = spec["rules"]
    (path,) = rule["http"]["paths"]
    assert (path["path"], path["pathType"]) == ("/telegram", "Exact")
    service = manifest("Service", path["backend"]["service"]["name"])
    assert path["backend"]["service"]["port"]["name"] in {port["name"] for port in service["spec"]["ports"]}
    assert "defaultBackend" not in spec
    assert spec["tls"][0]["hosts"] == [rule["host"]]


def test_probes_ask_for_life_and_readiness() -> None:
    bot = container("Deployment", "datenschutz-bot")
    asked = {probe: bot[f"{probe}Probe"]["httpGet"]["path"] for probe in ("startup", "liveness", "readiness")}
    assert asked == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}
    names = ports_of("Deployment", "datenschutz-bot")
    assert all(bot[f"{probe}Probe"]["httpGet"]["port"] in names for probe in asked)
    # Learning the knowledge takes up to 10 s; a slow node three times as long.
    assert bot["startupProbe"]["periodSeconds"] * bot["startupProbe"]["failureThreshold"] >= 30


def test_a_stop_has_the_time_it_takes() -> None:
    pod = manifest("Deployment", "datenschutz-bot")["spec"]["template"]["spec"]
    before = container("Deployment", "datenschutz-bot")["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pod["terminationGracePeriodSeconds"] == 20
    assert before + 10 < 20


def test_three_replicas_stay_through_upgrades_drains_and_idle_times() -> None:
    deployment = manifest("Deployment", "datenschutz-bot")
    scaler = manifest("HorizontalPodAutoscaler", "datenschutz-bot")["spec"]
    assert deployment["spec"]["replicas"] == scaler["minReplicas"] == 3
    assert scaler["maxReplicas"] > 3
    assert scaler["scaleTargetRef"] == {
        "apiVersion": deployment["apiVersion"],
        "kind": deployment["kind"],
        "name": deployment["metadata"]["name"],
    }
    assert deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert manifest("PodDisruptionBudget", "datenschutz-bot")["spec"]["maxUnavailable"] == 1


def test_the_bot_has_the_account_that_may_nothing() -> None:
    pod = manifest("Deployment", "datenschutz-bot")["spec"]["template"]["spec"]
    assert manifest("ServiceAccount", pod["serviceAccountName"])["automountServiceAccountToken"] is False


def test_nothing_may_talk_but_what_is_named() -> None:
    everything = manifest("NetworkPolicy", "nothing")["spec"]
    assert everything == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    bot = manifest("NetworkPolicy", "datenschutz-bot")["spec"]
    outward = [port["port"] for rule in bot["egress"] for port in rule["ports"]]
    assert outward == [53, 53, ports_of("StatefulSet", "redis")["redis"], 443]
    assert [port["port"] for rule in bot["ingress"] for port in rule["ports"]] == ["http"]
    redis = manifest("NetworkPolicy", "redis")["spec"]
    assert redis["egress"] == []
    (rule,) = redis["ingress"]
    assert rule["from"] == [{"podSelector": bot["podSelector"]}]


def test_the_settings_are_the_ones_that_are_generated() -> None:
    (generator,) = one("kubernetes/kustomization.yaml")["configMapGenerator"]
    (source,) = container("Deployment", "datenschutz-bot")["envFrom"]
    assert source["configMapRef"]["name"] == generator["name"]
    settings = settings_in(text_of("kubernetes/settings.env"))
    port = manifest("Service", "redis")["spec"]["ports"][0]["port"]
    assert settings["BOT_STORE"] == f"redis://redis:{port}/0"
    host = manifest("Ingress", "datenschutz-bot")["spec"]["rules"][0]["host"]
    assert settings["BOT_WEBHOOK_URL"] == f"https://{host}/telegram"
