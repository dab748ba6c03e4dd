# shellcheck shell=bash disable=SC2034,SC2154
# Checks and what came of them.

passed=0 failed=0

# check WORDS COMMAND…: runs the command, whose output is shown if it fails. It runs in a shell of its own, in which any
# failure is its failure; `figure` keeps what it wants to tell.
check() {
    local words=$1 begun=$SECONDS code
    shift
    : >"$scratch/figures"
    local errexit=$-
    set +e
    (set -e; "$@") >"$scratch/check.log" 2>&1
    code=$?
    [[ $errexit != *e* ]] || set -e
    if [ $code = 0 ]; then
        passed=$((passed + 1))
        printf 'ok    %s (%s s%s)\n' "$words" $((SECONDS - begun)) "$(figures)"
        return 0
    fi
    failed=$((failed + 1))
    printf 'FAIL  %s (%s s%s)\n' "$words" $((SECONDS - begun)) "$(figures)"
    tail -n 40 "$scratch/check.log" | sed 's/^/      /'
    cp "$scratch/check.log" "$scratch/failed-$failed.log"
    return 0
}

# The same for what all else rests on.
need() {
    local before=$failed
    check "$@"
    [ "$failed" = "$before" ] || exit 1
}

# figure WORDS: told behind the check that runs.
figure() { printf '; %s' "$*" >>"$scratch/figures"; }
figures() { [ ! -e "$scratch/figures" ] || cat "$scratch/figures"; }

fail() {
    printf '%s\n' "$*" >&2
    return 1
}

# eventually SECONDS COMMAND…: tries once a second until the command succeeds.
eventually() {
    local until=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $until ] || return 1
        sleep 1
    done
}

report() {
    printf '\n%s passed, %s failed\n' "$passed" "$failed"
    if [ "$failed" != 0 ]; then exit 1; fi
    exit "$1"
}
