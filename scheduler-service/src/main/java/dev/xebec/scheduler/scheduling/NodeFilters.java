package dev.xebec.scheduler.scheduling;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that look at the pod and the node alone. Reasons are kube-scheduler's words, which people search for. */
final class NodeFilters {
    /** Node selector and required node affinity: where a pod may go at all. */
    static final Filter AFFINITY = new Affinity();
    /** In kube-scheduler's order: the first reason of a node is the one that is reported. */
    static final List<Filter> ALL = List.of(new Unschedulable(), new Taints(), AFFINITY, new Ports(),
            new ResourcesFit());

    private static final String UNSCHEDULABLE_TAINT = "node.kubernetes.io/unschedulable";

    private NodeFilters() {}

    private static boolean tolerated(PodInfo pod, Taint taint) {
        for (Toleration toleration : pod.tolerations()) {
            if (toleration.tolerates(taint)) {
                return true;
            }
        }
        return false;
    }

    private record Unschedulable() implements Filter {
        private static final Taint TAINT = new Taint(UNSCHEDULABLE_TAINT, "", "NoSchedule");

        @Override
        public String name() {
            return "NodeUnschedulable";
        }

        @Override
        public @Nullable String reject(PodInfo pod, NodeInfo node) {
            return node.unschedulable() && !tolerated(pod, TAINT) ? "node(s) were unschedulable" : null;
        }
    }

    private record Taints() implements Filter {
        @Override
        public String name() {
            return "TaintToleration";
        }

        @Override
        public @Nullable String reject(PodInfo pod, NodeInfo node) {
            for (Taint taint : node.taints()) {
                boolean keepsOut = taint.effect().equals("NoSchedule") || taint.effect().equals("NoExecute");
                if (keepsOut && !tolerated(pod, taint)) {
                    return "node(s) had untolerated taint {" + taint.key() + ": " + taint.value() + "}";
                }
            }
            return null;
        }
    }

    private record Affinity() implements Filter {
        @Override
        public String name() {
            return "NodeAffinity";
        }

        @Override
        public @Nullable String reject(PodInfo pod, NodeInfo node) {
            for (Map.Entry<String, String> wanted : pod.nodeSelector().entrySet()) {
                if (!wanted.getValue().equals(node.labels().get(wanted.getKey()))) {
                    return "node(s) didn't match Pod's node affinity/selector";
                }
            }
            if (!pod.hasNodeTerms()) {
                return null;
            }
            for (NodeTerm term : pod.nodeTerms()) {
                if (term.matches(node.name(), node.labels())) {
                    return null;
                }
            }
            return "node(s) didn't match Pod's node affinity/selector";
        }
    }

    private record Ports() implements Filter {
        @Override
        public String name() {
            return "NodePorts";
        }

        @Override
        public @Nullable String reject(PodInfo pod, NodeInfo node) {
            if (pod.hostPorts().isEmpty()) {
                return null;
            }
            for (PodInfo other : node.pods()) {
                for (String wanted : pod.hostPorts()) {
                    for (String taken : other.hostPorts()) {
                        if (clash(wanted, taken)) {
                            return "node(s) didn't have free ports for the requested pod ports";
                        }
                    }
                }
            }
            return null;
        }

        /** The wildcard address clashes with every address. */
        private static boolean clash(String wanted, String taken) {
            String[] one = wanted.split("/", 3);
            String[] two = taken.split("/", 3);
            return one[0].equals(two[0]) && one[2].equals(two[2])
                    && (one[1].equals(two[1]) || one[1].equals("0.0.0.0") || two[1].equals("0.0.0.0"));
        }
    }

    /** Room for the requests. A request of nothing always fits. */
    private record ResourcesFit() implements Filter {
        @Override
        public String name() {
            return "NodeResourcesFit";
        }

        @Override
        public @Nullable String reject(PodInfo pod, NodeInfo node) {
            Amounts request = pod.requests();
            Amounts used = node.requested();
            Amounts room = node.allocatable();
            if (used.pods() + 1 > room.pods()) {
                return "Too many pods";
            }
            if (request.milliCpu() > 0 && request.milliCpu() > room.milliCpu() - used.milliCpu()) {
                return "Insufficient cpu";
            }
            if (request.memory() > 0 && request.memory() > room.memory() - used.memory()) {
                return "Insufficient memory";
            }
            if (request.ephemeralStorage() > 0
                    && request.ephemeralStorage() > room.ephemeralStorage() - used.ephemeralStorage()) {
                return "Insufficient ephemeral-storage";
            }
            for (Map.Entry<String, Long> wanted : request.extended().entrySet()) {
                long taken = used.extended().getOrDefault(wanted.getKey(), 0L);
                if (wanted.getValue() > 0
                        && wanted.getValue() > room.extended().getOrDefault(wanted.getKey(), 0L) - taken) {
                    return "Insufficient " + wanted.getKey();
                }
            }
            return null;
        }
    }
}
