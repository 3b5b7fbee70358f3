"""Every answer carries a request id that can be trusted in a log."""

import pytest

PATH = "/health/live/"


def test_a_fresh_id_each_time(client):
    first, second = (client.get(PATH).headers["X-Request-ID"] for _ in range(2))

    assert first != second
    assert len(first) == 32


def test_a_proxys_id_is_kept(client):
    response = client.get(PATH, headers={"X-Request-ID": "edge-42.a_b"})

    assert response.headers["X-Request-ID"] == "edge-42.a_b"


@pytest.mark.parametrize("forged", ["a b", "x" * 65, "a\nlevel=error", "é"])
def test_an_id_that_could_forge_a_log_line_is_replaced(client, forged):
    response = client.get(PATH, headers={"X-Request-ID": forged})

    assert response.headers["X-Request-ID"] != forged


@pytest.mark.parametrize(
    ("path", "attr"),
    [
        ("/api/v1/me/?x=a%00b", "x"),
        ("/api/v1/me/?a%00b=x", "a\0b"),
        ("/api/v1/me/?x=%ff", None),
        ("/api/v1/%00/", None),
    ],
)
def test_malformed_addresses_are_refused(client, path, attr):
    response = client.get(path)

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == attr


@pytest.mark.parametrize("path", ["/api/v1/me/?x=%C3%A9%20%25", "/api/v1/me/?x"])
def test_well_formed_addresses_pass(client, path):
    assert client.get(path).status_code == 401


def test_a_body_beyond_all_limits_is_refused_unread(client, settings):
    response = client.post(
        "/api/v1/auth/login/", CONTENT_LENGTH=settings.MAX_BODY_BYTES + 1
    )

    assert response.status_code == 413
    assert response.json()["errors"][0]["code"] == "payload_too_large"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"CONTENT_LENGTH": "many"}, "bad_request"),
        ({"CONTENT_LENGTH": "-1"}, "bad_request"),
        ({"CONTENT_LENGTH": "²"}, "bad_request"),
        ({"CONTENT_LENGTH": "9" * 5_000}, "payload_too_large"),
        (
            {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"},
            "length_required",
        ),
    ],
)
def test_a_body_of_unknown_length_is_refused_unread(client, headers, code):
    response = client.post("/api/v1/auth/login/", **headers)

    assert response.status_code in (400, 413)
    assert response.json()["errors"][0]["code"] == code


def test_a_query_of_raw_bytes_is_refused_unless_it_is_text(client):
    path = "/api/v1/me/"

    assert client.get(path, QUERY_STRING="x=\xff\xfe").status_code == 400
    assert client.get(path, QUERY_STRING="x=\xc3\xa9").status_code == 401


def test_nothing_is_stored_unless_a_view_says_so(auth_client, user):
    response = auth_client(user).get("/api/v1/me/")

    assert response.headers["Cache-Control"] == "private, no-store"
