# shellcheck shell=bash disable=SC2034,SC2154
# Three brokers, of which one falls while repairs are on their way; and three with TLS.

use_cluster() {
    use_environment_secrets
    overlays deploy/compose.cluster.yml
    write_nodes
}

use_cluster_tls() {
    use_tls
    overlays deploy/compose.secrets.yml deploy/compose.cluster.yml deploy/compose.tls.yml deploy/compose.cluster-tls.yml
    write_nodes
}

write_nodes() {
    {
        printf 'RABBITMQ_ERLANG_COOKIE=%s\n' "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
        printf 'RABBITMQ_2_PORT=28091\nRABBITMQ_3_PORT=28092\nRABBITMQ_2_TLS_PORT=28093\nRABBITMQ_3_TLS_PORT=28094\n'
    } >>"$scratch/env"
}

# Quorum queues and the stream, on all three nodes, each of them there.
look_at_queues() {
    local queues
    queues=$(compose exec -T rabbitmq rabbitmqctl --quiet list_queues -p mendloop --no-table-headers name members online \
        | tr -d '\r' | grep -F '[')
    figure "$(wc -l <<<"$queues") queues"
    [ "$(wc -l <<<"$queues")" -ge 22 ] || fail "queues are missing: $queues"
    ! grep -vE '\[[^],]+,[^],]+,[^],]+\].*\[[^],]+,[^],]+,[^],]+\]' <<<"$queues" || fail "a queue is not on all nodes"
}

# play_through_a_fall COUNT SEED: the second node dies while the simulator plays, and comes again.
play_through_a_fall() {
    local playing
    play "$@" &
    playing=$!
    sleep 8
    compose kill rabbitmq-2
    sleep 15
    compose start rabbitmq-2
    wait $playing
    eventually 120 look_at_queues
}
