"""The queues on RabbitMQ, and where what fails ends.

Queues cannot be redeclared with other arguments: change a name along with them.
"""

from typing import Any

from kombu import Connection, Exchange, Queue

DEFAULT, MAIL, LONG, DEAD = "default", "mail", "long", "dead"
# Deliveries of one message before it is taken for poison: 1 and this many more.
DELIVERY_LIMIT = 3

# Delayed delivery, for retries, works through topic exchanges alone.
EXCHANGE = Exchange("tasks", type="topic")
DEAD_EXCHANGE = Exchange("tasks.dead", type="fanout")


def _queue(name: str) -> Queue:
    return Queue(
        name,
        EXCHANGE,
        routing_key=name,
        queue_arguments={
            # Replicated and on disk; counts how often a message was delivered.
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-dead-letter-exchange": DEAD_EXCHANGE.name,
            # A message leaves its queue only once the next one has it.
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        },
    )


QUEUES = [_queue(name) for name in (DEFAULT, MAIL, LONG)]
DEAD_QUEUE = Queue(DEAD, DEAD_EXCHANGE, queue_arguments={"x-queue-type": "quorum"})


def declare(connection: Connection) -> None:
    """Make exchanges and queues where they are missing. Safe to repeat."""
    with connection.channel() as channel:
        for queue in (DEAD_QUEUE, *QUEUES):
            queue(channel).declare()


def depths(connection: Connection) -> dict[str, int]:
    """Return how many messages wait in each queue."""
    with connection.channel() as channel:
        found = {}
        for queue in (*QUEUES, DEAD_QUEUE):
            # The stubs take it for the queue's name.
            answer: Any = queue(channel).queue_declare(passive=True)
            found[queue.name] = answer.message_count
        return found
