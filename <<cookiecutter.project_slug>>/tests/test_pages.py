"""The landing page: leads everywhere, is the same for everyone, and trusts no text."""

import re

import pytest


@pytest.fixture
def page(client, db):
    return client.get("/")


def test_every_link_leads_somewhere(client, page):
    links = re.findall(r'<a href="(.+?)"', page.text)

    assert len(links) >= 5
    for link in links:
        assert client.get(link, follow=True).status_code == 200, link


def test_anyone_may_keep_it_and_must_ask_again(client, page):
    again = client.get("/", headers={"If-None-Match": page.headers["ETag"]})

    assert page.headers["Cache-Control"] == "public, no-cache"
    assert "Vary" not in page.headers
    assert not page.cookies
    assert again.status_code == 304
    assert not again.content


def test_it_needs_nothing_that_the_security_policy_forbids(page):
    assert not re.search(r"<script|<style|style=|\son\w+=|//", page.text)
    assert "unsafe" not in page.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_whatever_the_project_is_called_is_text(client, settings):
    settings.PROJECT_NAME = '<b>"Ada\'s"</b> & Co'
    settings.PROJECT_DESCRIPTION = '"><script>alert(1)</script>'

    page = client.get("/").text

    assert "<h1>&lt;b&gt;&quot;Ada&#x27;s&quot;&lt;/b&gt; &amp; Co</h1>" in page
    assert "<script" not in page


def test_it_is_read_alone(client):
    assert client.post("/").status_code == 405
