"""Connections to Redis that go from one command straight to the next.

Around every command redis-py's pool locks, counts for metrics and prepares to connect:
a third of what a short command costs.
"""

import redis
from redis.connection import Connection


class ConnectionPool(redis.ConnectionPool):
    """redis-py's own, with open connections kept ready in front of it.

    It goes on limiting and closing them, since for it they are in use.
    """

    _ready: list[Connection]

    def reset(self) -> None:
        """Start afresh: when it is made, and after a fork, which shares no sockets."""
        self._ready = []
        super().reset()

    def get_connection(self, *args, **kwargs) -> Connection:
        self._checkpid()
        try:
            connection = self._ready.pop()
        except IndexError:
            return super().get_connection(*args, **kwargs)
        if _usable(connection):
            return connection
        connection.disconnect()
        super().release(connection)
        return super().get_connection(*args, **kwargs)

    def release(self, connection) -> None:
        self._checkpid()
        if self.owns_connection(connection) and not connection.should_reconnect():
            self._ready.append(connection)
        else:
            super().release(connection)


def _usable(connection: Connection) -> bool:
    """Tell whether it is open, and no answer is left in it from before."""
    try:
        return connection.is_connected and not connection.can_read()
    except redis.RedisError:
        return False
