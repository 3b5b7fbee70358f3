"""What each server is told: the environment of the baked project and of its peers."""

import secrets
from dataclasses import dataclass, field

from tests.template import ROOT

from .servers import THREADS, Server

# Servers of the cached project that lack something, and what it is.
WITHOUT = {
    "no-log": "log",
    "no-headers": "headers",
    "no-sessions": "sessions",
    "no-limits": "limits",
    "no-parts": "log,headers,sessions,limits",
}


def _secrets() -> dict[str, str]:
    names = ("SECRET_KEY", "JWT_SIGNING_KEY")
    return {name: secrets.token_urlsafe(48) for name in names}


@dataclass(frozen=True)
class Environments:
    """One set of secrets for all, so that one token serves everywhere."""

    redis: str
    secrets: dict[str, str] = field(default_factory=_secrets)

    def project(
        self, database: str, *, cached: bool = False, without: str = ""
    ) -> dict[str, str]:
        """The baked project in production, with or without its read cache.

        `without` leaves out parts that `peers/nexus.py` names.
        """
        return {
            **self.secrets,
            "DJANGO_SETTINGS_MODULE": "benchmarks.peers.nexus",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": database,
            "DATABASE_POOL_MAX_SIZE": str(THREADS),
            "CACHE_URL": self.redis,
            "READ_CACHE_SECONDS": "300" if cached else "0",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "False",
            # Required, and never spoken to.
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "FRONTEND_URL": "https://example.com",
            "CELERY_BROKER_URL": "amqp://127.0.0.1:1//",
            "WITHOUT": without,
        }

    def plain(self, database: str) -> dict[str, str]:
        """Django for plain Celery, with a pool as large as the project's."""
        return {**self._django(database), "PEER": "plain_celery", "POOL": str(THREADS)}

    def servers(self, database: str) -> list[Server]:
        """The baked project and its peers, on one database."""
        django = self._django(database)
        pool = {"POOL": str(THREADS)}
        return [
            Server("nexus", self.project(database)),
            Server("cached", self.project(database, cached=True)),
            *(
                Server(name, self.project(database, cached=True, without=parts))
                for name, parts in WITHOUT.items()
            ),
            Server("drf", {**django, "PEER": "drf", "CONN_MAX_AGE": "0"}),
            Server("drf-persistent", {**django, "PEER": "drf", "CONN_MAX_AGE": "60"}),
            Server("ninja", {**django, "PEER": "ninja", **pool}),
            Server("fastapi", {**self._shared(database), **pool}),
            Server("bare", {**django, "PEER": "bare", **pool}),
            Server("graphene", {**django, "PEER": "plain_graphene", **pool}),
        ]

    def _shared(self, database: str) -> dict[str, str]:
        return {**self.secrets, "PYTHONPATH": str(ROOT), "DATABASE_URL": database}

    def _django(self, database: str) -> dict[str, str]:
        settings = "benchmarks.peers.settings"
        return {**self._shared(database), "DJANGO_SETTINGS_MODULE": settings}
