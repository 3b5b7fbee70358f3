"""The settings modules, each started in a process of its own, as a server does."""

import os
import re
import subprocess
import sys
from secrets import token_urlsafe

import pytest

from config.env import BASE_DIR

PRODUCTION = {
    "SECRET_KEY": token_urlsafe(48),
    "JWT_SIGNING_KEY": token_urlsafe(48),
    "ALLOWED_HOSTS": "api.example.com",
    "DATABASE_URL": "postgres://app:pw@localhost:5432/app",
    "CACHE_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp+tls://user:pw@localhost:587",
    "FRONTEND_URL": "https://app.example.com",
    # % if cookiecutter.use_celery
    "CELERY_BROKER_URL": "amqp://guest:guest@localhost:5672//",
    # % endif
}


def manage(*arguments, **environment):
    """Run manage.py in this environment alone; empty values beat a local .env."""
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "TIME_ZONE": "UTC",
            **dict.fromkeys([*PRODUCTION, "STORAGE_URL"], ""),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def shell(*lines: str, **environment: str) -> list[str]:
    """Return the lines that these ones print under the local settings."""
    result = manage(
        *("shell", "--verbosity", "0", "--command", "\n".join(lines)),
        DJANGO_SETTINGS_MODULE="config.settings.local",
        **environment,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def test_production_passes_the_deployment_checks():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert result.returncode == 0, result.stderr


def test_production_names_every_missing_variable_at_once():
    result = manage("check")

    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert all(name in last_line for name in PRODUCTION)


@pytest.mark.parametrize("name", ["SECRET_KEY", "JWT_SIGNING_KEY", "METRICS_TOKEN"])
def test_production_refuses_a_placeholder(name):
    result = manage("check", **{**PRODUCTION, name: "change-me-" * 5})

    last_line = result.stderr.strip().splitlines()[-1]
    assert result.returncode != 0
    assert name in last_line
    assert "DATABASE_URL" not in last_line


def test_production_takes_nothing_from_the_example_but_the_host():
    example = (BASE_DIR / ".env.example").read_text("utf-8")
    pairs = re.findall(r"^([A-Z_]+)=(.+)$", example, re.MULTILINE)

    last_line = manage("check", **dict(pairs)).stderr.strip().splitlines()[-1]

    assert {name for name in PRODUCTION if name not in last_line} == {"ALLOWED_HOSTS"}


def test_production_opens_nothing_by_itself():
    """No key from the code, no debugging, no origin but those that are named."""
    result = manage("diffsettings", "--all", **PRODUCTION)

    lines = (line.strip("# ") for line in result.stdout.splitlines())
    shown = dict(line.split(" = ", 1) for line in lines)
    assert shown["SECRET_KEY"] == repr(PRODUCTION["SECRET_KEY"])
    assert repr(PRODUCTION["JWT_SIGNING_KEY"]) in shown["SIMPLE_JWT"]
    assert shown["DEBUG"] == "False"
    assert shown["CORS_ALLOWED_ORIGINS"] == "[]"
    assert shown.get("CORS_ALLOW_ALL_ORIGINS", "False") == "False"
    # % if cookiecutter.use_graphql
    assert shown["GRAPHQL_PLAYGROUND"] == "False"
    assert shown["GRAPHQL_INTROSPECTION"] == "False"
    # % endif
    assert shown["ALLOWED_HOSTS"] == repr([PRODUCTION["ALLOWED_HOSTS"]])


def test_collectstatic_needs_no_secret_and_no_server():
    result = manage("collectstatic", "--noinput", "--dry-run")

    assert result.returncode == 0, result.stderr


def test_local_settings_need_no_environment():
    result = manage("check", DJANGO_SETTINGS_MODULE="config.settings.local")

    assert result.returncode == 0, result.stderr


def test_what_caches_need_is_there_before_threads_are():
    """Two threads that import it at the same time can meet it half done."""
    loaded = shell(
        "import sys; print('redis.connection' in sys.modules)",
        CACHE_URL="redis://127.0.0.1:1/0",
    )

    assert loaded == ["True"]


def test_what_speaks_s3_is_loaded_when_a_file_is_looked_at():
    """It takes 20 MB, and beat looks at none."""
    loaded = shell(
        "import sys; print('boto3' in sys.modules)",
        "from django.core.files.storage import storages; storages['private']",
        "print('boto3' in sys.modules)",
        STORAGE_URL="s3://key:secret@s3.example.com/shop",
    )

    assert loaded == ["False", "True"]
