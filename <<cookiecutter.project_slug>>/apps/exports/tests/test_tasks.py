"""The tasks of exports: what they call, and who learns that they gave up."""

from uuid import uuid4

import pytest

from apps.exports import services, tasks

from .factories import ExportFactory

pytestmark = pytest.mark.django_db


def test_their_names():
    assert tasks.export_run.name == "exports.export_run"
    assert tasks.exports_purge.name == "exports.exports_purge"


def test_the_owner_learns_that_it_was_given_up():
    export = ExportFactory(status="running")
    arguments = {"export_id": str(export.pk)}

    tasks.export_run.on_failure(ConnectionError(), str(uuid4()), (), arguments, None)

    export.refresh_from_db()
    assert (export.status, export.error) == ("failed", services.exports.FAILED)
