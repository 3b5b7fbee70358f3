"""PgBouncer between the project and PostgreSQL: what its address has to say."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from .brokers import PrivateServer
from .stacks import USER, database_create, database_drop
from .template import run
from .test_migrations import migrate_at_once
from .test_statement_timeout import SHOW, shown
from .test_suites import need_servers

# It refuses to run as root.
UNPRIVILEGED = ["-u", "nobody"] if os.getuid() == 0 else []
SERVER = f"host=127.0.0.1 port=5432 user={USER}"
# As docs/notes/deployment.md has it.
LIMITS = (
    "SET statement_timeout = ''30s'';"
    " SET idle_in_transaction_session_timeout = ''30s''"
)
# Reads on, one row at a time, while another connection is in a transaction.
READ_ROWS = """
from django.contrib.auth import get_user_model
from django.db import connections

get_user_model().objects.all().delete()
for number in range(3):
    get_user_model().objects.create_user(email=f"{number}@example.com")
rows = get_user_model().objects.iterator(chunk_size=1)
next(rows)
other = connections.create_connection("default")
with other.cursor() as cursor:
    cursor.execute("BEGIN")
    print(len(list(rows)), "rows were left")
    cursor.execute("COMMIT")
"""


class PrivatePgBouncer(PrivateServer):
    """Lends a connection for the length of a transaction."""

    def command(self) -> list[str]:
        file = self.folder / "pgbouncer.ini"
        file.write_text(
            "[databases]\n"
            f"limited = {SERVER} dbname=postgres connect_query='{LIMITS}'\n"
            f"* = {SERVER}\n"
            "[pgbouncer]\n"
            f"listen_addr = 127.0.0.1\nlisten_port = {self.port}\n"
            "unix_socket_dir =\nauth_type = any\npool_mode = transaction\n"
        )
        return ["pgbouncer", *UNPRIVILEGED, str(file)]

    def answers(self) -> bool:
        # A question for TLS, which PostgreSQL's protocol answers with one letter.
        return self._says(b"\x00\x00\x00\x08\x04\xd2\x16\x2f", b"N")


@pytest.fixture
def address(tmp_path_factory) -> Iterator[str]:
    """The address of a new database by way of a PgBouncer."""
    if shutil.which("pgbouncer") is None:
        pytest.skip(
            "PgBouncer is not installed: nothing runs through it, in CI neither"
        )
    need_servers()
    name = f"bounced_{uuid4().hex[:8]}"
    direct = f"postgres://{USER}@127.0.0.1:5432/{name}"
    database_create(direct)
    # A folder that somebody who is not root may enter.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = PrivatePgBouncer(Path(folder))
        server.start()
        yield f"postgres://{USER}@127.0.0.1:{server.port}/{name}"
        server.stop()
    database_drop(direct)


def test_rows_are_read_through_it_with_cursors_of_the_client(default_project, address):
    def manage(*command: str, url: str) -> subprocess.CompletedProcess:
        program = (sys.executable, "manage.py", *command)
        return run(*program, cwd=default_project, DATABASE_URL=url)

    told = f"{address}?DISABLE_SERVER_SIDE_CURSORS=True"
    migrated = manage("migrate", "--verbosity", "0", url=told)
    assert migrated.returncode == 0, migrated.stderr

    read = manage("shell", "--verbosity", "0", "--command", READ_ROWS, url=told)
    assert read.stdout == "2 rows were left\n", read.stderr
    # Or the row that comes next is asked of a connection that knows no such cursor.
    failed = manage("shell", "--verbosity", "0", "--command", READ_ROWS, url=address)
    assert "InvalidCursorName" in failed.stderr


def test_two_that_migrate_at_once_take_turns_through_it(default_project, address):
    told = f"{address}?DISABLE_SERVER_SIDE_CURSORS=True"

    said = sorted(migrate_at_once(default_project, told), key=len)

    assert "No migrations to apply" in said[0]


def test_what_serves_asks_it_for_no_limit_and_takes_those_that_it_sets(
    default_project, address
):
    serves = f"import config.wsgi\n{SHOW}"
    server = address.rpartition("/")[0]

    def told(name: str) -> list[str]:
        url = f"{server}/{name}?DISABLE_SERVER_SIDE_CURSORS=True"
        return shown(default_project, serves, DATABASE_URL=url)

    assert told(address.rpartition("/")[2]) == ["0", "0"]
    assert told("limited") == ["30s", "30s"]
