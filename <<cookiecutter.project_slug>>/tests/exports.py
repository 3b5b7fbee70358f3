"""The exports' part of `examples.py`."""

from uuid import UUID

from apps.exports.links import link_token
from apps.exports.tests.factories import ExportFactory, file_stored

EXPORT = UUID(int=1)


def exports_build(owner) -> dict[str, dict]:
    ExportFactory(pk=EXPORT, owner=owner, file=file_stored())
    names = ("export-detail", "export-cancel", "export-download")
    return {name: {"pk": EXPORT} for name in names}


def exports_bodies() -> dict[tuple[str, str], dict]:
    return {
        ("post", "export-list"): {"status": "paid"},
        # It goes into the query.
        ("get", "export-download"): {"token": link_token(EXPORT)},
    }
