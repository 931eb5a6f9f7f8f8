package dev.xebec.scheduler.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What other pods mean for one pod: InterPodAffinity and PodTopologySpread. Counted once per decision over the whole
 * snapshot, then asked per node. Source: kube-scheduler {@code plugins/interpodaffinity}, {@code plugins/podtopologyspread}.
 */
final class Surroundings {
    private final PodInfo pod;
    /** Per required affinity term: the topology values where a matching pod is. */
    private final List<Set<String>> affine = new ArrayList<>();
    private final List<Set<String>> antiAffine = new ArrayList<>();
    /** Topology pairs that pods on nodes keep this one out of, as {@code key=value}. */
    private final Set<String> forbidden = new HashSet<>();
    private final List<Map<String, Integer>> spreadCounts = new ArrayList<>();
    private final Map<String, Long> preference = new HashMap<>();
    private boolean anyAffineExists;

    Surroundings(PodInfo pod, Snapshot snapshot) {
        this.pod = pod;
        pod.affinity().forEach(term -> affine.add(new HashSet<>()));
        pod.antiAffinity().forEach(term -> antiAffine.add(new HashSet<>()));
        pod.spread().forEach(constraint -> spreadCounts.add(new HashMap<>()));
        for (NodeInfo node : snapshot.order()) {
            countDomains(node);
            for (PodInfo other : node.pods()) {
                countPod(node, other);
            }
        }
    }

    @Nullable
    String reject(NodeInfo node) {
        String spread = rejectSpread(node);
        return spread != null ? spread : rejectAffinity(node);
    }

    /** Sum of the weights of preferred terms that hold on the node, those against it subtracted. */
    long preference(NodeInfo node) {
        long sum = 0;
        for (Map.Entry<String, Long> entry : preference.entrySet()) {
            sum += in(entry.getKey(), node) ? entry.getValue() : 0;
        }
        return sum;
    }

    /** Matching pods already in the node's domains of the soft constraints. */
    long crowding(NodeInfo node) {
        long sum = 0;
        for (int index = 0; index < pod.spread().size(); index++) {
            SpreadConstraint constraint = pod.spread().get(index);
            String value = node.labels().get(constraint.topologyKey());
            sum += value == null ? 0 : spreadCounts.get(index).getOrDefault(value, 0);
        }
        return sum;
    }

    /** Only domains that the pod may go to at all take part. Source: nodeAffinityPolicy Honor, nodeTaintsPolicy Ignore. */
    private void countDomains(NodeInfo node) {
        for (int index = 0; index < pod.spread().size(); index++) {
            String value = node.labels().get(pod.spread().get(index).topologyKey());
            if (value != null && NodeFilters.AFFINITY.reject(pod, node) == null) {
                spreadCounts.get(index).putIfAbsent(value, 0);
            }
        }
    }

    private void countPod(NodeInfo node, PodInfo other) {
        for (int index = 0; index < pod.spread().size(); index++) {
            SpreadConstraint constraint = pod.spread().get(index);
            String value = node.labels().get(constraint.topologyKey());
            if (value != null && !other.deleting() && other.key().namespace().equals(pod.key().namespace())
                    && constraint.selector().matches(other.labels())) {
                spreadCounts.get(index).merge(value, 1, Integer::sum);
            }
        }
        collect(pod.affinity(), affine, node, other);
        collect(pod.antiAffinity(), antiAffine, node, other);
        for (PodTerm term : other.antiAffinity()) {
            String value = node.labels().get(term.topologyKey());
            if (value != null && term.matches(pod)) {
                forbidden.add(term.topologyKey() + "=" + value);
            }
        }
        prefer(pod.preferredAffinity(), node, other, pod, 1);
        prefer(pod.preferredAntiAffinity(), node, other, pod, -1);
    }

    private void collect(List<PodTerm> terms, List<Set<String>> found, NodeInfo node, PodInfo other) {
        for (int index = 0; index < terms.size(); index++) {
            PodTerm term = terms.get(index);
            String value = node.labels().get(term.topologyKey());
            if (value != null && term.matches(other)) {
                found.get(index).add(value);
                anyAffineExists |= found == affine;
            }
        }
    }

    private void prefer(List<PodTerm> terms, NodeInfo node, PodInfo other, PodInfo of, int sign) {
        for (PodTerm term : terms) {
            String value = node.labels().get(term.topologyKey());
            if (value != null && term.matches(other) && !other.key().equals(of.key())) {
                preference.merge(term.topologyKey() + "=" + value, (long) sign * term.weight(), Long::sum);
            }
        }
    }

    private @Nullable String rejectSpread(NodeInfo node) {
        for (int index = 0; index < pod.spread().size(); index++) {
            SpreadConstraint constraint = pod.spread().get(index);
            if (!constraint.hard()) {
                continue;
            }
            String value = node.labels().get(constraint.topologyKey());
            if (value == null) {
                return "node(s) didn't match pod topology spread constraints (missing required label)";
            }
            Map<String, Integer> counts = spreadCounts.get(index);
            int least = counts.size() < constraint.minDomains()
                    ? 0
                    : counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
            int self = constraint.selector().matches(pod.labels()) ? 1 : 0;
            if (counts.getOrDefault(value, 0) + self - least > constraint.maxSkew()) {
                return "node(s) didn't match pod topology spread constraints";
            }
        }
        return null;
    }

    private @Nullable String rejectAffinity(NodeInfo node) {
        for (int index = 0; index < pod.affinity().size(); index++) {
            PodTerm term = pod.affinity().get(index);
            String value = node.labels().get(term.topologyKey());
            // The first pod of a group that wants to be together may go anywhere that has the label.
            boolean first = !anyAffineExists && pod.affinity().stream().allMatch(own -> own.matches(pod));
            if (value == null || !affine.get(index).contains(value) && !first) {
                return "node(s) didn't match pod affinity rules";
            }
        }
        for (int index = 0; index < pod.antiAffinity().size(); index++) {
            String value = node.labels().get(pod.antiAffinity().get(index).topologyKey());
            if (value != null && antiAffine.get(index).contains(value)) {
                return "node(s) didn't match pod anti-affinity rules";
            }
        }
        for (String pair : forbidden) {
            if (in(pair, node)) {
                return "node(s) didn't satisfy existing pods anti-affinity rules";
            }
        }
        return null;
    }

    /** Whether the node has the label of a {@code key=value} pair; a label's key has no equals sign. */
    private static boolean in(String pair, NodeInfo node) {
        int equals = pair.indexOf('=');
        return pair.substring(equals + 1).equals(node.labels().get(pair.substring(0, equals)));
    }
}
