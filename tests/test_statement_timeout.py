"""A query that waits for ever is cut off, on a real server: PostgreSQL's own limits."""

import sys
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
import requests

from .stacks import USER, database_create, database_drop
from .template import run
from .test_live import GUNICORN, serving
from .test_suites import need_servers

SHOW = """
from django.db import connection

with connection.cursor() as cursor:
    for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute(f"SHOW {name}")
        print(cursor.fetchone()[0])
"""


@pytest.fixture
def database() -> Iterator[str]:
    need_servers()
    url = f"postgres://{USER}@127.0.0.1:5432/limits_{uuid4().hex[:8]}"
    database_create(url)
    yield url
    database_drop(url)


def shown(project, code: str, **environment: str) -> list[str]:
    """What a process of the project is told about its limits."""
    command = ("manage.py", "shell", "--verbosity", "0", "--command", code)
    result = run(sys.executable, *command, cwd=project, **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


def test_who_waits_for_a_lock_gets_an_answer(default_project, database, tmp_path):
    log = tmp_path / "log"
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": database,
        "DATABASE_STATEMENT_TIMEOUT": "1",
    }

    with serving(default_project, log, GUNICORN, **environment) as url:

        def rest() -> requests.Response:
            return requests.get(f"{url}/api/v1/products/", timeout=60)

        with psycopg.connect(database) as other:
            other.execute("LOCK TABLE catalog_product IN ACCESS EXCLUSIVE MODE")
            refused = rest()
            query = {"query": "{ products { edges { node { id } } } }"}
            graphql = requests.post(f"{url}/graphql", json=query, timeout=60)
        answered = rest()

    assert refused.status_code == 503
    assert refused.json()["errors"][0]["code"] == "timeout"
    [error] = graphql.json()["errors"]
    assert error["extensions"]["code"] == "timeout"
    written = log.read_text("utf-8")
    assert "canceling statement due to statement timeout" in written
    for response in (refused, graphql):
        assert response.headers["X-Request-ID"] in written
    assert answered.status_code == 200


@pytest.mark.parametrize("server", ["config.wsgi", "config.asgi"])
def test_what_serves_is_limited_and_nothing_else(default_project, database, server):
    environment = {"DATABASE_URL": database}
    serves = f"import {server}\n{SHOW}"

    assert shown(default_project, serves, **environment) == ["30s", "30s"]
    assert shown(default_project, SHOW, **environment) == ["0", "0"]
    without = {"DATABASE_STATEMENT_TIMEOUT": "0"}
    assert shown(default_project, serves, **environment, **without) == ["0", "0"]
