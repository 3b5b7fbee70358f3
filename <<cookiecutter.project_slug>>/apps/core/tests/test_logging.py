"""Nothing secret reaches a log line, whatever way it comes."""

import json
import logging

import pytest
import structlog
from django.conf import settings

from apps.core.logging import MASK, as_json, mask_secrets
from config.settings.components.logging import logging_config

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "event",
    [
        {"event": "x", "password": "s3cret"},
        {"event": "x", "request": {"headers": {"Authorization": "Bearer s3cret"}}},
        {"event": "x", "refresh_token": ["s3cret"]},
        {"event": "GET /verify?token=s3cret&page=2"},
        {"event": 'body {"new_password": "s3cret"}'},
        {"event": "Authorization: Bearer s3cret"},
        {"event": "connecting to postgres://app:s3cret@db:5432/app"},
        {"event": "KeyError", "exception": "locals: api_key='s3cret'"},
    ],
    ids=lambda event: json.dumps(event)[:60],
)
def test_secrets_are_masked(event):
    masked = json.dumps(mask_secrets(None, "info", event))

    assert "s3cret" not in masked
    assert MASK in masked


def test_tokens_are_known_by_their_look():
    masked = mask_secrets(None, "info", {"event": f"got {JWT} from client"})

    assert masked["event"] == f"got {MASK} from client"


def test_a_long_word_is_read_once():
    """It never ends when every position of the word is a new beginning."""
    word = "a1" * 50_000
    masked = mask_secrets(None, "info", {"event": f"GET /{word} token=s3cret"})

    assert masked["event"] == f"GET /{word} token={MASK}"


@pytest.mark.parametrize(
    "text",
    ["GET /api/v1/me/ 200", "see https://example.com/a:b", "3 products, page 2 of 9"],
)
def test_everything_else_is_left_alone(text):
    assert mask_secrets(None, "info", {"event": text, "n": 1}) == {
        "event": text,
        "n": 1,
    }


@pytest.fixture
def line():
    """Return a function that logs through a format's formatter and gives the line."""

    def render(log_format: str, **event) -> str:
        formatter = logging_config(log_format)["formatters"][log_format]
        formatter = structlog.stdlib.ProcessorFormatter(
            **{name: value for name, value in formatter.items() if name != "()"}
        )
        try:
            raise ValueError("token=s3cret")
        except ValueError as error:
            exc_info = (type(error), error, error.__traceback__)
        record = logging.LogRecord(
            "shop", logging.ERROR, "shop.py", 1, "failed %s", ("here",), exc_info
        )
        return formatter.format(record)

    return render


def test_production_writes_json_with_the_exception(line):
    parsed = json.loads(line("json"))

    assert parsed["event"] == "failed here"
    assert parsed["level"] == "error"
    assert "ValueError" in parsed["exception"]
    assert "s3cret" not in parsed["exception"]


@pytest.mark.parametrize(
    "value", [2**80, "\ud800", {1: "one"}, float("nan"), "é\n", object(), {"set"}]
)
def test_no_line_is_lost_to_a_strange_value(value):
    parsed = json.loads(as_json({"event": "x", "value": value}, default=repr))

    assert parsed["event"] == "x"
    assert "value" in parsed


def test_development_writes_lines_for_people(line):
    text = line("console")

    assert "failed here" in text
    assert "ValueError" in text
    assert "s3cret" not in text


def test_request_lines_carry_the_request_id(client):
    with structlog.testing.capture_logs(
        processors=[structlog.contextvars.merge_contextvars]
    ) as logs:
        client.get("/health/live/", headers={"X-Request-ID": "abc-1"})

    finished = next(entry for entry in logs if entry["event"] == "request_finished")
    assert finished["request_id"] == "abc-1"
    assert finished["code"] == 200


def test_logging_is_configured():
    assert settings.LOGGING["root"]["handlers"] == ["stream"]
