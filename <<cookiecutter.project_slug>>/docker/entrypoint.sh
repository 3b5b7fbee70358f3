#!/bin/sh
# The roles of the image: docker run IMAGE ROLE. Anything else is run as it is.
# `migrate ROLE` is both, one after the other, for hosts that run one container alone.
# What serves becomes process 1: it gets the signals, and ends what is under way first.
set -eu

role=${1:-web}

case $role in
web)
    # Threads wait for the database together; heartbeats stay in memory.
    if [ -n "${METRICS_TOKEN:-}" ]; then
        # Where the workers add up what they count.
        PROMETHEUS_MULTIPROC_DIR=$(mktemp -d)
        export PROMETHEUS_MULTIPROC_DIR
    fi
    exec gunicorn config.wsgi \
        --bind "0.0.0.0:${PORT:-8000}" \
        --worker-class gthread \
        --workers "${WEB_CONCURRENCY:-2}" \
        --threads "${WEB_THREADS:-4}" \
        --worker-tmp-dir /dev/shm \
        --no-control-socket
    ;;
migrate)
    # Before the web of a release starts; two at once take turns. Roles are
    # synchronised by migrate itself.
    python manage.py wait_for_services database
    python manage.py migrate --noinput
    if [ -n "${DJANGO_SUPERUSER_EMAIL:-}" ] && [ -n "${DJANGO_SUPERUSER_PASSWORD:-}" ]; then
        python manage.py ensure_superuser
    fi
    shift
    if [ $# -gt 0 ]; then
        exec sh "$0" "$@"
    fi
    ;;
# % if cookiecutter.use_celery
worker)
    exec celery --app config worker --concurrency "${WORKER_CONCURRENCY:-2}"
    ;;
beat)
    exec celery --app config beat
    ;;
all)
    # Web, worker and beat, for hosts that run one container alone.
    exec supervisord --configuration deploy/supervisord.conf
    ;;
# % endif
*)
    exec "$@"
    ;;
esac
