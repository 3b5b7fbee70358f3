#!/bin/sh
# Dumps of the database, in a container of their own: compose.production.yaml.
#
#   backup.sh daily    whenever the last one is a day old
#   backup.sh once     now; prints its name
#   backup.sh check    fails when the last one is older than it should be
#
# pg_dump's variables say which database; of the dumps the last KEEP stay.
set -eu
umask 077
cd /var/lib/postgresql/data

DAY_MINUTES=1440
LATE_MINUTES=1560

younger_than() { find . -name '*.dump' -mmin "-$1" | grep -q .; }

dump() {
    name=$(date -u +%Y-%m-%dT%H-%M-%SZ).dump
    # One that was cut short never looks like a dump.
    pg_dump --format=custom --file="$name.part"
    mv "$name.part" "$name"
    find . -name '*.dump' | sort -r | tail -n "+$((KEEP + 1))" | xargs -r rm
    echo "$name"
}

case $1 in
daily)
    while :; do
        younger_than $DAY_MINUTES || dump || echo "the database was not dumped" >&2
        sleep 300
    done
    ;;
once) dump ;;
check) younger_than $LATE_MINUTES ;;
esac
