"""Exports for tests."""

import factory
from django.core.files.base import ContentFile

from apps.accounts.tests.factories import UserFactory
from apps.core.files import private_storage
from apps.exports.models import Export, ExportStatus, file_name


class ExportFactory(factory.django.DjangoModelFactory):
    """A row that is done, whose file is gone; `file=file_stored()` gives it one."""

    class Meta:
        model = Export

    owner = factory.SubFactory(UserFactory)
    status = ExportStatus.DONE


def file_stored(content: bytes = b"reference\r\n") -> str:
    return private_storage().save(file_name(), ContentFile(content))
