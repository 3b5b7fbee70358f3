"""What a container asks to learn whether its process is alive."""

import os
import tempfile
import time

import pytest

from apps.background import probes


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("role", probes.ROLES)
def test_alive_as_long_as_it_moves(role, folder):
    assert "has not moved" in probes.main([role])

    probes.touch(role)
    assert probes.main([role]) == 0

    long_ago = time.time() - probes.STALE_SECONDS - 1
    os.utime(folder / f"{role}.alive", (long_ago, long_ago))
    assert "has not moved" in probes.main([role])


@pytest.mark.parametrize("arguments", [[], ["web"], ["worker", "beat"]])
def test_it_says_how_it_is_used(arguments):
    assert probes.main(arguments).startswith("usage:")
