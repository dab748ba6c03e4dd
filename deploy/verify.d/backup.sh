# shellcheck shell=bash disable=SC2034,SC2154
# A backup of one stack, restored into another that is empty.

# As docs/backup.md says, with a file among the attachments.
save_stack() {
    install --directory --mode=700 --owner=10001 --group=10001 "$scratch/backups"
    keep_a_file
    compose run --rm -T backup | tee "$scratch/backup"
    compose run --rm -T backup check "$(saved)"
    compose run --rm -T backup list
    orders >"$scratch/orders"
    [ "$(cat "$scratch/orders")" -gt 0 ] || fail "there was nothing to be saved"
    figure "$(du --summarize --block-size=1K "$scratch/backups" | cut -f 1) KiB, $(cat "$scratch/orders") orders"
}

restore_stack() {
    [ "$(orders)" = 0 ] || fail "the stack was not empty"
    ! compose run --rm -T restore "$(saved)" --yes || fail "it restored under the services' feet"
    compose stop "${services[@]}"
    compose run --rm -T restore "$(saved)" --yes
    [ "$(orders)" = "$(cat "$scratch/orders")" ] || fail "$(orders) orders were restored"
    compose run --rm -T --entrypoint cat backup "/var/lib/mendloop/attachments/$(file_place)" | grep -qx "$kept_words"
    compose up --detach --no-build
    eventually 300 all_healthy
    play 10 5
}

saved() { tail -n 1 "$scratch/backup"; }

orders() {
    compose exec -T postgres psql --username mendloop --tuples-only --no-align --command 'SELECT count(*) FROM intake.work_order'
}

kept_words='a note of what dripped'

# Under its hash, as console keeps it.
keep_a_file() {
    # shellcheck disable=SC2016
    compose exec -T console sh -ec 'cd "$MENDLOOP_ATTACHMENTS" && mkdir -p "$(dirname "$1")" && echo "$2" >"$1" && echo "$3" >"$1.json"' \
        sh "$(file_place)" "$kept_words" \
        "{\"sha256\": \"$(file_hash)\", \"mediaType\": \"text/plain\", \"bytes\": $((${#kept_words} + 1)), \"storedAt\": $(($(date +%s) - 978307200))}"
}

file_hash() { echo "$kept_words" | sha256sum | cut -d ' ' -f 1; }

file_place() {
    local hash
    hash=$(file_hash)
    echo "${hash:0:2}/${hash:2:2}/$hash"
}
