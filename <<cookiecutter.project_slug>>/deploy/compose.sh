#!/bin/sh
# Docker Compose for the stack of compose.production.yaml: deploy/compose.sh logs web-a
# Its settings stand in .env.production, or in the file that ENV_FILE names.
set -eu
cd "$(dirname "$0")/.."
export ENV_FILE="${ENV_FILE:-.env.production}"
exec docker compose --env-file "$ENV_FILE" --file compose.production.yaml "$@"
