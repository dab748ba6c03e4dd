# shellcheck shell=bash disable=SC2034,SC2154
# The stack under compose: how it is set up, brought up, looked at, and taken down.

services=(intake dispatch field-service inventory billing feedback console)

compose() {
    # shellcheck disable=SC1091
    (cd "$root" && . "$scratch/overlays" \
        && COMPOSE_PROJECT_NAME=mendloop-verify docker-compose --env-file "$scratch/env" "$@")
}

# overlays FILE…: what is put on docker-compose.yml; the fast clock always.
overlays() {
    local IFS=:
    printf 'export COMPOSE_FILE=%s\n' "docker-compose.yml:$*${*:+:}deploy/verify.d/compose.verify.yml" >"$scratch/overlays"
}

# write_env COPIES [EPOCH]: .env as a user would write it, with ports of its own for so many copies.
write_env() {
    local copies=$1 port=28100 name epoch=${2:-$(morning 1440)}
    {
        # Half past seven in the morning in China, half an hour before the shifts begin; a day takes one minute.
        printf 'MENDLOOP_TAG=%s\nVERIFY_EPOCH=%s\nVERIFY_SCALE=1440\n' "${used_image##*:}" "$epoch"
        for name in POSTGRES RABBITMQ RABBITMQ_MANAGEMENT RABBITMQ_TLS DOOR:many INTAKE_HTTP:many DISPATCH_HTTP:many \
            FIELD_SERVICE_HTTP:many INVENTORY_HTTP:many BILLING_HTTP:many FEEDBACK_HTTP:many CONSOLE_HTTP:many; do
            if [[ $name = *:many ]] && [ "$copies" -gt 1 ]; then
                printf '%s_PORT=%s-%s\n' "${name%:*}" $port $((port + copies - 1))
            else
                printf '%s_PORT=%s\n' "${name%:*}" $port
            fi
            port=$((port + 10))
        done
        printf 'MENDLOOP_SECRETS=%s\nMENDLOOP_BACKUPS=%s\n' "$scratch/secrets" "$scratch/backups"
        for name in "${secret_names[@]}"; do printf '%s=\n' "${name%%:*}"; done
    } >"$scratch/env"
}

# morning FACTOR: an epoch with which it is half past seven in China now, on a clock that is FACTOR times as fast.
morning() {
    local now ahead
    now=$(date +%s)
    ahead=$(((27000 - (now + 28800) % 86400 + 86400) % 86400))
    date --utc --date "@$((now - ahead / ($1 - 1)))" +%Y-%m-%dT%H:%M:%SZ
}

bring_up() {
    local begun=$SECONDS
    { compose up --detach --no-build && eventually 300 all_healthy; } || { compose ps; compose logs --tail 20; return 1; }
    figure "healthy after $((SECONDS - begun)) s"
}

containers() { compose ps --quiet "$@"; }

all_healthy() {
    local states
    states=$(inspect_each '{{.State.Health.Status}}' "${services[@]}" postgres rabbitmq)
    [ -n "$states" ] && [ "$(sort -u <<<"$states")" = healthy ]
}

# inspect_each FORMAT SERVICE…
inspect_each() {
    local id
    for id in $(containers "${@:2}"); do docker inspect --format "$1" "$id"; done
}

# play COUNT SEED: lets people outside report, repair and pay, and reconciles what both sides know.
play() {
    compose run --rm -T mendloop simulate --count "$1" --seed "$2" | tee "$scratch/play.log"
}

look_at_containers() {
    local id bindings
    for id in $(containers); do
        [ "$(docker inspect --format '{{json .HostConfig.CapDrop}}' "$id")" = '["ALL"]' ] || fail "$id keeps capabilities"
        [ "$(docker inspect --format '{{.HostConfig.Memory}}' "$id")" -gt 0 ] || fail "$id has no limit of memory"
        bindings=$(docker inspect --format '{{range .NetworkSettings.Ports}}{{range .}}{{.HostIp}} {{end}}{{end}}' "$id")
        [ -z "${bindings//127.0.0.1 /}" ] || fail "$id listens on $bindings"
    done
    for id in $(containers "${services[@]}"); do
        [ "$(docker inspect --format '{{.HostConfig.ReadonlyRootfs}} {{.Config.User}}' "$id")" = 'true 10001:10001' ] \
            || fail "$id may write to its root, or is somebody"
        ! docker exec "$id" sh -c ': >/usr/local/bin/x' || fail "$id wrote to its root"
        docker exec "$id" grep -q '^CapEff:[[:space:]]*0*$' /proc/1/status || fail "$id has capabilities"
    done
}

# Nobody who stays is its administrator.
look_at_broker_users() {
    local users
    users=$(compose exec -T rabbitmq rabbitmqctl --quiet --no-table-headers list_connections user | tr -d '\r' | sort -u)
    [ "$users" = services ] || fail "connected to the broker: $users"
    compose exec -T rabbitmq rabbitmqctl --quiet --no-table-headers list_users | tr -d '\r' | grep -qx "services[[:space:]]*\[\]" \
        || fail "services has a tag, or is not there"
}

# The broker slows publishers down before the kernel kills it.
look_at_memory() {
    local most limit
    most=$(compose exec -T rabbitmq rabbitmqctl --quiet eval 'vm_memory_monitor:get_memory_limit().' | tr -d '\r')
    limit=$(inspect_each '{{.HostConfig.Memory}}' rabbitmq)
    [ "$most" -lt $((limit * 3 / 4)) ] || fail "the broker would take $most bytes, and its container has $limit"
}

look_at_health() {
    local service id
    for service in "${services[@]}"; do
        [ -n "$(containers "$service")" ] || fail "there is no $service"
        for id in $(containers "$service"); do
            docker exec "$id" "$service" health >/dev/null
            docker exec "$id" health >/dev/null
        done
    done
}

# What `migrate` sets where there is none.
look_at_policy() {
    compose exec -T rabbitmq rabbitmqctl --quiet list_queues -p mendloop --no-table-headers name policy | tr -d '\r' \
        | grep -q $'^mendloop\\.billing\\.log\tbilling-log$' || fail "the stream has no policy"
}

remove_stack() {
    [ -e "$scratch/env" ] || return 0
    compose down --volumes --remove-orphans --timeout 30 >"$scratch/down.log" 2>&1 && return
    cat "$scratch/down.log"
    # Docker sometimes holds a network for an endpoint that is no container's any more. The network can be used again; but
    # compose then leaves the volumes too, in which the next stack would find this one's queues.
    docker volume ls --quiet --filter label=com.docker.compose.project=mendloop-verify | xargs --no-run-if-empty docker volume rm
}
