from structlog.contextvars import bound_contextvars

from apps.core.reports import prepared


def test_reports_carry_the_request_id_and_no_secret():
    event = {
        "exception": {"values": [{"type": "ValueError", "value": "password=hunter2"}]},
        "request": {"headers": {"Authorization": "Bearer abc"}, "url": "https://x/"},
    }

    with bound_contextvars(request_id="of-a-request"):
        sent = prepared(event, {})

    assert sent["tags"] == {"request_id": "of-a-request"}
    assert sent["request"] == {"headers": {"Authorization": "***"}, "url": "https://x/"}
    assert "hunter2" not in str(sent)


def test_reports_outside_requests_name_none():
    assert prepared({"message": "beat stopped"}, {}) == {"message": "beat stopped"}
