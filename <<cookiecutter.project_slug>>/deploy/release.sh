#!/bin/sh
# Bring a version of the image into service without losing a request.
#
#   deploy/release.sh IMAGE
#
# It runs on the machine that serves, in any folder; beside deploy/ lie
# compose.production.yaml and .env.production (ENV_FILE names another). The first
# release on an empty machine is the same command. IMAGE is a name with the tag of one
# version, and is pulled unless it is there.
#
# Exit status 0: IMAGE serves, and .env.production names it. Anything else: what served
# before still does, or does again, and the reason was said. Migrations stay: they must
# suit the version before as well. Going back to a version is a release of it.
set -eu

image=${1:?usage: deploy/release.sh IMAGE}
patience=${RELEASE_WAIT_SECONDS:-180}
cd "$(dirname "$0")/.."
export ENV_FILE="${ENV_FILE:-.env.production}"

say() { echo "release: $*"; }

compose() { sh deploy/compose.sh "$@"; }

start() { compose up --detach --no-deps --wait --wait-timeout "$patience" "$@"; }

# Write the image into the settings, which keep their owner and mode.
name_image() {
    settings=$(sed "s|^IMAGE=.*|IMAGE=$1|" "$ENV_FILE")
    printf '%s\n' "$settings" >"$ENV_FILE"
}

# While there is a proxy. Whoever chose this web a moment ago gets there first.
take_out() {
    [ -z "$(compose ps --quiet proxy)" ] && return
    compose exec -T proxy sh -c "mkdir -p /tmp/out && touch /tmp/out/$1"
    sleep 2
}

let_in() {
    [ -z "$(compose ps --quiet proxy)" ] && return
    compose exec -T proxy rm -f "/tmp/out/$1"
}

replace() {
    take_out "$1" &&
        start "$1" &&
        compose exec -T "$1" python docker/healthcheck.py ready &&
        let_in "$1"
}

# % if cookiecutter.use_celery
# A worker that is told to stop takes no new task and ends those it has.
replace_background() { start worker beat; }

# % endif
# The web that failed first: the other one serves meanwhile.
go_back() {
    say "$image does not come up: back to ${previous:-nothing, since nothing served}"
    compose logs --tail 20 "$1"
    [ -n "$previous" ] || exit 1
    name_image "$previous"
    [ "$1" = web-b ] && order="web-b web-a" || order="web-a web-b"
    for web in $order; do replace "$web"; done
    # % if cookiecutter.use_celery
    replace_background
    # % endif
    say "$previous serves as before"
    exit 1
}

docker image inspect "$image" >/dev/null 2>&1 || docker pull "$image"
previous=$(compose ps --quiet web-a | xargs -r docker inspect --format '{{.Config.Image}}')

say "servers"
start --no-recreate postgres redis
# % if cookiecutter.use_celery
start --no-recreate rabbitmq
# % endif
start --no-recreate backup

say "migrations of $image"
IMAGE=$image compose run --rm --no-deps -T migrate

name_image "$image"
for web in web-a web-b; do
    say "$web"
    replace "$web" || go_back "$web"
done
# % if cookiecutter.use_celery
say "worker and beat"
replace_background || go_back worker
# % endif
say "proxy"
start --no-recreate proxy
say "$image serves"
