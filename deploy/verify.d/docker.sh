# shellcheck shell=bash disable=SC2034,SC2154
# A Docker to try things in: the one that runs, else a private one whose data lies in the work folder.

have_docker() {
    install_missing
    use_docker
    if docker info; then
        figure "the one that runs, $(docker version --format '{{.Server.Version}}')"
        return
    fi
    start_private_docker
    figure "a private one, $(docker version --format '{{.Server.Version}}')"
}

# Debian's packages, and none of their services started.
install_missing() {
    local missing=()
    docker info >/dev/null 2>&1 || [ -x /usr/sbin/dockerd ] || missing+=(docker.io iptables iproute2)
    command -v docker-compose >/dev/null || missing+=(docker-compose)
    command -v debootstrap >/dev/null || missing+=(debootstrap)
    command -v curl >/dev/null || missing+=(curl)
    command -v openssl >/dev/null || missing+=(openssl)
    [ ${#missing[@]} -gt 0 ] || return 0
    figure "installed ${missing[*]}"
    local policy=/usr/sbin/policy-rc.d
    [ ! -e $policy ] || mv $policy "$scratch/policy"
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod 755 $policy
    local code=0
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"; } || code=$?
    rm -f $policy
    [ ! -e "$scratch/policy" ] || mv "$scratch/policy" $policy
    return $code
}

# From here on, everything speaks with the private Docker if there is one.
use_docker() {
    if [ -S "$work/docker.sock" ]; then export DOCKER_HOST="unix://$work/docker.sock"; fi
}

start_private_docker() {
    : >"$scratch/started-docker"
    local most
    most=$(ulimit -Hn)
    [ "$most" != unlimited ] || most=1048576
    # Left alone, containers ask for more descriptors than a host may be allowed to give, and do not start.
    cat >"$work/daemon.json" <<JSON
{
  "data-root": "$work/docker",
  "exec-root": "$work/exec",
  "pidfile": "$work/docker.pid",
  "hosts": ["unix://$work/docker.sock"],
  "default-ulimits": {"nofile": {"Name": "nofile", "Soft": $most, "Hard": $most}}
}
JSON
    ip link show docker0 >/dev/null 2>&1 || : >"$work/network-before"
    cat /proc/sys/net/ipv4/ip_forward >"$work/forwarding-before"
    iptables --list-rules FORWARD | head -n 1 >>"$work/forwarding-before"
    nohup /usr/sbin/dockerd --config-file "$work/daemon.json" >"$work/dockerd.log" 2>&1 </dev/null &
    eventually 60 [ -S "$work/docker.sock" ]
    use_docker
    eventually 60 docker info >/dev/null 2>&1 || { tail -n 30 "$work/dockerd.log"; return 1; }
}

# One that ran before is left to run.
stop_docker() {
    [ -e "$scratch/started-docker" ] || return 0
    local daemon
    daemon=$(cat "$work/docker.pid")
    kill "$daemon"
    eventually 60 ended "$daemon"
    restore_network
    # Whatever was built on the host's network leaves a mark of it mounted.
    { grep -o " $work/exec/[^ ]*" /proc/self/mountinfo || true; } | xargs -r umount
    rm -rf "$work/docker.sock" "$work/docker.pid" "$work/daemon.json" "$work/exec" "$work/network-before" "$work/forwarding-before"
    [ -n "$keep" ] || rm -rf "$work/docker"
}

# Docker leaves its bridge, its rules and forwarding behind.
restore_network() {
    [ -e "$work/network-before" ] || return 0
    local policy forwarding
    { read -r forwarding; read -r policy; } <"$work/forwarding-before"
    iptables-save | grep -vi docker | iptables-restore
    # shellcheck disable=SC2086
    iptables $policy
    echo "$forwarding" >/proc/sys/net/ipv4/ip_forward
    ip link delete docker0
}

ended() { ! kill -0 "$1" 2>/dev/null; }
