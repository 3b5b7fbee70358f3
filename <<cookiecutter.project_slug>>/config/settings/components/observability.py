"""Metrics and error reports, each off until its variable is set.

Traces start with the processes that make them: config/tracing.py.
"""

from config import env
from config.settings.components.middleware import MIDDLEWARE

METRICS_TOKEN = env.METRICS_TOKEN
# What /metrics shows besides requests: classes that prometheus_client can collect.
METRICS_COLLECTORS: list[str] = []

if env.METRICS_TOKEN:
    # The first sees every request, the last knows which view answers.
    MIDDLEWARE.insert(0, "django_prometheus.middleware.PrometheusBeforeMiddleware")
    MIDDLEWARE.append("django_prometheus.middleware.PrometheusAfterMiddleware")

if env.SENTRY_DSN:
    import sentry_sdk

    from apps.core.reports import prepared

    sentry_sdk.init(
        env.SENTRY_DSN,
        before_send=prepared,
        # Bodies and variables hold what people typed: passwords as well.
        max_request_body_size="never",
        include_local_variables=False,
        send_default_pii=False,
    )
