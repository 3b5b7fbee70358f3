#!/bin/sh
# Put a dump in the place of the production database: deploy/restore.sh FILE
#
# The site serves until the dump is in. What was there before is kept as the database
# `replaced`, until the next time.
set -eu

dump=$(realpath "${1:?usage: deploy/restore.sh FILE}")
cd "$(dirname "$0")/.."

application="web-a web-b"
# % if cookiecutter.use_celery
application="$application worker beat"
# % endif

compose() { sh deploy/compose.sh "$@"; }
postgres() { compose exec -T postgres "$@"; }
sql() { postgres psql --username=app --dbname=postgres --quiet --set ON_ERROR_STOP=1 "$@"; }

compose start postgres redis
sql --command "DROP DATABASE IF EXISTS restored WITH (FORCE)" \
    --command "CREATE DATABASE restored"
postgres pg_restore --username=app --dbname=restored --no-owner --exit-on-error <"$dump"

# shellcheck disable=SC2086 # a list of services
compose stop $application
sql --command "DROP DATABASE IF EXISTS replaced WITH (FORCE)" \
    --command "ALTER DATABASE app RENAME TO replaced" \
    --command "ALTER DATABASE restored RENAME TO app"
# What was remembered of the other database.
compose exec -T redis redis-cli flushall
# A dump may be older than the code.
compose run --rm --no-deps -T migrate
# shellcheck disable=SC2086 # a list of services
compose start $application proxy
echo "restored $(basename "$dump")"
