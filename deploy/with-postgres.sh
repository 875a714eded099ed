#!/usr/bin/env bash
# Runs a command with DATABASE_URL naming a throw-away PostgreSQL: deploy/with-postgres.sh COMMAND...
# It listens on a socket in a folder of its own and on no port, and is gone at the end. SERVERS=2 starts two, gw0 and gw1,
# of which DATABASE_URL names the first: each process of tests takes the one of its name (tests/settings.py).
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)")
[ -x "$bin/initdb" ] || { echo "PostgreSQL is missing. As root: apt-get install postgresql" >&2; exit 1; }

home=$(mktemp -d /tmp/alongside-pg.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    as=(runuser -u postgres --)
    chown postgres "$home"
fi

names=$(seq -f 'gw%g' 0 $((${SERVERS:-1} - 1)))

finish() {
    for name in $names; do
        "${as[@]}" "$bin/pg_ctl" --pgdata="$home/$name/data" --mode=immediate stop > /dev/null 2>&1 || true
    done
    rm -rf "$home"
}
trap finish EXIT

# Runs a command quietly, and shows what it said only where it failed.
quietly() { "$@" > "$home/said" 2>&1 || { cat "$home/said" >&2; exit 1; }; }

start() {
    local place=$home/$1
    quietly "${as[@]}" mkdir "$place"
    quietly "${as[@]}" "$bin/initdb" --pgdata="$place/data" --username=keeper --auth=trust --encoding=UTF8 --no-sync
    "${as[@]}" "$bin/pg_ctl" --pgdata="$place/data" --wait --silent --log="$place/log" --options="-c listen_addresses= \
        -c unix_socket_directories=$place -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off" \
        start || { cat "$place/log" >&2; exit 1; }
    # As in a real installation, the program's role is no superuser: row-level security has no effect on those.
    "${as[@]}" "$bin/createuser" --host="$place" --username=keeper --createdb --no-superuser alongside
    "${as[@]}" "$bin/createdb" --host="$place" --username=keeper --owner=alongside alongside
}

cd "$home" # runuser must be able to stand where it stands
for name in $names; do start "$name"; done
cd - > /dev/null
DATABASE_URL="postgresql://alongside@/alongside?host=$home/gw0" "$@"
