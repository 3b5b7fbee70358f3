"""Kubernetes: what kustomize makes of the files, and the order of a release.

Rendered by `kubectl kustomize`; there is no cluster behind it.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from .brokers import need
from .template import run, variables_known, variables_required

OVERLAYS = ("staging", "production")
# Of KEDA, whose definitions no offline schema has.
CUSTOM = {"ScaledObject", "TriggerAuthentication"}
COMPONENT = re.compile(r"^# (components:)\n# (  - .+)$", re.MULTILINE)
# By kind and name.
Resources = dict[tuple[str, str], dict]


def rendered(folder: Path, overlay: str) -> Resources:
    need("kubectl")
    path = folder / "deploy" / "kubernetes" / "overlays" / overlay
    result = run("kubectl", "kustomize", str(path), cwd=folder)
    # A warning is about something that will stop to work.
    assert (result.returncode, result.stderr) == (0, "")
    documents = yaml.safe_load_all(result.stdout)
    return {(entry["kind"], entry["metadata"]["name"]): entry for entry in documents}


@pytest.fixture(scope="session", params=[*OVERLAYS, "with KEDA"])
def resources(request, project, combination, tmp_path_factory) -> Resources:
    if request.param in OVERLAYS:
        return rendered(project, request.param)
    copy = shutil.copytree(project, tmp_path_factory.mktemp("keda") / "project")
    file = copy / "deploy/kubernetes/overlays/production/kustomization.yaml"
    text, count = COMPONENT.subn(r"\1\n\2", file.read_text("utf-8"))
    assert count == combination["use_celery"]
    file.write_text(text, "utf-8")
    return rendered(copy, "production")


def of_kind(resources: Resources, *kinds: str) -> Iterator[dict]:
    return (entry for (kind, _), entry in resources.items() if kind in kinds)


def pods(resources: Resources) -> dict[str, dict]:
    """The templates of pods, by their role."""
    found = of_kind(resources, "Deployment", "Job")
    templates = [entry["spec"]["template"] for entry in found]
    return {entry["metadata"]["labels"]["role"]: entry for entry in templates}


def chosen(resources: Resources, selector: dict) -> set[str]:
    """The roles of the pods that a selector means."""
    roles = set(pods(resources))
    for expression in selector.get("matchExpressions", []):
        assert (expression["key"], expression["operator"]) == ("role", "In")
        assert set(expression["values"]) <= roles
        roles &= set(expression["values"])
    labels = selector.get("matchLabels", {})
    assert labels.keys() <= {"role"}
    return roles & {labels["role"]} if labels else roles


def test_they_are_what_kubernetes_knows(resources):
    for entry in resources.values():
        if entry["kind"] not in CUSTOM:
            kubernetes_validate.validate(entry, "1.37", strict=True)


def test_roles_are_those_that_were_asked_for(resources, combination):
    background = {"worker", "beat"} if combination["use_celery"] else set()

    assert set(pods(resources)) == {"web", "migrate", *background}


def test_every_selector_finds_its_pods(resources):
    for entry in of_kind(resources, "Deployment"):
        role = entry["metadata"]["name"]
        assert chosen(resources, entry["spec"]["selector"]) == {role}
        spread = entry["spec"]["template"]["spec"].get("topologySpreadConstraints", [])
        for constraint in spread:
            assert chosen(resources, constraint["labelSelector"]) == {role}
    for entry in of_kind(resources, "PodDisruptionBudget"):
        name = entry["metadata"]["name"]
        assert chosen(resources, entry["spec"]["selector"]) == {name}
    for entry in of_kind(resources, "HorizontalPodAutoscaler", "ScaledObject"):
        target = ("Deployment", entry["spec"]["scaleTargetRef"]["name"])
        # Or every release would set the number back.
        assert "replicas" not in resources[target]["spec"]


def test_requests_reach_the_web(resources):
    service = resources["Service", "web"]["spec"]
    [container] = pods(resources)["web"]["spec"]["containers"]
    [port] = container["ports"]
    [ingress] = of_kind(resources, "Ingress")

    assert chosen(resources, {"matchLabels": service["selector"]}) == {"web"}
    assert service["ports"][0]["targetPort"] == port["name"]
    [rule], [tls] = ingress["spec"]["rules"], ingress["spec"]["tls"]
    backend = rule["http"]["paths"][0]["backend"]["service"]
    assert backend == {"name": "web", "port": {"name": service["ports"][0]["name"]}}
    assert tls["hosts"] == [rule["host"]]
    assert settings(resources)["ALLOWED_HOSTS"] == rule["host"]


def test_pods_may_do_nothing_that_they_need_not(resources):
    for role, template in pods(resources).items():
        spec = template["spec"]
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"] == {
            "runAsNonRoot": True,
            "runAsUser": 10001,
            "runAsGroup": 10001,
            "seccompProfile": {"type": "RuntimeDefault"},
        }
        [container] = spec["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["args"] == [role]
        assert container["resources"]["limits"].keys() == {"memory"}
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
        # Where the read-only root has nothing to write to.
        assert {mount["mountPath"] for mount in container["volumeMounts"]} == {"/tmp"}
    [namespace] = of_kind(resources, "Namespace")
    labels = namespace["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_a_release_takes_nothing_away_before_the_new_is_ready(resources):
    for entry in of_kind(resources, "Deployment"):
        assert entry["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
        [container] = entry["spec"]["template"]["spec"]["containers"]
        assert {"startupProbe", "livenessProbe"} <= container.keys()
    [web] = pods(resources)["web"]["spec"]["containers"]
    assert web["readinessProbe"]["exec"]["command"][-1] == "ready"
    assert web["lifecycle"]["preStop"]["exec"]["command"] == ["sleep", "5"]


def test_the_network_is_closed_but_for_what_is_needed(resources, combination):
    policies = {
        entry["metadata"]["name"]: entry["spec"]
        for entry in of_kind(resources, "NetworkPolicy")
    }
    everybody = set(pods(resources))

    assert policies["nothing"] == {
        "podSelector": {},
        "policyTypes": ["Ingress", "Egress"],
    }
    assert chosen(resources, policies["requests"]["podSelector"]) == {"web"}
    assert chosen(resources, policies["services"]["podSelector"]) == everybody
    data = policies["services"]["egress"][1]
    ports = {port["port"] for port in data["ports"]}
    rabbitmq = {5671, 5672} if combination["use_celery"] else set()
    assert ports == {5432, 6432, 6379, *rabbitmq}
    assert {"to", "ports"} == data.keys()


def settings(resources: Resources) -> dict[str, str]:
    [settings] = of_kind(resources, "ConfigMap")
    return settings["data"]


def secret_names(project: Path) -> set[str]:
    file = project / "deploy" / "kubernetes" / "secrets.example.env"
    return set(re.findall(r"^(\w+)=", file.read_text("utf-8"), re.MULTILINE))


def test_variables_are_known_and_none_is_missing(resources, project):
    entrypoint = (project / "docker" / "entrypoint.sh").read_text("utf-8")
    known = variables_known(project) | set(re.findall(r"\$\{(\w+):-", entrypoint))
    public, secret = set(settings(resources)), secret_names(project)

    assert variables_required(project) <= public | secret <= known
    assert not public & secret
    telling = {name for name in public if re.search(r"KEY|PASSWORD|_URL$", name)}
    assert telling == {"FRONTEND_URL"}


def test_every_pod_gets_them_and_no_secret_is_applied(resources):
    assert not list(of_kind(resources, "Secret"))
    [settings] = of_kind(resources, "ConfigMap")
    for template in pods(resources).values():
        [container] = template["spec"]["containers"]
        assert container["envFrom"] == [
            {"configMapRef": {"name": settings["metadata"]["name"]}},
            {"secretRef": {"name": "secrets"}},
        ]


def test_production_refuses_the_example_of_secrets(project):
    file = project / "deploy" / "kubernetes" / "secrets.example.env"
    pairs = dict(re.findall(r"^(\w+)=(.*)$", file.read_text("utf-8"), re.MULTILINE))
    variables = {"DJANGO_SETTINGS_MODULE": "config.settings.production", **pairs}

    refused = run(sys.executable, "manage.py", "check", cwd=project, **variables)

    assert refused.returncode != 0
    last_line = refused.stderr.strip().splitlines()[-1]
    assert "SECRET_KEY" in last_line
    assert "DATABASE_URL" in last_line


def test_workers_are_scaled_by_the_queues_that_there_are(default_project):
    file = default_project / "deploy/kubernetes/components/queue-scaling/scaling.yaml"
    _, scaling = yaml.safe_load_all(file.read_text("utf-8"))
    topology = (default_project / "apps/background/topology.py").read_text("utf-8")
    names = re.search(r"^DEFAULT, MAIL, LONG, DEAD = (.+)$", topology, re.MULTILINE)[1]

    triggers = scaling["spec"]["triggers"]
    scaled = [trigger["metadata"]["queueName"] for trigger in triggers]
    # Dead letters are nobody's work.
    assert [*scaled, "dead"] == names.replace('"', "").split(", ")


# Does nothing but keep what it was told, and with which images.
RECORDER = """#!/bin/sh
case $1 in kustomize) exec {kubectl} "$@" ;; esac
echo "$*" >>"$CALLS"
for word in "$@"; do
    case $word in /*) grep '^ *image: ' "$word" >>"$CALLS.images" ;; esac
done
case "$*" in
*" wait "*) exit "$MIGRATED" ;;
*"get deployments"*) echo deployment/web ;;
esac
"""


@pytest.mark.parametrize("migrated", ["0", "1"])
def test_new_code_waits_for_migrations(default_project, tmp_path, migrated):
    need("kubectl")
    recorder = tmp_path / "bin" / "kubectl"
    recorder.parent.mkdir()
    recorder.write_text(RECORDER.format(kubectl=shutil.which("kubectl")))
    recorder.chmod(0o755)
    calls = tmp_path / "calls"

    released = run(
        *("sh", "deploy/kubernetes/release.sh", "production", "1.2.3"),
        cwd=default_project,
        PATH=f"{recorder.parent}:{os.environ['PATH']}",
        CALLS=str(calls),
        MIGRATED=migrated,
    )

    assert (released.returncode == 0) == (migrated == "0"), released.stderr
    lines = calls.read_text("utf-8").splitlines()
    assert all(line.startswith("--namespace project-nexus ") for line in lines)
    done = [re.sub(r"--namespace \S+ | --filename \S+", "", line) for line in lines]
    before = [
        "apply --selector role in (settings, network)",
        "delete job migrate --ignore-not-found",
        "apply --selector role=migrate",
        "logs job/migrate --follow --pod-running-timeout=5m",
        "wait job/migrate --for=condition=complete --timeout=60s",
    ]
    after = [
        "apply --selector role notin (settings, network, migrate)",
        "get deployments --output name",
        "rollout status deployment/web --timeout=10m",
    ]
    assert done == (before if migrated == "1" else before + after)
    images = set(Path(f"{calls}.images").read_text("utf-8").split())
    assert {image for image in images if ":" in image[:-1]} == {
        "ghcr.io/your-name/project-nexus:1.2.3"
    }
