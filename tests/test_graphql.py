"""GraphQL from outside: a client that others wrote, and GraphiQL in a browser.

The servers are those of `test_pages`; GraphiQL's page is held to the same.
"""

from functools import partial
from uuid import uuid4

import pytest
import requests
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport
from playwright.sync_api import Page, expect

from .template import bake
from .test_live import EMAIL, PASSWORD
from .test_pages import (
    browser,
    page,
    served_in_development,
    served_in_production,
)

__all__ = ["browser", "page"]

ME = gql("{ me { email role } }")
NESTED = gql("{ categories(first: 2) { edges { node { slug name } } } }")


@pytest.fixture(scope="module")
def served(template, tmp_path_factory):
    """Return a function: bake a project whose keys in Redis are apart, and serve it."""

    def start(serve):
        folder = tmp_path_factory.mktemp("graphql")
        slug = f"graphql-{uuid4().hex[:8]}"
        return serve(bake(template, folder, project_slug=slug), folder / "log")

    return start


@pytest.fixture(scope="module")
def closed(served):
    """Production as it is when no variable opens anything."""
    with served(served_in_production) as url:
        yield url


@pytest.fixture(
    scope="module",
    params=[
        served_in_development,
        partial(served_in_production, GRAPHQL_PLAYGROUND="True"),
    ],
    ids=["development", "production"],
)
def site(request, served):
    with served(request.param) as url:
        yield url


def client(url: str, access: str = "", **options) -> Client:
    headers = {"Authorization": f"Bearer {access}"} if access else {}
    transport = RequestsHTTPTransport(f"{url}/graphql", headers=headers, timeout=30)
    return Client(transport=transport, **options)


@pytest.fixture
def access(closed) -> str:
    return log_in(closed)


def log_in(url: str) -> str:
    answer = requests.post(
        f"{url}/api/v1/auth/login/",
        json={"email": EMAIL, "password": PASSWORD},
        timeout=30,
    )
    return answer.json()["access"]


def test_a_client_reads_as_the_user_of_its_token(closed, access):
    assert client(closed, access).execute(ME)["me"] == {"email": EMAIL, "role": "admin"}
    assert client(closed).execute(ME) == {"me": None}
    assert len(client(closed).execute(NESTED)["categories"]["edges"]) == 2


def test_a_client_is_told_by_code_what_is_wrong(closed):
    with pytest.raises(TransportQueryError) as refused:
        client(closed).execute(gql("{ nothing }"))

    assert refused.value.errors[0]["extensions"] == {"code": "graphql_validation"}


def test_a_client_with_a_bad_token_meets_http(closed):
    with pytest.raises(TransportQueryError, match="token_not_valid"):
        client(closed, "forged").execute(ME)


def test_a_client_reads_no_schema_where_it_is_closed(closed):
    with pytest.raises(TransportQueryError, match="introspection has been disabled"):
        client(closed, fetch_schema_from_transport=True).execute(ME)

    assert requests.get(f"{closed}/graphql", timeout=30).status_code == 405


def test_a_client_reads_the_schema_where_it_is_open(site):
    with client(site, fetch_schema_from_transport=True) as session:
        assert session.execute(ME) == {"me": None}
        assert "Category" in session.client.schema.type_map


def test_graphiql_logs_in_by_a_header_asks_and_shows_the_docs(page: Page, site: str):
    page.goto("/graphql")
    page.locator(".graphiql-editor-tool .CodeMirror:visible").click()
    page.keyboard.insert_text(f'{{"Authorization": "Bearer {log_in(site)}"}}')

    page.get_by_role("button", name="Execute query").click()
    answer = page.locator(".result-window")
    expect(answer).to_contain_text(EMAIL)

    page.get_by_role("button", name="Show Documentation Explorer").click()
    docs = page.locator(".graphiql-doc-explorer")
    docs.get_by_role("link", name="Query", exact=True).click()
    expect(docs).to_contain_text("The caller; null when not logged in.")

    # A dialog brings a style of its own, which the security policy has to know.
    page.get_by_role("button", name="Open settings dialog").click()
    expect(page.get_by_role("dialog")).to_be_visible()
