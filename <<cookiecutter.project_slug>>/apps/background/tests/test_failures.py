"""What failed stays, until somebody sends it again or it is too old."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.background.models import OutboxMessage
from apps.background.selectors import failed_count, outbox_state
from apps.background.services import (
    message_attempt_failed,
    message_give_up,
    messages_deliver,
    messages_purge,
    messages_requeue,
)

from .factories import OutboxMessageFactory

pytestmark = pytest.mark.django_db

CHANGELIST = "admin:background_outboxmessage_changelist"


@pytest.fixture
def failed() -> OutboxMessage:
    message = OutboxMessageFactory(
        arguments={"password": "open-sesame"}, delivered_at=timezone.now()
    )
    message_attempt_failed(key=message.key, error=ValueError("no luck"))
    message_give_up(key=message.key)
    return message


def test_sent_again(failed, broker):
    other = OutboxMessageFactory(delivered_at=timezone.now(), failed_at=timezone.now())

    assert messages_requeue(keys=[failed.key]) == 1
    assert messages_deliver() == 1

    [(_, options)] = broker.call_args_list
    assert options["task_id"] == str(failed.key)
    assert messages_requeue() == 1
    other.refresh_from_db()
    assert other.failed_at is None


def test_what_was_done_all_the_same_does_not_fail(failed):
    OutboxMessage.objects.update(failed_at=None, done_at=timezone.now())

    message_attempt_failed(key=failed.key, error=ValueError())
    message_give_up(key=failed.key)

    failed.refresh_from_db()
    assert failed.failed_at is None


def test_the_admin_lists_it_and_sends_it_again_with_one_click(
    failed, admin_site_client, broker
):
    url = reverse(CHANGELIST)
    OutboxMessageFactory(error="not this one")

    page = admin_site_client.get(url, {"state": "failed"}).content.decode()
    assert "no luck" in page
    assert "not this one" not in page

    action = {"action": "send_again", "_selected_action": [failed.pk]}
    answer = admin_site_client.post(url, action, follow=True)
    assert "1 failed messages will be sent again." in answer.content.decode()
    failed.refresh_from_db()
    assert failed.failed_at is None


def test_the_admin_shows_arguments_without_their_secrets(failed, admin_site_client):
    url = reverse("admin:background_outboxmessage_change", args=[failed.pk])

    page = admin_site_client.get(url).content.decode()

    assert "password" in page
    assert "open-sesame" not in page


@pytest.mark.parametrize("state", ["waiting", "delivered", "done", "failed"])
def test_the_admin_tells_the_states_apart(admin_site_client, state):
    now = timezone.now()
    moments = {
        "waiting": {},
        "delivered": {"delivered_at": now},
        "done": {"delivered_at": now, "done_at": now},
        "failed": {"delivered_at": now, "failed_at": now},
    }
    for name, fields in moments.items():
        OutboxMessageFactory(request_id=f"of-{name}", **fields)

    response = admin_site_client.get(reverse(CHANGELIST), {"state": state})

    [row] = response.context["cl"].result_list
    assert row.request_id == f"of-{state}"


def test_a_page_costs_the_same_for_any_number(assert_rows_cost_no_queries):
    assert_rows_cost_no_queries(reverse(CHANGELIST), OutboxMessageFactory)


def test_old_messages_go(failed):
    now = timezone.now()
    OutboxMessageFactory(done_at=now - timedelta(days=8))
    OutboxMessageFactory(failed_at=now - timedelta(days=91))
    kept = [failed, OutboxMessageFactory(done_at=now - timedelta(days=6))]
    kept.append(OutboxMessageFactory(created_at=now - timedelta(days=365)))

    assert messages_purge() == 2

    assert set(OutboxMessage.objects.all()) == set(kept)


def test_the_state_in_numbers(failed):
    now = timezone.now()
    oldest = OutboxMessageFactory()
    OutboxMessageFactory(delivered_at=now)
    OutboxMessageFactory(done_at=now)

    state = outbox_state()

    assert (state.waiting, state.delivered, state.failed) == (1, 1, 1)
    assert state.oldest == oldest.created_at
    assert failed_count() == 1
