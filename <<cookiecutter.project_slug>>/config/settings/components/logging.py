"""Structured logs: readable where people read them, JSON where machines do.

Every line carries the request id and, once it is known, the user's; secrets are masked.
Each settings module chooses its format.
"""

import logging
import sys

import structlog

from apps.core.logging import as_json, mask_secrets
from config import env

_SHARED_PROCESSORS: list[structlog.types.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]
# Exceptions reach it as text, masked already, so it needs no formatter of its own.
_CONSOLE = structlog.dev.ConsoleRenderer(
    colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
)


def logging_config(log_format: str) -> dict:
    """Return Django's LOGGING for one of the two formats."""
    renderers: dict[str, list[structlog.types.Processor]] = {
        "console": [_CONSOLE],
        "json": [structlog.processors.JSONRenderer(as_json)],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            log_format: {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED_PROCESSORS,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    mask_secrets,
                    *renderers[log_format],
                ],
            },
        },
        "handlers": {
            "stream": {"class": "logging.StreamHandler", "formatter": log_format},
        },
        "root": {"handlers": ["stream"], "level": env.LOG_LEVEL},
        "loggers": {
            # django-structlog writes one line a request; these would repeat it.
            "django.server": {"level": "WARNING", "propagate": True, "handlers": []},
            "django.request": {"level": "ERROR"},
            # % if cookiecutter.use_celery
            # And two a task: its name when it starts, the outcome when it ends.
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            # % endif
        },
    }


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_SHARED_PROCESSORS,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

# One line a request is enough; the other one helps when requests hang.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
# The id was checked, or made, by apps.core.middleware.RequestIDMiddleware.
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
# It would believe whatever address the caller wrote into X-Forwarded-For.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
