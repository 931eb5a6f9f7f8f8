package dev.xebec.scheduler.scheduling;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scores whose raw value depends on the pod and the node alone. Weights: kube-scheduler's default profile. */
final class NodeScores {
    static final List<Score> ALL = List.of(new LeastAllocated(), new Balanced(), new PreferredAffinity(),
            new PreferredTaints(), new Spreading());

    /** A pod that requests nothing is scored as if it did this. Source: kube-scheduler {@code util/pod_resources.go}. */
    private static final long DEFAULT_MILLI_CPU = 100;
    private static final long DEFAULT_MEMORY = 200L * 1024 * 1024;

    private NodeScores() {}

    private static long milliCpuAfter(PodInfo pod, NodeInfo node) {
        return node.requested().milliCpu() + (pod.requests().milliCpu() == 0
                ? DEFAULT_MILLI_CPU
                : pod.requests().milliCpu());
    }

    private static long memoryAfter(PodInfo pod, NodeInfo node) {
        return node.requested().memory() + (pod.requests().memory() == 0 ? DEFAULT_MEMORY : pod.requests().memory());
    }

    /** NodeResourcesFit with the LeastAllocated strategy: the emptier the better. */
    private record LeastAllocated() implements Score {
        @Override
        public String name() {
            return "NodeResourcesFit";
        }

        @Override
        public int weight() {
            return 1;
        }

        @Override
        public long raw(PodInfo pod, NodeInfo node) {
            return (free(milliCpuAfter(pod, node), node.allocatable().milliCpu())
                    + free(memoryAfter(pod, node), node.allocatable().memory())) / 2;
        }

        private static long free(long used, long room) {
            return room <= 0 || used > room ? 0 : (room - used) * 100 / room;
        }
    }

    /** CPU and memory used to like degrees. */
    private record Balanced() implements Score {
        @Override
        public String name() {
            return "NodeResourcesBalancedAllocation";
        }

        @Override
        public int weight() {
            return 1;
        }

        @Override
        public long raw(PodInfo pod, NodeInfo node) {
            double cpu = part(milliCpuAfter(pod, node), node.allocatable().milliCpu());
            double memory = part(memoryAfter(pod, node), node.allocatable().memory());
            // The standard deviation of two values is half their distance.
            return Math.round((1 - Math.abs(cpu - memory) / 2) * 100);
        }

        private static double part(long used, long room) {
            return room <= 0 ? 1 : Math.min(1.0, (double) used / room);
        }
    }

    private record PreferredAffinity() implements Score {
        @Override
        public String name() {
            return "NodeAffinity";
        }

        @Override
        public int weight() {
            return 2;
        }

        @Override
        public long raw(PodInfo pod, NodeInfo node) {
            long sum = 0;
            for (PodInfo.PreferredNodes preferred : pod.preferredNodes()) {
                sum += preferred.term().matches(node.name(), node.labels()) ? preferred.weight() : 0;
            }
            return sum;
        }

        @Override
        public void normalize(PodInfo pod, List<NodeInfo> nodes, boolean[] feasible, long[] scores) {
            Score.scale(feasible, scores, false);
        }
    }

    private record PreferredTaints() implements Score {
        @Override
        public String name() {
            return "TaintToleration";
        }

        @Override
        public int weight() {
            return 3;
        }

        @Override
        public long raw(PodInfo pod, NodeInfo node) {
            long untolerated = 0;
            for (Taint taint : node.taints()) {
                if (taint.effect().equals("PreferNoSchedule")
                        && pod.tolerations().stream().noneMatch(toleration -> toleration.tolerates(taint))) {
                    untolerated++;
                }
            }
            return untolerated;
        }

        @Override
        public void normalize(PodInfo pod, List<NodeInfo> nodes, boolean[] feasible, long[] scores) {
            Score.scale(feasible, scores, true);
        }
    }

    /**
     * PodTopologySpread's default: few pods of the same owner on the same node, and in the same zone, where zones count
     * twice as much.
     */
    private record Spreading() implements Score {
        private static final String ZONE = "topology.kubernetes.io/zone";

        @Override
        public String name() {
            return "PodTopologySpread";
        }

        @Override
        public int weight() {
            return 2;
        }

        @Override
        public long raw(PodInfo pod, NodeInfo node) {
            if (pod.ownerUid().isEmpty()) {
                return 0;
            }
            long siblings = 0;
            for (PodInfo other : node.pods()) {
                siblings += other.ownerUid().equals(pod.ownerUid()) && !other.deleting() ? 1 : 0;
            }
            return siblings;
        }

        @Override
        public void normalize(PodInfo pod, List<NodeInfo> nodes, boolean[] feasible, long[] scores) {
            Map<String, Long> zones = new HashMap<>();
            for (int index = 0; index < scores.length; index++) {
                String zone = nodes.get(index).labels().get(ZONE);
                if (zone != null && scores[index] > 0) {
                    zones.merge(zone, scores[index], Long::sum);
                }
            }
            long[] siblingsInZone = new long[scores.length];
            for (int index = 0; index < scores.length; index++) {
                String zone = nodes.get(index).labels().get(ZONE);
                siblingsInZone[index] = zone == null ? 0 : zones.getOrDefault(zone, 0L);
            }
            Score.scale(feasible, scores, true);
            if (!zones.isEmpty()) {
                Score.scale(feasible, siblingsInZone, true);
                for (int index = 0; index < scores.length; index++) {
                    scores[index] = (scores[index] + 2 * siblingsInZone[index]) / 3;
                }
            }
        }
    }
}
