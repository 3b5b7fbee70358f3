"""A Docker engine for tests, and the images that their stacks are made of."""

import re
import shutil
from pathlib import Path

import pytest

from .template import ROOT, run

LAB = ROOT / "tests" / "lab"


def engine() -> str:
    """Return the docker command, where an engine answers and its plug-ins are there."""
    found = shutil.which("docker")
    needed = {
        "engine": ("info",),
        "Buildx": ("buildx", "version"),
        "Compose": ("compose", "version"),
    }
    for name, command in needed.items():
        if not found or run(found, *command, cwd=ROOT).returncode:
            pytest.skip(f"no Docker {name} answers: no image built, no stack started")
    return found


def provide_images(docker: str, project: Path) -> None:
    """Have every image that a project names on this machine, or skip."""
    for name in named_images(project):
        if not provided(docker, name):
            pytest.skip(f"{name} is neither here nor in reach: no stack is started")


def named_images(project: Path) -> set[str]:
    compose = "".join(path.read_text("utf-8") for path in project.glob("compose*.yaml"))
    named = re.findall(r"^ +image: ([a-z/]+:[\w.-]+)$", compose, re.MULTILINE)
    dockerfile = (project / "Dockerfile").read_text("utf-8")
    named += re.findall(r"^FROM (\S+:\S+)", dockerfile, re.MULTILINE)
    # Flower is started by whoever asks for it.
    return {name for name in named if not name.startswith("mher/flower")}


def provided(docker: str, name: str) -> bool:
    """Is it here, or can it be had from a registry, or made of tests/lab?"""
    folder = LAB / name.rpartition("/")[2].partition(":")[0]
    return any(
        run(docker, *command, cwd=ROOT).returncode == 0
        for command in (
            ("image", "inspect", name),
            ("pull", "--quiet", name),
            ("build", "--quiet", "--tag", name, str(folder)),
        )
    )
