package dev.xebec.controller.replicaset;

import dev.xebec.controller.object.Pods;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which pods go first when there are too many: unassigned, pending, not ready, cheap, doubled up on a node, ready for
 * the shortest time, most restarted, newest. Two replicas that see the same state name the same pods.
 *
 * <p>Source: k/k {@code pkg/controller/controller_utils.go} ActivePodsWithRanks.
 */
final class PodRanking {
    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    private PodRanking() {}

    /** @param related all active pods that do the same work, also those of sibling owners */
    static List<ApiObject> victims(List<ApiObject> pods, List<ApiObject> related, int count) {
        Map<String, Long> onNode = related.stream().filter(pod -> !Pods.node(pod).isEmpty())
                .collect(Collectors.groupingBy(Pods::node, Collectors.counting()));
        return pods.stream().sorted(order(pod -> onNode.getOrDefault(Pods.node(pod), 0L))).limit(count).toList();
    }

    private static Comparator<ApiObject> order(Function<ApiObject, Long> crowd) {
        return Comparator.<ApiObject, Boolean>comparing(pod -> !Pods.node(pod).isEmpty())
                .thenComparing(PodRanking::phaseRank).thenComparing(Pods::ready).thenComparing(PodRanking::cost)
                .thenComparing(crowd, Comparator.reverseOrder())
                .thenComparing(pod -> Pods.readySince(pod).orElse(Instant.MAX), Comparator.reverseOrder())
                .thenComparing(Pods::restarts, Comparator.reverseOrder())
                .thenComparing(pod -> pod.creationTimestamp().orElse(Instant.MAX), Comparator.reverseOrder())
                .thenComparing(ApiObject::name);
    }

    private static int phaseRank(ApiObject pod) {
        return switch (Pods.phase(pod)) {
            case "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    /** A cost that is no number counts as none. */
    private static int cost(ApiObject pod) {
        String cost = pod.annotations().getOrDefault(DELETION_COST, "0");
        try {
            return Integer.parseInt(cost);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
