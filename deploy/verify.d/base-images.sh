# shellcheck shell=bash disable=SC2034,SC2154
# The images that others are made of: pulled where that can be done, else stand-ins (see stand-ins/README.md).

have_base_images() {
    local swift
    swift=$(sed -n 's/^ARG SWIFT_VERSION=//p' "$root/deploy/Dockerfile")
    local names=(postgres:15.10-bookworm rabbitmq:3.10.8-management)
    [ -n "$image" ] || names=("swift:$swift-bookworm-slim" "swift:$swift-bookworm" "${names[@]}")
    local name made=()
    for name in "${names[@]}"; do
        ! docker image inspect "$name" >/dev/null 2>&1 || continue
        if [ ${#made[@]} = 0 ] && timeout 900 docker pull --quiet "$name"; then continue; fi
        made+=("$name")
        echo "$name" >>"$work/stand-ins"
        stand_in_for "$name"
    done
    [ ${#made[@]} = 0 ] || figure "stand-ins made for ${made[*]}"
    # What was left of making them is not needed any more.
    rm -rf "$work/rootfs"
}

stand_in_for() {
    have_stand_in_base
    case $1 in
        swift:*-slim) import_swift "$1" "${runtime_packages[*]}" lib/swift/linux/'*.so*' ;;
        swift:*)
            import_swift "$1" "${toolchain_packages[*]}" .
            docker run --rm "$1" swift build --version
            ;;
        postgres:*) docker build --tag "$1" "$parts/stand-ins/postgres" ;;
        rabbitmq:*) docker build --tag "$1" "$parts/stand-ins/rabbitmq" ;;
    esac
}

stand_in_base=mendloop-stand-in/debian:bookworm
runtime_packages=(libcurl4 libxml2 tzdata)
# As swift.org names them for Debian 12.
toolchain_packages=(binutils git gnupg2 libc6-dev libcurl4-openssl-dev libedit2 libgcc-12-dev libncurses-dev libpython3-dev libsqlite3-0
    libstdc++-12-dev libxml2-dev libz3-dev pkg-config tzdata zip zlib1g-dev ca-certificates)

# Debian as debootstrap makes it, without manuals, with the places to get packages from that this machine has.
have_stand_in_base() {
    ! docker image inspect $stand_in_base >/dev/null 2>&1 || return 0
    local mirror security tree=$work/rootfs
    mirror=$(repository Debian)
    security=$(repository Debian-Security)
    rm -rf "$tree"
    debootstrap --variant=minbase --include=ca-certificates bookworm "$tree" ${mirror:+"$mirror"}
    if [ -n "$mirror" ]; then printf 'deb %s bookworm main\n' "$mirror" >"$tree/etc/apt/sources.list"; fi
    if [ -n "$security" ]; then printf 'deb %s bookworm-security main\n' "$security" >>"$tree/etc/apt/sources.list"; fi
    apt-config dump | grep -E '^Acquire::(http|https|ftp|Check|Retries|ForceIPv)' >"$tree/etc/apt/apt.conf.d/90host" || true
    # As in Debian's own images: apt keeps nothing that it can get again.
    cat >"$tree/etc/apt/apt.conf.d/90clean" <<'CONF'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
CONF
    printf 'path-exclude /usr/share/%s/*\n' doc man info locale >"$tree/etc/dpkg/dpkg.cfg.d/90slim"
    rm -rf "$tree"/var/cache/apt/* "$tree"/var/lib/apt/lists/* "$tree"/usr/share/{doc,man,info,locale}/*
    tar --create --directory "$tree" . \
        | docker import --change 'LABEL org.mendloop.stand-in="debian"' --change 'CMD ["bash"]' - $stand_in_base
    echo $stand_in_base >>"$work/stand-ins"
    rm -rf "$tree"
}

# repository LABEL: where this machine's apt gets it, if it is of this release.
repository() {
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(REPO_URI)' "Label: $1" 'Created-By: Packages' 2>/dev/null | head -n 1
}

# import_swift NAME PACKAGES FILES: Debian with packages, and files of this machine's toolchain where the official image has them.
import_swift() {
    local name=$1 packages=$2 files=$3 compiler toolchain container
    compiler=$(readlink -f "$(command -v swiftc)")
    toolchain=$(dirname "$(dirname "$compiler")")
    [ "$toolchain" != /usr ] || fail "the toolchain lies among the system's own files, and cannot be told from them"
    container=mendloop-stand-in-swift
    docker rm --force $container >/dev/null 2>&1 || true
    # shellcheck disable=SC2086
    docker run --name $container --env DEBIAN_FRONTEND=noninteractive $stand_in_base sh -ec \
        "apt-get update && apt-get install --yes --no-install-recommends $packages && rm -rf /var/lib/apt/lists/*"
    # Debuggers and editors' helpers are of no use in a build.
    # shellcheck disable=SC2086
    (cd "$toolchain" && tar --create --exclude='*lldb*' --exclude='*sourcekit*' --exclude='lib/swift_static' \
        --exclude='share/doc' --exclude='bin/clangd' --owner=0 --group=0 $files) | docker cp - $container:/usr
    docker export $container | docker import --change 'LABEL org.mendloop.stand-in="swift"' \
        --change 'CMD ["bash"]' - "$name"
    docker rm --force $container
}

remove_images() {
    docker image prune --force --filter label=org.mendloop.stage=build >/dev/null
    [ -e "$work/stand-ins" ] || return 0
    local name
    tac "$work/stand-ins" | while read -r name; do docker image rm --force "$name" >/dev/null 2>&1 || true; done
    rm -f "$work/stand-ins"
}
