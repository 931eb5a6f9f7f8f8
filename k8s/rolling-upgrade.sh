#!/usr/bin/env bash
# Replaces the build that Xebec runs in Kubernetes by another one while clients work: workload by workload, each next one only when the one
# before is rolled out. Talks to the cluster that kubectl talks to.
#   k8s/rolling-upgrade.sh IMAGE [WORKLOAD…]     such as deployment/api-gateway; all without names, in the order in which they may differ by one build
# To go back, run it with the old image. The namespace is XEBEC_NAMESPACE, or xebec-system; XEBEC_UPGRADE_PATIENCE is how many seconds one workload
# may take, 600 if not said. What must hold between two builds: docs/operate/upgrade.md
set -euo pipefail

# The store's replicas first, since they read what all others write; then the gateways; nodes last.
ORDER=(statefulset/state-service deployment/api-gateway deployment/controller-service deployment/scheduler-service deployment/task-events
    statefulset/node-agent)
PATIENCE=${XEBEC_UPGRADE_PATIENCE:-600}

say() { printf '%s %s\n' "$(date -u +%H:%M:%SZ)" "$*"; }
fail() {
    say "$* -- nothing further is touched; what runs serves on" >&2
    exit 1
}

[ $# -ge 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2; }
image=$1
shift
workloads=("${ORDER[@]}")
[ $# -eq 0 ] || workloads=("$@")

cluster() { kubectl --namespace "${XEBEC_NAMESPACE:-xebec-system}" "$@"; }
rolled_out() { cluster rollout status --timeout "$1s" "$2" >/dev/null; }

# What is not well before cannot be taken for what the upgrade broke, and another roll in it would take two replicas at once.
for workload in "${workloads[@]}"; do
    rolled_out 30 "$workload" || fail "$workload is not rolled out before anything was changed"
done

for workload in "${workloads[@]}"; do
    cluster set image "$workload" "*=$image" >/dev/null || fail "$workload does not take the image $image"
    rolled_out "$PATIENCE" "$workload" ||
        fail "$workload is not rolled out after $PATIENCE s; look at its pods, or go back: kubectl rollout undo $workload"
    say "$workload runs $image"
done
say "Name $image in the overlay too, or the next kubectl apply goes back."
