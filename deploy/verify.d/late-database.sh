# shellcheck shell=bash disable=SC2034,SC2154
# A machine that boots, with the database two minutes late.

late_database() {
    local late=120 begun service
    # shellcheck disable=SC2046
    docker stop --time 30 $(containers "${services[@]}" postgres rabbitmq)
    # shellcheck disable=SC2046
    docker start $(containers rabbitmq "${services[@]}")
    begun=$SECONDS
    inspect_each '{{.Name}} {{.State.StartedAt}} {{.RestartCount}}' "${services[@]}" rabbitmq >"$scratch/started"
    # RabbitMQ takes its time as well.
    sleep 40
    while [ $((SECONDS - begun)) -lt $late ]; do
        for service in "${services[@]}"; do waits_for_database "$service"; done
        sleep 10
    done
    # shellcheck disable=SC2046
    docker start $(containers postgres)
    begun=$SECONDS
    for service in "${services[@]}"; do
        eventually 60 is_ready "$service" || fail "$service is not ready: $(page "$service" readyz)"
    done
    figure "ready $((SECONDS - begun)) s after the database was started"
    inspect_each '{{.Name}} {{.State.StartedAt}} {{.RestartCount}}' "${services[@]}" rabbitmq >"$scratch/after"
    diff "$scratch/started" "$scratch/after" || fail "a container was started anew"
    eventually 60 all_healthy
    figure "no restarts"
}

# Console lets commands through without its database: it is ready, and tells of it.
waits_for_database() {
    local status=503 answer
    [ "$1" != console ] || status=200
    answer=$(page "$1" readyz --write-out ' %{http_code}')
    [[ $answer == *" $status" ]] || fail "$1 says $answer instead of $status"
    grep -Eq '"database":\{"reason":"[^"]*postgres' <<<"$answer" || fail "$1 does not name the database: $answer"
}

is_ready() { page "$1" readyz --fail >/dev/null; }

# page SERVICE PATH: from the port that its first copy has on this machine.
page() {
    local port=808$((1 + $(position "$1"))) address
    address=$(compose port "$1" "$port")
    curl --silent --show-error --max-time 10 "http://$address/$2" "${@:3}"
}

position() {
    local number
    for number in "${!services[@]}"; do
        if [ "${services[number]}" = "$1" ]; then echo "$number"; fi
    done
}
