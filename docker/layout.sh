#!/usr/bin/env bash
# Lays a build out as the image's layers want it: layout.sh DIST OUT makes OUT/libraries, OUT/broker and OUT/own.
set -euo pipefail
dist=$1 out=$2
own='api-model|service-contracts|service-kit|state-service|api-gateway|scheduler-service|controller-service|node-agent|task-events|xebec-server|embedded-kafka'
mkdir -p "$out"/libraries/lib "$out"/broker/kafka/lib "$out"/own/{lib,kafka/lib}
for jar in "$dist"/lib/*.jar "$dist"/kafka/lib/*.jar; do
    folder=${jar#"$dist"/}
    folder=${folder%/*}
    if [[ ${jar##*/} =~ ^($own)- ]]; then
        cp -p "$jar" "$out/own/$folder/"
    elif [ "$folder" = lib ]; then
        cp -p "$jar" "$out/libraries/lib/"
    elif [ -e "$dist/lib/${jar##*/}" ]; then
        ln -s "../../lib/${jar##*/}" "$out/broker/kafka/lib/"
    else
        cp -p "$jar" "$out/broker/kafka/lib/"
    fi
done
