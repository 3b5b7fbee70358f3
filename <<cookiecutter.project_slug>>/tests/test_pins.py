"""One version of each tool, wherever it is named."""

import re
import tomllib

import pytest

from config.env import BASE_DIR

PYPROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))
HOOKS = (BASE_DIR / ".pre-commit-config.yaml").read_text("utf-8")
EXTRAS = re.compile(r"\[.*]")
GROUPS = PYPROJECT["dependency-groups"]


def locked(name: str) -> str:
    return (BASE_DIR / "requirements" / f"{name}.txt").read_text("utf-8")


def test_hooks_use_the_versions_of_the_development_requirements():
    pinned = {
        pin.strip()
        for pins in re.findall(r"additional_dependencies: \[(.*)]", HOOKS)
        for pin in pins.split(",")
    }

    assert pinned
    assert pinned <= set(GROUPS["dev"])


@pytest.mark.parametrize(
    ("name", "pins"),
    [("base", PYPROJECT["project"]["dependencies"]), *GROUPS.items()],
)
def test_locks_hold_what_the_project_asks_for(name, pins):
    """`make lock` was run after the last change; base holds what others repeat."""
    lines = EXTRAS.sub("", locked(name) + locked("base"))

    wanted = {EXTRAS.sub("", pin) for pin in pins}
    assert wanted <= {line.split()[0] for line in lines.splitlines() if line}


def test_locks_are_hashed_and_name_no_server():
    for path in (BASE_DIR / "requirements").glob("*.txt"):
        text = path.read_text("utf-8")
        packages = re.findall(r"^[A-Za-z0-9].*$", text, re.M)
        assert packages
        assert all(line.endswith("\\") for line in packages), path.name
        assert "://" not in text


def test_the_image_is_installed_by_the_uv_of_the_makefile():
    makefile = (BASE_DIR / "Makefile").read_text("utf-8")
    dockerfile = (BASE_DIR / "Dockerfile").read_text("utf-8")

    version = re.search(r"^UV_VERSION := (\S+)$", makefile, re.MULTILINE)[1]
    assert f"/uv:{version} AS uv\n" in dockerfile
