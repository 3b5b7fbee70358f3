"""YAML, shell and container files, by the checkers that there are for them.

The rest stands beside what it is about: test_workflows.py, test_kubernetes.py,
test_hosting.py.
"""

import json

import pytest

from .template import ROOT, check, tracked_files

YAML_RULES = json.dumps(
    {
        "extends": "default",
        # Made from the code.
        "ignore": ["docs/api/"],
        "rules": {
            "comments": {"min-spaces-from-content": 1},
            "document-start": "disable",
            "line-length": {"max": 88},
            # `on` is a key.
            "truthy": {"check-keys": False},
        },
    }
)
YAMLLINT = ("yamllint", "--strict", "--config-data", YAML_RULES)
COMPOSE = ("compose.yaml", "compose.production.yaml", "deploy/service.yaml")


def test_compose_files_obey_their_schema(project):
    schema = ["--builtin-schema", "vendor.compose-spec"]
    check(project, "check-jsonschema", *schema, *COMPOSE)


def test_the_dockerfile_is_clean(project):
    check(project, "hadolint", "Dockerfile")


def test_yaml_is_clean(project):
    check(project, *YAMLLINT, ".")


def test_scripts_are_clean(project):
    check(project, "shellcheck", *map(str, project.rglob("*.sh")))


@pytest.mark.parametrize(
    ("tool", "suffixes"),
    [(YAMLLINT, (".yml", ".yaml")), (("shellcheck",), (".sh", ".ci/run"))],
    ids=["yamllint", "shellcheck"],
)
def test_the_templates_own_are_clean(tool, suffixes):
    names = [name for name in tracked_files() if name.endswith(suffixes)]
    # Those of the project are shell and YAML in a bake alone.
    ours = [name for name in names if not name.startswith("<<")]
    assert ours

    check(ROOT, *tool, *ours)
