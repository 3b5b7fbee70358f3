"""What a worker does besides working: declare the topology, show that it is alive."""

from celery import bootsteps

from . import probes, topology

_BEAT_SECONDS = 10


class TopologyStep(bootsteps.StartStopStep):
    """Declares exchanges and queues whenever a worker gets its connection."""

    requires = ("celery.worker.consumer.connection:Connection",)

    def start(self, parent) -> None:
        topology.declare(parent.connection)


class AliveStep(bootsteps.StartStopStep):
    """Touches the probe's file from the loop that fetches messages."""

    requires = ("celery.worker.components:Timer",)

    def start(self, parent) -> None:
        probes.touch("worker")
        parent.timer.call_repeatedly(_BEAT_SECONDS, probes.touch, ("worker",))
