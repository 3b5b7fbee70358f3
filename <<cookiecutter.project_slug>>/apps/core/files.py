"""Where files lie that not everybody may read."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Return the storage that no web server serves: views do, to whom they choose."""
    return storages["private"]
