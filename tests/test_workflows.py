"""The workflows of GitHub Actions, of every bake and of the template itself."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from .rehearsal import StepFailed
from .template import COMBINATIONS, ROOT, check, label

# Services have tags, as in the compose files: a digest can be neither read nor kept by
# hand. And `uses: ./` is the form that every version of GitHub knows.
ZIZMOR_RULES = """
rules:
  unpinned-images: {disable: true}
  self-repository: {disable: true}
"""
SHELL_HEADER = "#!/bin/bash -e\n"


def workflows(folder: Path) -> list[Path]:
    return sorted((folder / ".github" / "workflows").glob("*.yml"))


def jobs(folder: Path) -> Iterator[tuple[str, dict]]:
    for path in workflows(folder):
        for name, job in yaml.safe_load(path.read_text("utf-8"))["jobs"].items():
            yield f"{path.name}: {name}", job


@pytest.fixture(
    scope="module",
    params=[None, *COMBINATIONS],
    ids=lambda options: label(options) if options else "template",
)
def folder(request, shared) -> Path:
    """The template itself, and each bake."""
    return shared(**request.param) if request.param else ROOT


def test_workflows_obey_their_schema(folder):
    names = [str(path) for path in workflows(folder)]

    schema = ["--builtin-schema", "vendor.github-workflows"]
    check(folder, "check-jsonschema", *schema, *names)


def test_dependabot_obeys_its_schema(folder):
    schema = ["--builtin-schema", "vendor.dependabot"]
    check(folder, "check-jsonschema", *schema, ".github/dependabot.yml")


def test_zizmor_finds_nothing(folder, tmp_path):
    """Actions pinned by commit, least permissions, no template injection, and more."""
    rules = tmp_path / "zizmor.yml"
    rules.write_text(ZIZMOR_RULES)
    options = ["--offline", "--no-progress", "--persona=pedantic", f"--config={rules}"]

    check(folder, "zizmor", *options, ".github")


def test_shell_of_the_steps_is_clean(folder, tmp_path):
    number = 0
    for _, job in jobs(folder):
        for step in job.get("steps", []):
            if "run" in step:
                number += 1
                script = tmp_path / f"step-{number}.sh"
                script.write_text(SHELL_HEADER + step["run"])
    assert number

    check(tmp_path, "shellcheck", *[path.name for path in tmp_path.glob("*.sh")])


def test_no_job_runs_for_hours(folder):
    for name, job in jobs(folder):
        assert "uses" in job or job["timeout-minutes"] <= 60, name


def test_no_expression_reaches_a_shell(folder):
    """What a stranger may write goes through a variable."""
    for name, job in jobs(folder):
        for step in job.get("steps", []):
            assert "${{" not in step.get("run", ""), name


def test_ci_needs_no_secret(project):
    """Strangers' pull requests get none."""
    text = (project / ".github" / "workflows" / "ci.yml").read_text("utf-8")

    assert "secrets." not in text


def test_versions_agree(project):
    """Python and uv of CI are those of the image and the Makefile."""
    ci = (project / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    makefile = (project / "Makefile").read_text("utf-8")
    dockerfile = (project / "Dockerfile").read_text("utf-8")
    [uv] = re.findall(r"^UV_VERSION := (\S+)$", makefile, re.MULTILINE)
    [image] = set(re.findall(r"^FROM python:(\d+\.\d+)", dockerfile, re.MULTILINE))

    assert re.findall(r'^ +version: "(.+)"$', ci, re.MULTILINE) == [uv]
    [pythons] = re.findall(r"^ +python: (\[.+])$", ci, re.MULTILINE)
    assert image in json.loads(pythons)


def test_nothing_is_shipped_that_did_not_pass(project):
    deploy = (project / ".github" / "workflows" / "deploy.yml").read_text("utf-8")
    jobs = yaml.safe_load(deploy)["jobs"]

    assert jobs["check"]["uses"] == "./.github/workflows/ci.yml"
    assert jobs["build"]["needs"] == "check"
    assert jobs["deploy"]["needs"] == "build"
    assert jobs["deploy"]["environment"] == "production"
    assert "secrets." not in re.sub(r"secrets\.(GITHUB_TOKEN|DEPLOY_)", "", deploy)


def test_bakes_and_template_pin_the_same_actions(default_project):
    """Dependabot reads the template's own; the table of the bakes follows it."""
    pins: dict[str, set[str]] = {}
    for root in (default_project, ROOT):
        for path in workflows(root):
            for name, pin in re.findall(
                r"uses: ([\w/-]+)@(.+)", path.read_text("utf-8")
            ):
                pins.setdefault(name, set()).add(pin)

    assert {name: found for name, found in pins.items() if len(found) > 1} == {}


def test_services_are_those_of_the_compose_file(project):
    """The same servers, by the same versions."""
    compose = yaml.safe_load((project / "compose.yaml").read_text("utf-8"))["services"]
    found = {}
    for _, job in jobs(project):
        for name, service in job.get("services", {}).items():
            found[name] = service["image"]

    assert found
    for name, image in found.items():
        assert compose[name]["image"].removesuffix("-management") == image


def test_the_template_bakes_everything_on_three_pythons_and_every_week():
    """Every combination: COMBINATIONS, in every test of `project`."""
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    # `on` is true to YAML.
    triggers = yaml.safe_load(text)[True]
    [(_, job)] = jobs(ROOT)
    pythons = job["strategy"]["matrix"]["python"]
    commands = [step["run"] for step in job["steps"] if "run" in step]

    assert {"pull_request", "push", "schedule"} == triggers.keys()
    assert len(pythons) == 3
    assert commands == [".ci/run"]
    assert "\nmake test\n" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_template_has_the_python_of_a_rehearsal(project):
    """If it were missing, another one would be taken."""
    ci = yaml.safe_load((project / ".github/workflows/ci.yml").read_text("utf-8"))
    [(_, job)] = jobs(ROOT)
    [versions] = [
        step["with"]["python-version"].split()
        for step in job["steps"]
        if "python-version" in step.get("with", {})
    ]

    *_, rehearsed = ci["jobs"]["test"]["strategy"]["matrix"]["python"]
    # The last is the one that `python3` is.
    assert versions == [rehearsed, "${{", "matrix.python", "}}"]


@pytest.mark.parametrize("job", ["lint", "test"])
def test_ci_passes_with_the_variables_it_has(rehearse, job):
    rehearse(job)


def test_every_job_is_rehearsed(rehearse):
    """The image's in test_containers.py."""
    assert set(rehearse.jobs) == {"lint", "test", "image"}


def test_a_rehearsal_misses_a_variable(rehearse):
    with pytest.raises(StepFailed, match="DATABASE_URL"):
        rehearse("test", without="DATABASE_URL")


@pytest.mark.parametrize(
    ("step", "what"),
    [
        ({"uses": "someone/surprise@main"}, "someone/surprise"),
        ({"run": "true", "if": "failure()"}, "if"),
        ({"uses": "actions/checkout@v7", "with": {"ref": "${{ a.b }}"}}, "a.b"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rehearsal_leaves_nothing_out(rehearse, step, what):
    rehearse.jobs["lint"]["steps"].insert(0, step)

    with pytest.raises(KeyError, match=what):
        rehearse("lint")
