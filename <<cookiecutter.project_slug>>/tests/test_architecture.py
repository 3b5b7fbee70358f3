"""Rules about the code that import-linter cannot hold."""

import ast
import re

import pytest

from config.env import BASE_DIR


def folders(path) -> set[str]:
    """Return the folders of the project that a file stands in."""
    return set(path.relative_to(BASE_DIR).parts)


SOURCES = sorted(
    path
    for folder in ("apps", "config")
    for path in (BASE_DIR / folder).rglob("*.py")
    if "tests" not in path.parts
)
DOOR_FOLDERS = {
    "api",
    "templatetags",
    # % if cookiecutter.use_graphql
    "graphql",
    # % endif
}
DOORS = [path for path in SOURCES if DOOR_FOLDERS & folders(path)]
# % if cookiecutter.use_graphql
# What only a selector says to a queryset.
QUERIES = {
    "aggregate",
    "all",
    "annotate",
    "count",
    "exclude",
    "exists",
    "filter",
    "first",
    "last",
    "latest",
    "only",
    "order_by",
    "prefetch_related",
    "select_related",
    "values",
    "values_list",
}
RESOLVERS = [
    path for path in DOORS if "graphql" in folders(path) and "core" not in folders(path)
]
# % endif
READS_THE_ENVIRONMENT = re.compile(r"os\.environ(?!\.setdefault)|os\.getenv|getenv\(")


def attributes(path) -> set[str]:
    return {
        node.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }


def name(path) -> str:
    return path.relative_to(BASE_DIR).as_posix()


@pytest.mark.parametrize("path", DOORS, ids=name)
def test_no_door_asks_the_database_itself(path):
    """Views, resolvers and tags call selectors and services; no manager, no query."""
    assert not attributes(path) & {"objects", "save", "bulk_create"}


# % if cookiecutter.use_graphql
@pytest.mark.parametrize("path", RESOLVERS, ids=name)
def test_no_resolver_speaks_to_a_queryset(path):
    assert not attributes(path) & QUERIES


# % endif


def test_config_env_alone_reads_the_environment():
    readers = {
        name(path)
        for path in SOURCES
        if READS_THE_ENVIRONMENT.search(path.read_text("utf-8"))
    }

    assert readers == {"config/env.py"}


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if "services" in str(path)], ids=name
)
def test_services_take_keywords_alone_and_say_what(path):
    """`<entity>_<action>(*, ...) -> ...`, annotated."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert not node.args.args, f"{node.name} takes positional arguments"
            assert node.returns is not None, f"{node.name} does not say what it returns"
            assert all(argument.annotation for argument in node.args.kwonlyargs)


def test_nothing_prints():
    """Commands write to their stdout, everything else logs."""
    printing = {
        name(path)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    }

    assert not printing
