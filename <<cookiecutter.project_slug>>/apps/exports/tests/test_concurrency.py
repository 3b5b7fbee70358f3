"""Exports at the same moment, on PostgreSQL: one is started, one ending is true."""

from collections import Counter

import pytest

from apps.core.errors import Conflict
from apps.exports import services
from apps.exports.models import Export

from .factories import ExportFactory

pytestmark = [
    pytest.mark.usefixtures("postgresql"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _later(monkeypatch):
    """Nobody runs them while the test looks."""
    monkeypatch.setattr(
        "apps.exports.services.exports.message_send", lambda *args, **kwargs: None
    )


def outcome(call, **arguments) -> str:
    try:
        call(**arguments)
    except Conflict as error:
        return error.code
    return "done"


def test_many_starts_are_one(at_once, user):
    start = [
        lambda: outcome(services.export_start, owner=user, filters={}) for _ in range(8)
    ]

    assert Counter(at_once(start)) == {"done": 1, "export_under_way": 7}
    assert Export.objects.count() == 1


def test_of_a_cancellation_and_a_finish_one_wins(at_once, user):
    for _ in range(5):
        export = ExportFactory(owner=user, status="pending")
        cancelled, _ran = at_once(
            [
                lambda pk=export.pk: outcome(
                    services.export_cancel, export_id=pk, owner=user
                ),
                lambda pk=export.pk: services.export_run(export_id=str(pk)),
            ]
        )
        export.refresh_from_db()

        told = {"done": "cancelled", "export_over": "done"}[cancelled]
        assert export.status == told


def test_a_message_that_comes_twice_at_once(at_once, user):
    export = ExportFactory(owner=user, status="pending")

    at_once([lambda: services.export_run(export_id=str(export.pk))] * 4)

    export.refresh_from_db()
    assert export.status == "done"
    assert export.file.storage.exists(export.file.name)
