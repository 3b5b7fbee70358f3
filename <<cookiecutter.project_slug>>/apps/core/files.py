"""Where files lie that not everybody may read."""

from typing import Any

from django.core.files.storage import Storage, storages


class PrivateStorage(Storage):
    """The storage of that name, looked up at each use.

    Fields ask for theirs when models are loaded, and what speaks S3 takes 20 MB: too
    much for a process that looks at no file, as beat does.
    """

    def __getattribute__(self, name: str) -> Any:
        return getattr(storages["private"], name)


def private_storage() -> Storage:
    """Return the storage that no web server serves: views do, to whom they choose."""
    return PrivateStorage()
