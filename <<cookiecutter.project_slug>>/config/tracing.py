"""Traces by OpenTelemetry, off until OTEL_EXPORTER_OTLP_ENDPOINT is set.

Each process that serves starts them for itself, once it is the process it will be: a
thread that sends does not survive a fork. OpenTelemetry reads more variables of its
own, OTEL_SERVICE_NAME and OTEL_TRACES_SAMPLER among them:
https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
"""

from django.utils.module_loading import import_string

from config import env

_INSTRUMENTORS = [
    "opentelemetry.instrumentation.psycopg.PsycopgInstrumentor",
    "opentelemetry.instrumentation.redis.RedisInstrumentor",
    # % if cookiecutter.use_celery
    "opentelemetry.instrumentation.celery.CeleryInstrumentor",
    # % endif
]


def start(role: str) -> None:
    """Trace requests, queries and the rest of this process from now on."""
    if not env.OTEL_EXPORTER_OTLP_ENDPOINT:
        return
    # Here, so that nobody pays for them who does not use them.
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    name = f"<< cookiecutter.project_slug >>-{role}"
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument(request_hook=_leave_out_query)
    for path in _INSTRUMENTORS:
        import_string(path)().instrument()


def _leave_out_query(span, request) -> None:
    """Signed links carry their secret there."""
    span.set_attribute("http.target", request.path)
