"""Two questions an orchestrator asks: is the process alive, may it get traffic?

What readiness asks stands in READINESS_CHECKS: a name for each configured part, and
the function that raises when the part does not answer.
"""

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = structlog.get_logger(__name__)

OK = "ok"
FAILED = "failed"
# Requests wait longer for a free connection than whoever probes would.
PATIENCE_SECONDS = 2


def check_database() -> None:
    pool = getattr(connection, "pool", None)
    if pool is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return
    pool.open()
    with pool.connection(timeout=PATIENCE_SECONDS) as database:
        database.execute("SELECT 1")


def check_cache() -> None:
    # The cache swallows its errors so that requests go on without it. A write and a
    # read of the same value tell the truth all the same.
    cache.set("health", OK, timeout=10)
    if cache.get("health") != OK:
        raise ConnectionError("the cache did not return what was written")


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers; asks no other part, so that none of them
    can make an orchestrator restart a healthy process."""
    return JsonResponse({"status": OK})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when every configured part answers, 503 naming those that do not.

    The reason goes to the log alone: the endpoint is open to anyone.
    """
    parts = {
        name: _outcome(name, path) for name, path in settings.READINESS_CHECKS.items()
    }
    failed = FAILED in parts.values()
    return JsonResponse(
        {"status": FAILED if failed else OK, "parts": parts},
        status=503 if failed else 200,
    )


def _outcome(name: str, path: str) -> str:
    try:
        import_string(path)()
    except Exception:
        logger.exception("health_check_failed", part=name)
        return FAILED
    return OK
