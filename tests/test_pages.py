"""The pages of a baked project in a browser, as served in development and production.

Whatever the tests do there, the browser must stay content: no error on its console
(that is where breaches of the security policy go), no request that fails, none that
leaves this machine.
"""

import json
import os
import shutil
import sys
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .template import bake, production, run
from .test_live import EMAIL, GUNICORN, PASSWORD, serving
from .test_suites import need_servers

BROWSERS = ("chromium", "google-chrome", "chromium-browser")
# Alone: it neither updates itself nor calls home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# ReDoc takes its time on a machine that runs other tests as well.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
POSTGRES = f"postgres://{os.environ.get('POSTGRES_USER', 'postgres')}@127.0.0.1:5432"


@pytest.fixture(scope="module")
def browser():
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine")
    assert path, "CI needs Chromium"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


@contextmanager
def database():
    """Yield the address of a database of its own."""
    name = f"pages_{uuid4().hex[:8]}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{POSTGRES}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def served_in_development(project: Path, log: Path):
    with serving(project, log) as url:
        fill(project)
        yield url


@contextmanager
def served_in_production(project: Path, log: Path, **more: str):
    """The real way, on files that were collected, without HTTPS alone."""
    need_servers()
    with database() as address:
        variables = production(
            DATABASE_URL=address,
            CACHE_URL="redis://127.0.0.1:6379/9",
            ALLOWED_HOSTS="127.0.0.1",
            SECURE_SSL_REDIRECT="False",
            **more,
        )
        manage(project, "collectstatic", "--noinput", **variables)
        with serving(project, log, GUNICORN, **variables) as url:
            fill(project, **variables)
            yield url


def fill(project: Path, **variables: str) -> None:
    manage(project, "seed", "--products=30", "--orders=5", **variables)
    administrator = {
        "DJANGO_SUPERUSER_EMAIL": EMAIL,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    manage(project, "ensure_superuser", **variables, **administrator)


def manage(project: Path, *command: str, **variables: str) -> None:
    result = run(sys.executable, "manage.py", *command, cwd=project, **variables)
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module", params=[served_in_development, served_in_production])
def site(request, template, tmp_path_factory):
    """Address of a running project, whose slug keeps its keys in Redis apart."""
    folder = tmp_path_factory.mktemp("site")
    project = bake(template, folder, project_slug=f"pages-{uuid4().hex[:8]}")
    with request.param(project, folder / "log") as url:
        yield url


@pytest.fixture
def page(browser: Browser, site: str):
    """A tab that lets no request out, and takes nothing that went wrong."""
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    outside, wrong = set(), []

    def let_in(route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(site).netloc:
            route.continue_()
        else:
            outside.add(route.request.url)
            route.abort()

    context.route("**/*", let_in)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda said: said.type == "error" and wrong.append(said.text))
    context.on("requestfailed", lambda request: wrong.append(request.url))
    context.on("response", lambda got: got.status >= 400 and wrong.append(got.url))
    page = context.new_page()
    yield page
    page.wait_for_load_state("networkidle")
    context.close()
    assert not outside
    assert not wrong


def test_landing_page_in_every_light_and_width(page: Page):
    background = "getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]"
    for scheme, width in product(("light", "dark"), (320, 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/")
        expect(page.get_by_role("heading", name="Project Nexus")).to_be_visible()
        expect(page.get_by_text("Products")).to_be_visible()
        assert (int(page.evaluate(background)) > 127) == (scheme == "light")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # Leaving earlier would abort what is still under way, which counts as wrong.
        page.wait_for_load_state("networkidle")

    page.get_by_role("link", name="Swagger UI").click()
    expect(page.locator(".opblock").first).to_be_visible()


def test_swagger_ui_logs_in_and_calls_as_the_user(page: Page):
    page.goto("/api/docs")
    credentials = json.dumps({"email": EMAIL, "password": PASSWORD})

    status, tokens = try_it_out(page, "post", "/api/v1/auth/login/", credentials)
    assert status == 200
    page.get_by_role("button", name="Authorize").click()
    dialog = page.locator(".auth-container")
    dialog.get_by_role("textbox").fill(tokens["access"])
    dialog.get_by_role("button", name="Apply credentials").click()
    dialog.get_by_role("button", name="Close").click()

    status, me = try_it_out(page, "get", "/api/v1/me/")
    assert status == 200
    assert me["email"] == EMAIL


def try_it_out(page: Page, method: str, path: str, body: str = "") -> tuple[int, dict]:
    """Do what a reader does: open the operation, fill it in, execute it."""
    summary = page.locator(f'[data-path="{path}"]')
    block = page.locator(f".opblock-{method}", has=summary)
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    if body:
        block.locator("textarea").fill(body)
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table tbody")
    status = answer.locator(".response-col_status").inner_text()
    return int(status.split()[0]), json.loads(answer.locator("code").first.inner_text())


def test_redoc_shows_and_searches_the_api(page: Page):
    page.goto("/api/redoc/")
    expect(page.get_by_role("heading", name="Project Nexus")).to_be_visible()

    # A worker looks, of which the security policy has to know.
    page.get_by_placeholder("Search").fill("login")
    expect(page.locator("[data-role='search:results'] li").first).to_be_visible()


def test_admin_from_log_in_to_every_list(page: Page):
    page.goto("/admin/")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    lists = page.locator("#content-main th a")
    expect(lists.first).to_be_visible()
    addresses = [link.get_attribute("href") for link in lists.all()]
    assert "/admin/catalog/product/" in addresses
    for address in addresses:
        page.goto(address)
        expect(page.locator("#changelist")).to_be_visible()

    page.goto("/admin/catalog/product/?is_active__exact=1")
    page.get_by_role("textbox", name="Search").fill("SEED-0000007")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
