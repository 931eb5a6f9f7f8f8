#!/usr/bin/env bash
# Replaces the build that a Compose cluster runs by another one while clients work: service by service, one container at a time, each next one
# only when the one before is healthy. Works with Compose v2 and with docker-compose 1.29.
#   docker/rolling-upgrade.sh IMAGE [SERVICE…]     all services without names, in the order in which they may differ by one build
# To go back, run it with the old image. What must hold between two builds: docs/operate/upgrade.md
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

# The store's replicas first, since they read what all others write; then the gateways; nodes last.
ORDER=(state-service-0 state-service-1 state-service-2 api-gateway controller-service scheduler-service task-events node-agent)
PATIENCE=${XEBEC_UPGRADE_PATIENCE:-180} # seconds for one container

say() { printf '%s %s\n' "$(date -u +%H:%M:%SZ)" "$*"; }
fail() {
    say "$* -- nothing further is touched; the other containers serve on" >&2
    exit 1
}

[ $# -ge 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2; }
export XEBEC_IMAGE=$1
shift
services=("${ORDER[@]}")
[ $# -eq 0 ] || services=("$@")

if [ -n "${COMPOSE:-}" ]; then
    read -r -a compose <<<"$COMPOSE"
elif docker compose version >/dev/null 2>&1; then
    compose=(docker compose)
else
    compose=(docker-compose)
fi

wanted=$(docker image inspect -f '{{.Id}}' "$XEBEC_IMAGE") || fail "there is no image $XEBEC_IMAGE on this machine; build or pull it first"

containers() { "${compose[@]}" ps -q "$1"; }
image_of() { docker inspect -f '{{.Image}}' "$1"; }
name_of() { docker inspect -f '{{.Name}}' "$1" | sed 's,^/,,'; }
health_of() { docker inspect -f '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$1" 2>/dev/null || echo gone; }

await_healthy() {
    local until=$((SECONDS + PATIENCE))
    while [ "$(health_of "$1")" != healthy ]; do
        [ $SECONDS -lt $until ] || fail "$(name_of "$1") is $(health_of "$1") after $PATIENCE s: docker logs $(name_of "$1")"
        sleep 1
    done
}

# The newest revision that a state replica has applied.
revision_of() {
    docker exec "$1" bash -c 'exec 3<>"/dev/tcp/${HOSTNAME}/8080" && printf "GET /statusz HTTP/1.0\r\n\r\n" >&3 && cat <&3' 2>/dev/null |
        sed -n 's/.*"revision":\([0-9]*\).*/\1/p'
}

# A replica that has come back has to have what the others have by now, before the next one goes: two of three decide.
await_caught_up() {
    local id=$1 goal=0 other revision until=$((SECONDS + PATIENCE))
    for other in state-service-0 state-service-1 state-service-2; do
        for other in $(containers $other); do
            revision=$(revision_of "$other")
            [ "${revision:-0}" -le "$goal" ] || goal=$revision
        done
    done
    while revision=$(revision_of "$id"); [ "${revision:-0}" -lt "$goal" ]; do
        [ $SECONDS -lt $until ] || fail "$(name_of "$id") is at revision ${revision:-unknown}, the others at $goal"
        sleep 1
    done
    say "$(name_of "$id") has caught up with revision $goal"
}

# What is not healthy before cannot be taken for what the upgrade broke.
for service in "${services[@]}"; do
    for id in $(containers "$service"); do
        [ "$(health_of "$id")" = healthy ] || fail "$(name_of "$id") is $(health_of "$id") before anything was changed"
    done
done

for service in "${services[@]}"; do
    read -r -a old <<<"$(containers "$service" | tr '\n' ' ')"
    count=${#old[@]}
    for id in "${old[@]}"; do
        name=$(name_of "$id")
        if [ "$(image_of "$id")" = "$wanted" ]; then
            say "$name runs $XEBEC_IMAGE already"
            continue
        fi
        say "$name stops: it drains, and its share goes to the others"
        if [ "$count" -eq 1 ]; then
            "${compose[@]}" up -d --no-deps --no-build "$service" >/dev/null 2>&1 || fail "$service could not be started"
        else
            # Compose would replace all containers of a service at once.
            docker stop -t 60 "$id" >/dev/null
            docker rm "$id" >/dev/null
            "${compose[@]}" up -d --no-deps --no-build --no-recreate --scale "$service=$count" "$service" >/dev/null 2>&1 ||
                fail "$service could not be started"
        fi
        for new in $(containers "$service"); do
            await_healthy "$new"
            case $service in state-service-*) await_caught_up "$new" ;; esac
        done
    done
    say "$service is upgraded"
done
say "the cluster runs $XEBEC_IMAGE"
