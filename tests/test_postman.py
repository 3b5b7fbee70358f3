"""The Postman collection of a bake, run by newman against a live server."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from secrets import token_urlsafe

import pytest
import requests

from .template import bake, clean_environment, run
from .test_live import serving

NEWMAN = "newman@6.2.2"
IMAGE = "from PIL import Image; Image.new('RGB', (8, 8)).save('{}')"
WRITTEN = "docs/api/postman_{}.json"
RESET = "POST /api/v1/auth/password/reset/"
CONFIRM = "POST /api/v1/auth/password/reset/confirm/"
DOWNLOAD = "GET /api/v1/exports/{id}/download/"
LIST = "GET /api/v1/products/"


@pytest.fixture(autouse=True, scope="module")
def npx():
    if not shutil.which("npx"):
        assert not os.environ.get("CI"), "newman needs Node.js"
        pytest.skip("newman needs Node.js: there is no npx on this machine")


def seeded(project: Path) -> str:
    """Fill the project's database; return the password of its demo account."""
    commands = [["migrate", "--verbosity=0"], ["seed_demo"]]
    if (project / "apps" / "catalog").exists():
        commands.insert(1, ["seed", "--products=50", "--orders=20"])
    for command in commands:
        done = run(sys.executable, "manage.py", *command, cwd=project)
        assert done.returncode == 0, done.stderr
    return re.search(r"Password: +(\S+)", done.stdout)[1]


def newman(project: Path, url: str, *only: str, **variables) -> tuple[int, dict]:
    """Run the collection, or some requests; return newman's exit code and report."""
    report = project / "newman.json"
    command = ["npx", "--yes", NEWMAN, "run", WRITTEN.format("collection")]
    command += ["--environment", WRITTEN.format("environment")]
    command += ["--reporters=json", f"--reporter-json-export={report}"]
    command += [f"--folder={name}" for name in only]
    for name, value in {"base_url": url, **variables}.items():
        command += ["--env-var", f"{name}={value}"]
    done = subprocess.run(
        command, cwd=project, env=clean_environment(), capture_output=True, text=True
    )
    assert report.exists(), done.stdout + done.stderr
    return done.returncode, json.loads(report.read_text("utf-8"))["run"]


def failures(report: dict) -> set[tuple[str, str]]:
    return {
        (failure["source"]["name"], failure["error"]["test"])
        for failure in report["failures"]
    }


def asked(report: dict) -> set[str]:
    """The names of the requests that were sent, each with assertions on its answer."""
    sent = [one for one in report["executions"] if "response" in one]
    assert all(one["assertions"] for one in sent)
    return {one["item"]["name"] for one in sent}


def names(project: Path) -> set[str]:
    text = (project / WRITTEN.format("collection")).read_text("utf-8")
    return {
        item["name"] for folder in json.loads(text)["item"] for item in folder["item"]
    }


def token_from(mails: Path, subject: str) -> str:
    """Return the token of the newest e-mail of that subject."""
    texts = [path.read_text("utf-8") for path in sorted(mails.iterdir())]
    *_, text = (text for text in texts if f"Subject: {subject}" in text)
    return re.search(r"token=(\S+)", text)[1]


def link_from(url: str, password: str) -> dict[str, str]:
    """Return what leads to a file of the demo account's: its export, and the token."""
    account = {"email": "demo@example.com", "password": password}
    tokens = requests.post(f"{url}/api/v1/auth/login/", json=account, timeout=30).json()
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {tokens['access']}"
    exports = f"{url}/api/v1/exports/"
    made = session.post(exports, json={}, timeout=30).json()["id"]
    link = session.get(f"{exports}{made}/", timeout=30).json()["download_url"]
    token = link.partition("token=")[2]
    return {"v1_exports_id": made, "exports_id_download_token": token}


@pytest.mark.parametrize("use_example", [True, False], ids=["example", "bare"])
def test_it_runs_green_and_once_more(template, tmp_path, use_example):
    """The second time with what the reader brings, so that all of it is shown."""
    project = bake(template, tmp_path, use_example=use_example)
    password, image = seeded(project), tmp_path / "image.png"
    run(sys.executable, "-c", IMAGE.format(image), cwd=project)
    mails, log = tmp_path / "mails", tmp_path / "log"
    # Both servers sign with one key: a token of the first is good for the other.
    environment = {
        "EMAIL_URL": f"filemail:///{mails}",
        "SECRET_KEY": token_urlsafe(48),
    }

    with serving(project, log, **environment) as url:
        code, report = newman(project, url, password=password)
    assert (code, failures(report)) == (0, set())
    left_out = names(project) - asked(report)
    assert all(re.search("verify-email|confirm|image|download", it) for it in left_out)

    # Another process counts requests anew; the same one would have the second run
    # wait, as it lets five e-mails pass in a minute.
    token = token_from(mails, "Verify your")
    with serving(project, log, **environment) as url:
        code, report = newman(
            project, url, password=password, image=image, auth_verify_email_token=token
        )
        assert (code, failures(report)) == (0, set())
        assert asked(report) == names(project) - {CONFIRM, DOWNLOAD}
        if DOWNLOAD in names(project):
            code, report = newman(project, url, DOWNLOAD, **link_from(url, password))
            assert (code, failures(report), asked(report)) == (0, set(), {DOWNLOAD})
        # A log-in makes a link to reset the password void, so this goes by itself.
        assert newman(project, url, RESET)[0] == 0
        token = token_from(mails, "Reset your")
        code, report = newman(
            project,
            url,
            CONFIRM,
            password=password,
            auth_password_reset_confirm_token=token,
        )
    assert (code, failures(report), asked(report)) == (0, set(), {CONFIRM})


@pytest.mark.parametrize(
    ("rows", "failed"),
    [
        ("None", "The status is 200"),
        ("lambda self, page: [{'id': row['id']} for row in page]", "The body is what"),
    ],
    ids=["500", "a missing field"],
)
def test_a_broken_endpoint_is_found(default_project, tmp_path, rows, failed):
    project = shutil.copytree(default_project, tmp_path / "copy")
    view = project / "apps" / "catalog" / "api" / "views" / "products.py"
    with view.open("a") as source:
        source.write(f"\n\nProductViewSet.rows = {rows}\n")
    password = seeded(project)

    with serving(project, tmp_path / "log") as url:
        code, report = newman(project, url, password=password)

    assert code == 1
    assert any(name == LIST and failed in test for name, test in failures(report))


def test_a_wrong_password_ends_the_run_at_once(default_project, tmp_path):
    project = shutil.copytree(default_project, tmp_path / "copy")
    seeded(project)

    with serving(project, tmp_path / "log") as url:
        code, report = newman(project, url, password="wrong")

    assert code == 1
    assert asked(report) == {"POST /api/v1/auth/login/"}
