# shellcheck shell=bash disable=SC2034,SC2154
# Secrets, by environment and by file, and the look-out for them.

# The variable of .env, and the file of deploy/new-secrets.
secret_names=(POSTGRES_PASSWORD:postgres RABBITMQ_PASSWORD:rabbitmq RABBITMQ_SERVICES_PASSWORD:services MENDLOOP_INTAKE_PASSWORD:intake
    MENDLOOP_DISPATCH_PASSWORD:dispatch MENDLOOP_FIELD_SERVICE_PASSWORD:field_service MENDLOOP_INVENTORY_PASSWORD:inventory
    MENDLOOP_BILLING_PASSWORD:billing MENDLOOP_FEEDBACK_PASSWORD:feedback MENDLOOP_CONSOLE_PASSWORD:console
    MENDLOOP_LINK_SECRET:links MENDLOOP_JWT_SECRET:tokens)

use_environment_secrets() {
    "$root/deploy/new-secrets" "$scratch/secrets"
    overlays
    write_env 1
    local name
    for name in "${secret_names[@]}"; do
        printf '%s=%s\n' "${name%%:*}" "$(cat "$scratch/secrets/${name##*:}")"
    done >>"$scratch/env"
}

# The required lines are there, and empty. The clock goes on: a backup of the stack before is restored.
use_secret_files() {
    local epoch
    epoch=$(sed -n 's/^VERIFY_EPOCH=//p' "$scratch/env")
    overlays deploy/compose.secrets.yml
    write_env 1 "$epoch"
}

use_two_copies() {
    overlays deploy/compose.secrets.yml deploy/compose.two-copies.yml
    write_env 2
}

use_tls() {
    [ -e "$root/deploy/tls/certificates" ] || : >"$scratch/made-certificates"
    "$root/deploy/tls/new-certificates"
    overlays deploy/compose.secrets.yml deploy/compose.tls.yml
    write_env 1
}

# Everything that an onlooker may see.
onlook() {
    local id service listener
    compose config
    listener=$(compose run --detach mendloop listen)
    for id in $(docker ps --all --quiet --filter label=com.docker.compose.project=mendloop-verify); do
        docker inspect "$id"
        docker logs "$id" 2>&1
        docker top "$id" 2>/dev/null || true
    done
    docker rm --force "$listener"
    docker image inspect "$used_image"
    docker history --no-trunc "$used_image"
    for service in "${services[@]}"; do
        page "$service" readyz
        page "$service" metrics
    done
    compose run --rm -T mendloop status || true
    compose run --rm -T mendloop status --output json || true
    compose run --rm -T mendloop adapter list || true
}

# Looks on, and says which secrets were seen.
seen_secrets() {
    local name
    onlook >"$scratch/onlook.log" 2>&1
    for name in "${secret_names[@]}"; do
        if grep --quiet --fixed-strings --file "$scratch/secrets/${name#*:}" "$scratch/onlook.log"; then echo "${name#*:}"; fi
    done
}

secrets_are_seen() {
    [ "$(seen_secrets | wc -l)" = ${#secret_names[@]} ] || fail "some were not seen"
}

secrets_are_hidden() {
    local seen name
    seen=$(seen_secrets | tr '\n' ' ')
    [ -z "$seen" ] || fail "seen: $seen"
    # Each kind of thing was there to be looked at.
    for name in '"RestartCount"' 'health and metrics are served' '"status":"ok"' 'process_cpu_seconds_total' \
        'database system is ready' MENDLOOP_LINK_SECRET_FILE HEALTHCHECK; do
        grep --quiet --fixed-strings -- "$name" "$scratch/onlook.log" || fail "nothing was seen of $name"
    done
    figure "$(wc -c <"$scratch/onlook.log") bytes looked through"
}

# What an operator does about a password that got about.
change_password() {
    local before
    before=$(cat "$scratch/secrets/feedback")
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$scratch/secrets/feedback"
    compose up --detach --no-build
    compose restart feedback
    eventually 60 all_healthy
    ! as_feedback "$before" || fail "the password of before is still taken"
    as_feedback "$(cat "$scratch/secrets/feedback")"
}

as_feedback() {
    compose run --rm -T --entrypoint psql -e "PGPASSWORD=$1" -e PGUSER=feedback roles --command 'SELECT 1'
}

look_at_tls() {
    local query="SELECT count(*) FILTER (WHERE ssl), count(*) FILTER (WHERE NOT ssl) FROM pg_stat_ssl
        JOIN pg_stat_activity USING (pid) WHERE usename <> 'mendloop'" sessions
    sessions=$(compose exec -T postgres psql --username mendloop --tuples-only --no-align --command "$query")
    [[ $sessions =~ ^[1-9][0-9]*\|0$ ]] || fail "sessions at the database with TLS and without: $sessions"
    [ "$(compose exec -T rabbitmq rabbitmqctl --quiet --no-table-headers list_connections ssl | sort -u)" = true ] \
        || fail "a connection to the broker is in the clear"
    compose exec -T rabbitmq rabbitmq-diagnostics --quiet listeners | tee "$scratch/listeners"
    ! grep -q 'port: 5672,' "$scratch/listeners" || fail "the broker listens without TLS"
    grep -q 'port: 15672, protocol: https,' "$scratch/listeners" || fail "the management interface speaks without TLS"
    compose run --rm -T mendloop adapter list
    figure "${sessions%|*} sessions"
    ! as_administrator -e PGSSLMODE=disable || fail "the database lets somebody in without TLS"
    ! as_administrator -e PGSSLROOTCERT=/etc/ssl/certs/ca-certificates.crt || fail "any authority is believed"
    as_administrator
}

# As an operator does when doctor names them; those that somebody brought himself are left alone.
renew_certificates() {
    [ -e "$scratch/made-certificates" ] || { figure "not tried: these are somebody's own"; return 0; }
    local folder=$root/deploy/tls/certificates
    compose run --rm -T mendloop doctor | tee "$scratch/doctor" || true
    grep -q 'certificates: /etc/mendloop/rabbitmq.pem ends on' "$scratch/doctor" || fail "doctor does not see the certificates"
    grep -q 'backups: the newest of backups is' "$scratch/doctor" || fail "doctor does not see the backups"
    "$root/deploy/tls/new-certificates" --renew
    compose restart postgres rabbitmq
    eventually 120 all_healthy
    shown_certificate | diff - <(openssl x509 -in "$folder/rabbitmq.pem") || fail "the broker shows another certificate"
    play 5 6
}

shown_certificate() {
    openssl s_client -connect "$(compose port rabbitmq 5671)" </dev/null 2>/dev/null | openssl x509
}

as_administrator() {
    compose run --rm -T "$@" -e "PGPASSWORD=$(cat "$scratch/secrets/postgres")" --entrypoint psql roles --command 'SELECT 1'
}
