"""The headers that keep browsers, and pages of strangers, in their place."""

import pytest

LOGIN = "/api/v1/auth/login/"
FRONTEND = "https://app.example.com"


def preflight(client, origin, **headers):
    headers = {"Access-Control-Request-Method": "POST", "Origin": origin, **headers}
    return client.options(LOGIN, headers=headers)


@pytest.mark.parametrize(
    "header",
    [
        "authorization",
        "if-match",
        # % if cookiecutter.use_example
        "idempotency-key",
        # % endif
    ],
)
def test_a_frontend_may_send_what_the_api_reads(client, settings, header):
    settings.CORS_ALLOWED_ORIGINS = [FRONTEND]

    headers = {"Access-Control-Request-Headers": header}
    response = preflight(client, FRONTEND, **headers)

    assert response.headers["Access-Control-Allow-Origin"] == FRONTEND
    assert header in response.headers["Access-Control-Allow-Headers"].split(", ")


def test_a_page_of_strangers_may_not_call(client, settings):
    settings.CORS_ALLOWED_ORIGINS = [FRONTEND]

    response = preflight(client, "https://evil.example")

    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/me/", "/api/docs", "/admin/login/"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
