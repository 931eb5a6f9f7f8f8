#!/usr/bin/env bash
# Makes the images that the build and the cluster stand on, for a machine that reaches no registry: Debian by debootstrap, with
# HAProxy and etcd, and this machine's JDK; and the same with this machine's Maven and its local repository, to build offline.
#   docker/base-images.sh [PREFIX]        as root; prints the environment for docker-compose
# JAVA_HOME, MAVEN_REPOSITORY, DEBIAN_MIRROR and DEBIAN_SUITE are asked; DOCKER_HOST says which daemon gets the images.
set -euo pipefail

prefix=${1:-xebec-local}
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}

fail() {
    echo "base-images: $*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "debootstrap needs root"
for tool in debootstrap docker mvn tar; do
    command -v "$tool" >/dev/null || fail "needs $tool"
done
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
[ -x "$jdk/bin/javac" ] || fail "$jdk is no JDK"
[ -d "$repository" ] || fail "there is no Maven repository in $repository"
maven=$(dirname "$(dirname "$(readlink -f "$(command -v mvn)")")")

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
debootstrap --variant=minbase --include=ca-certificates,haproxy,etcd-server,etcd-client "${DEBIAN_SUITE:-bookworm}" "$root" \
    "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$scratch/log" 2>&1 || { tail -n 20 "$scratch/log" >&2; fail "debootstrap failed"; }
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*
mkdir -p "$root/opt/java" "$root/opt/maven"

# From / on, so that each folder has a name of its own to be moved by; where a link leads is left as it is.
at() { printf 's,^%s,%s,S' "${1#/}" "${2#/}"; }
java_env=(-c 'ENV JAVA_HOME=/opt/java/openjdk' -c 'ENV PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin')
tar -c -C "$root" . -C / --exclude='*/src.zip' --exclude='*/jmods' --exclude='*/ct.sym' --exclude='*/man' \
    --transform "$(at "$jdk" /opt/java/openjdk)" "${jdk#/}" |
    docker import "${java_env[@]}" - "$prefix/base" >/dev/null
cp -rL "$maven/." "$root/opt/maven/"
tar -c -C "$root" . -C / --exclude='*/src.zip' --exclude='*/man' --exclude="${repository#/}/dev/xebec" \
    --transform "$(at "$jdk" /opt/java/openjdk);$(at "$repository" /opt/repository)" "${jdk#/}" "${repository#/}" |
    docker import -c 'ENV JAVA_HOME=/opt/java/openjdk' \
        -c 'ENV PATH=/opt/maven/bin:/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
        - "$prefix/build" >/dev/null

cat <<EOF
BUILD_IMAGE=$prefix/build
BASE_IMAGE=$prefix/base
HAPROXY_IMAGE=$prefix/base
ETCD_IMAGE=$prefix/base
MAVEN_FLAGS=-o -Dmaven.repo.local=/opt/repository
EOF
