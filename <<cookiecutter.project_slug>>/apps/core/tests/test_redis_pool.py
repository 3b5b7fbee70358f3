"""Connections to Redis: kept ready between commands, and never a broken one."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from django.conf import settings
from django.core.cache import caches
from redis.backoff import NoBackoff
from redis.retry import Retry

from apps.core.redis_pool import ConnectionPool


@pytest.fixture
def pool():
    location = settings.CACHES["throttle"].get("LOCATION")
    if location is None:
        pytest.skip("needs Redis: set CACHE_URL")
    # No second try may hide what goes wrong with the first.
    once = Retry(NoBackoff(), retries=0)
    pool = ConnectionPool.from_url(location, max_connections=2, retry=once)
    yield pool
    pool.disconnect()


@pytest.fixture
def client(pool):
    return redis.Redis(connection_pool=pool)


@pytest.fixture
def other(pool):
    """A client of the same Redis whose connections are not of that pool."""
    with redis.Redis.from_url(settings.CACHES["throttle"]["LOCATION"]) as other:
        yield other


def test_the_next_command_takes_what_the_last_one_left(client, monkeypatch):
    first = client.client_id()
    monkeypatch.delattr(redis.ConnectionPool, "get_connection")

    assert client.client_id() == first


def test_the_caches_use_it(pool):
    used = {name: caches[name].client.get_client() for name in ("default", "throttle")}

    assert {type(client.connection_pool) for client in used.values()} == {type(pool)}


def test_a_connection_that_the_server_closed_is_not_used(client, other):
    closed = client.client_id()
    other.client_kill_filter(_id=closed)

    assert client.client_id() != closed


def test_an_answer_that_nobody_read_reaches_nobody_else(client, pool):
    connection = pool.get_connection()
    connection.send_command("ECHO", "for somebody else")
    assert connection.can_read(timeout=5)
    pool.release(connection)

    assert client.echo("for us") == b"for us"


def test_there_are_never_more_than_the_limit(pool):
    for connection in [pool.get_connection() for _ in range(pool.max_connections)]:
        pool.release(connection)
    taken = [pool.get_connection() for _ in range(pool.max_connections)]

    with pytest.raises(redis.exceptions.MaxConnectionsError):
        pool.get_connection()
    for connection in taken:
        pool.release(connection)


def test_threads_do_not_share_a_connection(client, pool):
    taken = pool.get_connection()
    with ThreadPoolExecutor(1) as elsewhere:
        their_id = elsewhere.submit(client.client_id).result()

    taken.send_command("CLIENT", "ID")
    assert taken.read_response() != their_id
    pool.release(taken)


def test_a_forked_process_has_connections_of_its_own(client, monkeypatch):
    before = client.client_id()
    monkeypatch.setattr(os, "getpid", os.getppid)

    assert client.client_id() != before


def test_closing_it_closes_what_is_ready(pool):
    connection = pool.get_connection()
    pool.release(connection)
    pool.disconnect()

    assert not connection.is_connected
