"""GraphiQL: a page where it is on, nothing where it is off, no script of others."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import path

from ..graphiql import GraphiQLView
from .schema import schema

URL = "/graphql"
urlpatterns = [
    path("graphql", GraphiQLView.as_view(graphene_schema=schema), name="graphql")
]
pytestmark = pytest.mark.urls(__name__)


@pytest.mark.urls("config.urls")
def test_it_is_off_by_default(client, db):
    response = client.get(URL)

    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Allow"] == "POST, OPTIONS"


@pytest.fixture
def page(client, db):
    return client.get(URL)


def test_it_is_a_page_that_no_cache_keeps(page):
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert page.headers["Cache-Control"] == "private, no-store"


def test_everything_it_loads_is_served_from_here(page):
    loaded = re.findall(r'(?:src|href)="(.+?)"', page.text)

    assert len(loaded) == 7
    for address in loaded:
        assert finders.find(address.removeprefix("/static/")), address


def test_the_security_policy_opens_for_nothing_inline(page):
    policy = page.headers["Content-Security-Policy"]
    nonce = re.search(r'data-nonce="(.+?)"', page.text)[1]

    assert f"style-src 'self' 'nonce-{nonce}'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|style=|\son\w+=|<script>", page.text)


def test_a_query_by_get_is_neither_answered_nor_a_page(client, page):
    assert client.get(URL, {"query": "{ echo }"}).status_code == 405


def test_a_query_by_post_is_answered(api_client, page):
    answer = api_client.post(URL, {"query": "{ __typename }"}).json()

    assert answer == {"data": {"__typename": "Query"}}
