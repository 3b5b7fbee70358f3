#!/bin/sh
# Does an image start?  scripts/smoke.sh IMAGE
#
# In production settings, read-only, on the servers of this machine that DATABASE_URL
# and its like name, with secrets that are forgotten afterwards. Needs Linux.
set -eu

image=$1
port=${SMOKE_PORT:-8000}
role=web
# % if cookiecutter.use_celery
# With what it does in the background.
role=all
# % endif
container=smoke-$$
variables=$(mktemp)

clean_up() {
    docker rm --force --volumes "$container" >/dev/null 2>&1 || true
    rm -f "$variables"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

secret() {
    od -A n -t x1 -N 32 /dev/urandom | tr -d ' \n'
}

# A name alone hands on the value that it has here.
printf '%s\n' \
    "SECRET_KEY=$(secret)" \
    "JWT_SIGNING_KEY=$(secret)" \
    ALLOWED_HOSTS=localhost \
    FRONTEND_URL=http://localhost \
    EMAIL_URL=smtp://localhost:1025 \
    SECURE_SSL_REDIRECT=False \
    "PORT=$port" \
    DATABASE_URL \
    CACHE_URL >"$variables"

# % if cookiecutter.use_celery
echo CELERY_BROKER_URL >>"$variables"

# % endif
run() {
    docker run --network host --env-file "$variables" --read-only --tmpfs /tmp "$@"
}

ready() {
    curl --fail --silent "http://localhost:$port/health/ready/" || return 1
    # % if cookiecutter.use_celery
    docker exec "$container" python -m apps.background.probes worker || return 1
    docker exec "$container" python -m apps.background.probes beat || return 1
    # % endif
}

run --rm "$image" migrate
run --detach --name "$container" "$image" "$role" >/dev/null

tries=60
until ready >/dev/null 2>&1; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
        docker logs --tail 100 "$container"
        echo "The image does not get ready." >&2
        exit 1
    fi
    sleep 1
done
echo "$image is ready as $role."
