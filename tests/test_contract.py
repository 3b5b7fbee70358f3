"""The OpenAPI schema is kept: schemathesis looks for an answer that breaks it.

Every check is on, for every operation; `contract.toml` says what else than success a
well-formed request may get. Operations that log out end the session of their token:
the answer to the next request is a 401, and schemathesis logs in again.
"""

import os
import sys
from pathlib import Path
from secrets import token_urlsafe
from uuid import uuid4

import psycopg
import pytest

from .template import bake, run
from .test_live import GUNICORN, serving
from .test_suites import SERVERS, missing_servers

BIN = Path(sys.executable).parent
CONFIG = Path(__file__).with_name("contract.toml")
PASSWORD = "correct-horse-battery"
SETTINGS = """
from config.settings.local import *
from config.settings.local import REST_FRAMEWORK

# The limits are tested elsewhere; here they would hide the answers behind them.
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(
    REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000/min"
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""
PEOPLE = f"""
from django.utils import timezone
from apps.accounts.models import User
from apps.accounts.services import user_role_set

for role in ("member", "manager", "admin"):
    user = User.objects.create_user(
        f"{{role}}@example.com", "{PASSWORD}", email_verified_at=timezone.now()
    )
    user_role_set(user=user, role=role)
"""
AUTH = """
[auth.dynamic.openapi.bearerAuth]
path = "/api/v1/auth/login/"
extract_selector = "/access"
payload = {{ email = "{role}@example.com", password = "{password}" }}
"""


@pytest.fixture(scope="module")
def database():
    """Yield the environment of real servers where there are some, else an empty one."""
    if missing_servers():
        assert not os.environ.get("CI"), missing_servers()
        yield {}
        return
    user = os.environ.get("POSTGRES_USER", "postgres")
    server = f"postgres://{user}@127.0.0.1:{SERVERS['PostgreSQL']}"
    name = f"contract_{uuid4().hex[:8]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield {
            "DATABASE_URL": f"{server}/{name}",
            "CACHE_URL": f"redis://127.0.0.1:{SERVERS['Redis']}/9",
        }
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def shop(template, database, tmp_path_factory):
    """The address of a running project with a few rows and a user of each role."""
    folder = tmp_path_factory.mktemp("contract")
    project = bake(template, folder)
    (project / "contract.py").write_text(SETTINGS, "utf-8")
    environment = {
        **database,
        "DJANGO_SETTINGS_MODULE": "contract",
        "SECRET_KEY": token_urlsafe(48),
        "JWT_SIGNING_KEY": token_urlsafe(48),
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "ERROR",
    }
    # The development server takes 40 ms longer for each of thousands of answers.
    with serving(project, folder / "log", GUNICORN, **environment) as url:
        for command in (
            ("seed", "--products=30", "--orders=10"),
            ("shell", "--verbosity=0", f"--command={PEOPLE}"),
        ):
            result = run(
                sys.executable, "manage.py", *command, cwd=project, **environment
            )
            assert result.returncode == 0, result.stderr
        yield url


# Coverage, which tries every boundary of every parameter, takes longest: once, as the
# role that gets furthest. The others differ in who may do what.
EVERY = "examples,coverage,fuzzing,stateful"
QUICK = "examples,fuzzing,stateful"


@pytest.mark.parametrize(
    ("role", "version", "phases"),
    [
        ("anonymous", "v1", QUICK),
        ("member", "v1", QUICK),
        ("manager", "v1", QUICK),
        ("admin", "v1", EVERY),
        ("admin", "v2", QUICK),
    ],
)
def test_no_answer_breaks_the_schema(shop, tmp_path, role, version, phases):
    login = AUTH.format(role=role, password=PASSWORD) if role != "anonymous" else ""
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG.read_text("utf-8") + login, "utf-8")
    options = ["--checks=all", f"--phases={phases}", "--no-color"]
    command = [str(BIN / "st"), "--config-file", str(config), "run", *options]

    result = run(*command, f"{shop}/api/{version}/schema/", cwd=tmp_path)

    assert result.returncode == 0, result.stdout[-20_000:] + result.stderr
    assert "No test cases were generated" not in result.stdout
