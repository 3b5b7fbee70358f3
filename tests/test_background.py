"""Background work under faults: a real broker, real workers, real HTTP.

What is promised happens once, whoever dies in between.
"""

import random
import re
import sys
import time
from collections import Counter

import pytest
import requests

from .stacks import BEAT, PATIENCE_SECONDS, WORKER, eventually
from .template import run
from .test_live import GUNICORN, serving

PASSWORD = "correct-horse-battery"


def test_every_effect_once_while_workers_and_broker_die(stack):
    count, kills, stops = 2000, 20, 3
    chance = random.Random(7)
    stack.start(*BEAT)
    workers = [stack.start(*WORKER) for _ in range(2)]
    recorder = stack.start("manage.py", "promise", str(count), "--pause=0.02")

    for number in range(kills):
        time.sleep(chance.uniform(1, 3))
        if number % (kills // stops) == 3:
            stack.broker.stop()
            time.sleep(1)
            stack.broker.start()
        stack.kill(workers.pop(0))
        workers.append(stack.start(*WORKER))
    assert recorder.wait(timeout=PATIENCE_SECONDS) == 0

    def done() -> bool:
        # Whoever was killed with it four times lies among the dead letters.
        stack.manage("tasks", "requeue")
        time.sleep(2)
        return len([number for number in stack.effects() if number >= 0]) == count

    eventually(done, "not every effect happened")
    stack.end_all()
    effects = stack.effects()
    assert effects.pop(-1) > 0
    assert effects == Counter(range(count))


def test_without_broker_or_redis_requests_are_answered_and_the_work_waits(stack):
    mails = stack.project.parent / "mails"
    stack.start(*WORKER)
    stack.start(*BEAT)
    log = stack.project.parent / "web"

    with serving(stack.project, log, server=GUNICORN, **stack.environment) as url:
        for name, server in (("rabbitmq", stack.broker), ("redis", stack.redis)):
            server.stop()
            address = f"{name}@example.com"
            answer = requests.post(
                f"{url}/api/v1/auth/register/",
                json={"email": address, "password": PASSWORD},
                timeout=30,
            )
            assert answer.status_code == 202
            server.start()

            def arrived(address=address) -> bool:
                return any(address in mail.read_text() for mail in mails.glob("*"))

            eventually(arrived, f"no e-mail after {name} came back")


@pytest.mark.parametrize("service", ["poison_take", "hour_wait"])
def test_what_kills_its_worker_or_hangs_is_put_aside_and_can_go_again(stack, service):
    trap = stack.project.parent / "trap"
    trap.touch()
    stack.start(*WORKER)
    stack.start(*BEAT)
    stack.manage("promise", "1", f"--service=chaos.{service}")

    def failed() -> bool:
        return (
            stack.query(
                "SELECT error FROM background_outboxmessage WHERE failed_at IS NOT NULL"
            )
            != []
        )

    eventually(failed, "the message was not put aside")
    assert re.search(r"failed +1\n", stack.manage("tasks", "status"))
    assert "message_failed" in stack.log()
    # The worker that it went through works on.
    ticks = stack.effects()[-1]
    eventually(lambda: stack.effects()[-1] > ticks, "the worker is dead")

    trap.unlink()
    assert stack.manage("tasks", "requeue").startswith("1 messages")

    eventually(lambda: stack.effects()[0] == 1, "the message did not go again")


def test_of_two_beats_one_works_until_it_dies(stack):
    stack.start(*WORKER)
    first = stack.start(*BEAT, log="first")
    eventually(lambda: stack.effects()[-1] > 0, "the first beat does not tick")
    stack.start(*BEAT, log="second")
    eventually(lambda: "beat: Starting" in stack.log("second"), "no second beat")
    ticks = stack.effects()[-1]
    eventually(lambda: stack.effects()[-1] > ticks + 5, "the first beat stopped")
    assert "Sending due task" not in stack.log("second")

    stack.kill(first)

    eventually(lambda: "Sending due task" in stack.log("second"), "nobody took over")


def test_probes_tell_who_lives(stack):
    def alive(role: str) -> bool:
        command = (sys.executable, "-m", "apps.background.probes", role)
        return run(*command, cwd=stack.project, **stack.environment).returncode == 0

    assert not alive("worker")
    assert not alive("beat")

    stack.start(*WORKER)
    stack.start(*BEAT)

    eventually(lambda: alive("worker") and alive("beat"), "a probe fails")


def test_the_topology_is_declared_by_one_command_that_can_be_repeated(stack):
    for _ in range(2):
        assert "are there" in stack.manage("tasks", "declare")

    shown = stack.manage("tasks", "status")
    for queue in ("default", "mail", "long", "dead"):
        assert re.search(rf"  {queue} +0\n", shown)
