"""What the collection does, in which order, and what it asks of every answer."""

import json

import pytest

from ..collection import collection, environment
from .shop import TEXT, document, object_of, operation


@pytest.fixture
def made() -> dict:
    return collection({"v1": document()})


def items(made: dict) -> dict[str, dict]:
    """The requests by name, in the order of the run."""
    return {item["name"]: item for folder in made["item"] for item in folder["item"]}


def script(item: dict, listen: str = "test") -> str:
    return "\n".join(
        line
        for event in item["event"]
        if event["listen"] == listen
        for line in event["script"]["exec"]
    )


def test_the_run_logs_in_first_deletes_late_and_logs_out_last(made):
    assert [folder["name"] for folder in made["item"]] == [
        "Log in",
        "Look around",
        "Create",
        "Look closer",
        "Change",
        "Clean up",
        "Log out",
    ]
    assert list(items(made)) == [
        "POST /api/v1/auth/login/",
        "GET /api/v1/books/",
        "GET /api/v1/shelves/",
        "POST /api/v1/books/",
        "POST /api/v1/books/{book_slug}/notes/",
        "GET /api/v1/books/{slug}/",
        "GET /api/v1/shelves/{slug}/",
        "POST /api/v1/auth/verify/",
        "DELETE /api/v1/notes/{id}/",
        "DELETE /api/v1/books/{slug}/",
        "POST /api/v1/auth/logout/",
        "POST /api/v1/auth/login/ (2)",
        "POST /api/v1/auth/logout-all/",
    ]


def test_every_answer_is_held_to_the_schema(made):
    for name, item in items(made).items():
        assert "The status is 20" in script(item), name
        assert 'have.header("X-Request-ID")' in script(item), name
    with_body = script(items(made)["POST /api/v1/books/"])
    assert "oneOf([201])" in with_body
    assert "application\\/json" in with_body
    assert '"required": ["slug", "title"]' in with_body
    assert "The answer is empty" in script(items(made)["DELETE /api/v1/notes/{id}/"])


def test_tokens_are_kept_and_sent_where_they_are_asked_for(made):
    found = items(made)

    kept = script(found["POST /api/v1/auth/login/"])
    assert 'collectionVariables.set("access", value)' in kept
    assert made["auth"]["bearer"][0]["value"] == "{{access}}"
    assert found["POST /api/v1/auth/login/"]["request"]["auth"]["type"] == "noauth"
    assert "auth" not in found["GET /api/v1/books/"]["request"]


def test_what_is_deleted_was_made_by_the_run_itself(made):
    found = items(made)

    assert 'set("v1_books_slug", value)' in script(found["POST /api/v1/books/"])
    for name in ("DELETE /api/v1/books/{slug}/", "GET /api/v1/books/{slug}/"):
        assert found[name]["request"]["url"]["path"][-2] == "{{v1_books_slug}}"
    assert "{{v1_notes_id}}" in json.dumps(found["DELETE /api/v1/notes/{id}/"])


def test_what_cannot_be_made_is_the_first_of_its_list(made):
    found = items(made)

    assert 'set("shelves_slug", value)' in script(found["GET /api/v1/shelves/"])
    url = found["GET /api/v1/shelves/{slug}/"]["request"]["url"]
    assert url["raw"] == "{{base_url}}/api/v1/shelves/{{shelves_slug}}/"


def test_a_body_points_to_the_first_of_a_list(made):
    """The run's own book is deleted in the end, and nothing may hang on it."""
    note = items(made)["POST /api/v1/books/{book_slug}/notes/"]["request"]

    assert json.loads(note["body"]["raw"])["book"] == "{{books_slug}}"


def test_a_request_is_left_out_while_the_reader_has_not_filled_in_its_token(made):
    verify = items(made)["POST /api/v1/auth/verify/"]

    assert 'get("auth_verify_token")) pm.execution.skipRequest' in script(
        verify, "prerequest"
    )


def test_a_later_version_adds_what_differs_alone():
    both = {"v1": document("v1"), "v2": document("v2", title={"type": "integer"})}

    found = items(collection(both))

    assert [name for name in found if "/v2/" in name] == [
        "GET /api/v2/books/",
        "POST /api/v2/books/",
    ]
    assert 'set("v2_books_slug"' not in script(found["POST /api/v2/books/"])


def test_the_environment_holds_no_secret():
    values = environment({"v1": document()})["values"]

    assert {one["key"]: (one["type"], one["value"]) for one in values} == {
        "base_url": ("default", "http://127.0.0.1:8000"),
        "email": ("default", "demo@example.com"),
        "password": ("secret", ""),
        "auth_verify_token": ("secret", ""),
    }


def test_a_thing_that_works_by_itself_may_be_over_before_it_is_cancelled():
    shop = document()
    job = object_of(id=TEXT)
    started = operation(202, job)
    started["responses"]["202"]["headers"] = {"Location": {"schema": TEXT}}
    file = {"content": {"text/csv": {"schema": TEXT}}}
    shop["paths"] |= {
        "/api/v1/jobs/": {
            "get": operation(200, object_of(results=TEXT)),
            "post": started,
        },
        "/api/v1/jobs/{id}/": {"get": operation(200, job)},
        "/api/v1/jobs/{id}/cancel/": {"post": operation(200, job)},
        "/api/v1/jobs/{id}/file/": {"get": {"responses": {"200": file}}},
    }

    found = items(collection({"v1": shop}))

    assert 'set("v1_jobs_id", value)' in script(found["POST /api/v1/jobs/"])
    cancelled = found["POST /api/v1/jobs/{id}/cancel/"]
    assert "{{v1_jobs_id}}" in cancelled["request"]["url"]["raw"]
    assert "code === 409) ? pm.test.skip" in script(cancelled)
    assert "409" not in script(found["POST /api/v1/jobs/"])
    fetched = script(found["GET /api/v1/jobs/{id}/file/"])
    assert "The status is 200" in fetched
    assert "is JSON" not in fetched
    assert "is empty" not in fetched
