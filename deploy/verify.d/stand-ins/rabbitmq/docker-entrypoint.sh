#!/bin/bash
# A stand-in for the official image's entry point, after its documentation. RABBITMQ_DEFAULT_USER, _PASS and _VHOST are read
# by the server itself; passwords from files by these variables the official image has given up, and refuses.
set -euo pipefail

for name in RABBITMQ_DEFAULT_USER_FILE RABBITMQ_DEFAULT_PASS_FILE; do
    if [ -n "${!name:-}" ]; then
        echo "$name is set, and is not read any more: use a file in /etc/rabbitmq/conf.d" >&2
        exit 1
    fi
done
if [ "$(id -u)" = 0 ]; then
    chown -R rabbitmq /var/lib/rabbitmq
    exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups "$0" "$@"
fi
cookie=/var/lib/rabbitmq/.erlang.cookie
if [ -n "${RABBITMQ_ERLANG_COOKIE:-}" ] && [ ! -e $cookie ]; then
    (umask 077 && printf '%s' "$RABBITMQ_ERLANG_COOKIE" >$cookie)
fi
exec "$@"
