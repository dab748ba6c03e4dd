#!/bin/bash
# A stand-in for the official image's entry point, after its documentation: makes the database on the first start from
# POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB, POSTGRES_INITDB_ARGS (or NAME_FILE) and POSTGRES_HOST_AUTH_METHOD, runs
# what lies in /docker-entrypoint-initdb.d, and becomes the server.
set -euo pipefail

setting() {
    local name=$1 fallback=${2:-} file=$1_FILE
    if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
        echo "$name and $file are both set: they exclude each other" >&2
        exit 1
    fi
    local value=${!name:-}
    [ -z "${!file:-}" ] || value=$(<"${!file}")
    export "$name=${value:-$fallback}"
    unset "$file"
}

run_sql() {
    psql --no-psqlrc --quiet --variable ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"
}

make_database() {
    if [ -z "$POSTGRES_PASSWORD" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
        echo "the database is not made yet, and POSTGRES_PASSWORD is not set" >&2
        exit 1
    fi
    # Arguments are words of a shell, as in the official image.
    eval "initdb --pgdata '$PGDATA' --username \"\$POSTGRES_USER\" --pwfile=<(printf '%s\n' \"\$POSTGRES_PASSWORD\") $POSTGRES_INITDB_ARGS"
    printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-$(postgres -C password_encryption "$@")}" \
        >>"$PGDATA/pg_hba.conf"
    export PGPASSWORD=$POSTGRES_PASSWORD
    pg_ctl --pgdata "$PGDATA" --wait start --options "$(printf '%q ' "$@" -c listen_addresses=)"
    if [ "$POSTGRES_DB" != postgres ]; then
        createdb --username "$POSTGRES_USER" --maintenance-db postgres "$POSTGRES_DB"
    fi
    local file
    for file in /docker-entrypoint-initdb.d/*; do
        case $file in
            *.sh)
                # shellcheck source=/dev/null
                if [ -x "$file" ]; then "$file"; else . "$file"; fi
                ;;
            *.sql) run_sql --file "$file" ;;
            *.sql.gz) gunzip --stdout "$file" | run_sql ;;
        esac
    done
    pg_ctl --pgdata "$PGDATA" --mode fast --wait stop
    unset PGPASSWORD
}

[ "${1:0:1}" != - ] || set -- postgres "$@"
if [ "$1" = postgres ]; then
    mkdir -p "$PGDATA"
    if [ "$(id -u)" = 0 ]; then
        chown -R postgres "$PGDATA" /var/run/postgresql
        exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
    fi
    chmod 700 "$PGDATA"
    setting POSTGRES_PASSWORD
    setting POSTGRES_USER postgres
    setting POSTGRES_DB "$POSTGRES_USER"
    setting POSTGRES_INITDB_ARGS
    [ -s "$PGDATA/PG_VERSION" ] || make_database "${@:2}"
fi
exec "$@"
