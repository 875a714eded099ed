#!/usr/bin/env bash
# Runs a command with DATABASE_URL naming a throw-away PostgreSQL: deploy/with-postgres.sh COMMAND...
# It listens on a socket in a folder of its own and on no port, and is gone at the end.
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

finish() {
    "${as[@]}" "$bin/pg_ctl" --pgdata="$home/data" --mode=immediate stop > /dev/null 2>&1 || true
    rm -rf "$home"
}
trap finish EXIT

cd "$home" # runuser must be able to stand where it stands
"${as[@]}" "$bin/initdb" --pgdata="$home/data" --username=keeper --auth=trust --encoding=UTF8 --no-sync \
    > "$home.log" 2>&1 || { cat "$home.log" >&2; rm -f "$home.log"; exit 1; }
rm -f "$home.log"
"${as[@]}" "$bin/pg_ctl" --pgdata="$home/data" --wait --silent --log="$home/log" --options="-c listen_addresses= \
    -c unix_socket_directories=$home -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off" start \
    || { cat "$home/log" >&2; exit 1; }
# As in a real installation, the program's role is no superuser: row-level security has no effect on those.
"${as[@]}" "$bin/createuser" --host="$home" --username=keeper --createdb --no-superuser alongside
"${as[@]}" "$bin/createdb" --host="$home" --username=keeper --owner=alongside alongside
cd - > /dev/null
DATABASE_URL="postgresql://alongside@/alongside?host=$home" "$@"
