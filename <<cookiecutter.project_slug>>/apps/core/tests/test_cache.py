"""Generations and stampedes."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import transaction

from apps.core.cache import generation, generation_bump, generation_time, remember


@pytest.mark.django_db(transaction=True)
def test_a_commit_begins_a_new_generation():
    before = generation("things")
    with transaction.atomic():
        generation_bump("things")
        assert generation("things") == before

    assert generation("things") not in (before, None)
    assert generation("others") != generation("things")


@pytest.mark.django_db(transaction=True)
def test_a_rollback_does_not():
    before = generation("things")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        generation_bump("things")
        1 / 0

    assert generation("things") == before


def test_an_emptied_cache_never_repeats_a_generation():
    before = generation("things")
    cache.delete("generation:things")

    assert generation("things") != before


def test_a_generation_knows_when_it_began():
    assert generation_time(generation("things")) == pytest.approx(time.time(), abs=60)


def test_a_value_is_computed_once_and_again_when_it_is_due():
    values = iter(range(9))

    def get(timeout):
        return remember("numbers", lambda: next(values), timeout=timeout)

    assert [get(60), get(60)] == [0, 0]
    cache.delete("numbers")
    assert [get(-1), get(60), get(60)] == [1, 2, 2]


def test_a_stampede_computes_once():
    computed = []

    def compute():
        computed.append(threading.get_ident())
        time.sleep(0.2)
        return "value"

    with ThreadPoolExecutor(50) as pool:
        got = list(pool.map(lambda _: remember("slow", compute, timeout=60), range(50)))

    assert set(got) == {"value"}
    assert len(computed) == 1


def test_the_old_value_serves_while_the_new_one_is_computed():
    remember("slow", lambda: "old", timeout=-1)
    cache.add("slow:lock", True, 30)

    assert remember("slow", lambda: "new", timeout=60) == "old"


def test_whoever_waits_computes_when_the_other_failed():
    cache.add("slow:lock", True, 30)
    threading.Timer(0.1, cache.delete, ["slow:lock"]).start()

    assert remember("slow", lambda: "mine", timeout=60) == "mine"


def test_a_failure_holds_no_lock():
    with pytest.raises(ZeroDivisionError):
        remember("slow", lambda: 1 / 0, timeout=60)

    assert remember("slow", lambda: "fine", timeout=60) == "fine"
