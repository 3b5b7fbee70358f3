"""Exports that end: one way alone, and not for ever."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from apps.core.errors import Conflict
from apps.core.files import private_storage
from apps.exports import services
from apps.exports.models import Export, ExportStatus

from .factories import ExportFactory, file_stored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["done", "failed", "cancelled"])
def test_what_is_over_cannot_fail_or_be_cancelled(user, status):
    export = ExportFactory(owner=user, status=status)

    services.export_fail(export_id=str(export.pk))
    with pytest.raises(Conflict):
        services.export_cancel(export_id=export.pk, owner=user)

    export.refresh_from_db()
    assert (export.status, export.error) == (status, "")


@pytest.mark.parametrize("second", ["pending", "running"])
def test_the_database_knows_one_at_a_time(user, second):
    ExportFactory(owner=user, status="running")

    with pytest.raises(IntegrityError), transaction.atomic():
        ExportFactory(owner=user, status=second)


def test_the_database_knows_the_statuses():
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportFactory(status="lost")


def test_nothing_is_asked_for_when_the_transaction_fails(
    user, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            services.export_start(owner=user, filters={})
            raise ZeroDivisionError

    assert not callbacks
    assert not Export.objects.exists()


def test_old_ones_go_with_their_files():
    days = {0: "done", 6: "done", 8: "done", 9: "failed", 30: "running"}
    exports = {
        age: ExportFactory(
            status=status,
            file=file_stored(),
            created_at=timezone.now() - timedelta(days=age),
        )
        for age, status in days.items()
    }
    without = ExportFactory(created_at=timezone.now() - timedelta(days=8))
    gone = {age for age in days if age > 7}

    assert services.exports_purge() == len(gone) + 1
    assert services.exports_purge() == 0

    kept = {
        age for age, row in exports.items() if private_storage().exists(str(row.file))
    }
    assert kept == days.keys() - gone
    assert {export.pk for export in Export.objects.all()} == {
        exports[age].pk for age in kept
    }
    assert not Export.objects.filter(pk=without.pk).exists()
    assert services.exports_purge(older_than_days=1) == 1


def test_a_file_has_to_go_before_its_owner(user):
    ExportFactory(owner=user)

    with pytest.raises(ProtectedError):
        user.delete()


def test_an_export_tells_its_status():
    assert str(ExportFactory(status=ExportStatus.FAILED)).endswith(", failed")
