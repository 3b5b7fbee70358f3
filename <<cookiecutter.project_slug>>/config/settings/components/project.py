"""What the project is called: read from pyproject.toml, the one place that says it."""

import tomllib

from config.env import BASE_DIR

_pyproject = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))

PROJECT_NAME = _pyproject["tool"]["project"]["title"]
PROJECT_DESCRIPTION = _pyproject["project"]["description"]
PROJECT_VERSION = _pyproject["project"]["version"]
