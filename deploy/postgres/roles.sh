#!/bin/sh
# Makes the roles and schemas of one database, and sets the roles' passwords: all or, when one is missing, none.
# Where the database is comes by psql's own variables (PGHOST, PGUSER, PGDATABASE); each password as NAME or NAME_FILE.
set -eu

for name in POSTGRES INTAKE DISPATCH FIELD_SERVICE INVENTORY BILLING FEEDBACK CONSOLE; do
    [ "$name" = POSTGRES ] || name=MENDLOOP_$name
    name=${name}_PASSWORD
    file=$(printenv "${name}_FILE" || true)
    if [ -n "$file" ]; then value=$(cat "$file"); else value=$(printenv "$name" || true); fi
    [ -n "$value" ] || { echo "$name is not set, nor is ${name}_FILE" >&2; exit 1; }
    export "$name=$value"
done
PGPASSWORD=$POSTGRES_PASSWORD exec psql --no-psqlrc --quiet --file "$(dirname "$0")/roles.sql"
