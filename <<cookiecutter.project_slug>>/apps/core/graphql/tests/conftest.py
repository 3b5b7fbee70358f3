"""Asking the small schema of `schema.py`."""

import json

import pytest


@pytest.fixture
def ask(api_client):
    """Return a function: post a document and more members; the response."""

    def post(query: str, **members):
        # Escaped, so that it may hold what is no text.
        content = json.dumps({"query": query, **members})
        return api_client.generic(
            "POST", "/graphql", content, content_type="application/json"
        )

    return post


@pytest.fixture
def codes(ask):
    """Return a function: post a document; the codes of its errors."""

    def found(query: str, **members) -> list[str]:
        errors = ask(query, **members).json().get("errors", [])
        return [error["extensions"]["code"] for error in errors]

    return found
