#!/bin/sh
# Docker Compose for the stack of compose.production.yaml: deploy/compose.sh logs web-a
# Its settings stand in .env.production, or in the file that ENV_FILE names.
#
#   deploy/compose.sh restart SERVICE...   as it is, whether it runs or not
#   deploy/compose.sh start SERVICE...     one that was stopped, until it is healthy
set -eu
cd "$(dirname "$0")/.."
export ENV_FILE="${ENV_FILE:-.env.production}"
if [ "${1:-}" = start ]; then
    # Compose's own would miss the container of migrate, which went when it was done.
    shift
    : "${1:?usage: deploy/compose.sh start SERVICE...}"
    set -- up --detach --wait --no-deps --no-recreate "$@"
fi
exec docker compose --env-file "$ENV_FILE" --file compose.production.yaml "$@"
