package dev.xebec.scheduler.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private final Snapshot snapshot = new Snapshot();
    private final Scheduler scheduler = new Scheduler(snapshot, 0);

    @Test
    void withoutNodesItSaysSo() {
        assertThat(refusal(Objects.pod("p", "1", "1Gi", ""))).isEqualTo("no nodes available to schedule pods");
    }

    @Test
    void countsEachReasonOnce() {
        snapshot.node("full", Objects.node("full", "100m", "8Gi", 110, Map.of(), ""));
        snapshot.node("cordoned", Objects.node("cordoned", "4", "8Gi", 110, Map.of(), "unschedulable: true"));
        snapshot.node("tainted", Objects.node("tainted", "4", "8Gi", 110, Map.of(),
                "taints: [{key: gpu, value: only, effect: NoSchedule}]"));
        assertThat(refusal(Objects.pod("p", "1", "1Gi", ""))).isEqualTo("0/3 nodes are available: 1 Insufficient cpu, "
                + "1 node(s) had untolerated taint {gpu: only}, 1 node(s) were unschedulable.");
    }

    @Test
    void spreadsPodsOverEqualNodes() {
        for (String node : List.of("a", "b", "c")) {
            snapshot.node(node, Objects.node(node));
        }
        List<PodInfo> pods = new ArrayList<>();
        for (int pod = 0; pod < 9; pod++) {
            pods.add(Objects.pod("p" + pod, "100m", "64Mi", ""));
        }
        Map<String, Long> perNode = scheduler.decide(pods).stream().map(Decision.Placed.class::cast)
                .collect(Collectors.groupingBy(Decision.Placed::node, Collectors.counting()));
        assertThat(perNode).containsOnly(Map.entry("a", 3L), Map.entry("b", 3L), Map.entry("c", 3L));
    }

    @Test
    void neverFillsANodeBeyondItsRoom() {
        snapshot.node("small", Objects.node("small", "1", "8Gi", 110, Map.of(), ""));
        assertThat(place(Objects.pod("one", "600m", "1Gi", ""))).isEqualTo("small");
        assertThat(refusal(Objects.pod("two", "600m", "1Gi", "")))
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
        snapshot.forget(new ObjectKey("default", "one"));
        assertThat(place(Objects.pod("two", "600m", "1Gi", ""))).isEqualTo("small");
    }

    @Test
    void aPodThatRequestsNothingFitsAFullNodeButNotBeyondItsPlaces() {
        snapshot.node("tiny", Objects.node("tiny", "1", "1Gi", 2, Map.of(), ""));
        place(Objects.pod("greedy", "1", "1Gi", ""));
        assertThat(place(Objects.pod("modest", "0", "0", ""))).isEqualTo("tiny");
        assertThat(refusal(Objects.pod("third", "0", "0", ""))).isEqualTo("0/1 nodes are available: 1 Too many pods.");
    }

    @Test
    void anAbsurdRequestNeverFitsAndSpoilsNoSum() {
        snapshot.node("a", Objects.node("a"));
        place(Objects.pod("small", "100m", "64Mi", ""));
        assertThat(refusal(Objects.pod("absurd", "10P", "7E", "")))
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
        PodInfo half = Objects.pod("half", "1m", "5E", "");
        assertThat(half.requests().plus(half.requests()).memory()).isEqualTo(Long.MAX_VALUE);
        snapshot.pod(Objects.pod("forced", "1m", "8E", "").on("a"));
        assertThat(refusal(Objects.pod("next", "1m", "64Mi", "")))
                .isEqualTo("0/1 nodes are available: 1 Insufficient memory.");
        snapshot.podGone(new ObjectKey("default", "forced"));
        assertThat(place(Objects.pod("next", "1m", "64Mi", ""))).isEqualTo("a");
    }

    @Test
    void eachBindToANodeNamesTheNextVersion() {
        snapshot.node("a", Objects.node("a"));
        snapshot.allocation("a", 5);
        List<Decision> decisions = scheduler
                .decide(List.of(Objects.pod("p1", "1m", "1Mi", ""), Objects.pod("p2", "1m", "1Mi", "")));
        assertThat(decisions).extracting(decision -> ((Decision.Placed) decision).nodeVersion()).containsExactly(5L,
                6L);
    }

    @Test
    void aConfirmedBindIsCountedOnce() {
        snapshot.node("a", Objects.node("a"));
        PodInfo pod = Objects.pod("p1", "1m", "1Mi", "");
        place(pod);
        snapshot.pod(pod.on("a"));
        snapshot.allocation("a", 1);
        assertThat(
                ((Decision.Placed) scheduler.decide(List.of(Objects.pod("p2", "1m", "1Mi", ""))).get(0)).nodeVersion())
                .isEqualTo(1);
    }

    @Test
    void nodeSelectorAndAffinityAreObeyed() {
        snapshot.node("ssd", Objects.node("ssd", "4", "8Gi", 110, Map.of("disk", "ssd", "size", "9"), ""));
        snapshot.node("hdd", Objects.node("hdd", "4", "8Gi", 110, Map.of("disk", "hdd", "size", "3"), ""));
        assertThat(place(Objects.pod("selects", "1m", "1Mi", "nodeSelector: {disk: hdd}"))).isEqualTo("hdd");
        assertThat(place(Objects.pod("greater", "1m", "1Mi", """
                affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
                  {matchExpressions: [{key: size, operator: Gt, values: ["5"]}]}]}}}"""))).isEqualTo("ssd");
        assertThat(place(Objects.pod("byName", "1m", "1Mi", """
                affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
                  {matchFields: [{key: metadata.name, operator: In, values: [hdd]}]}]}}}"""))).isEqualTo("hdd");
        assertThat(refusal(Objects.pod("nowhere", "1m", "1Mi", "nodeSelector: {disk: tape}")))
                .isEqualTo("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.");
    }

    @Test
    void preferredAffinityDecidesAmongEquals() {
        snapshot.node("a", Objects.node("a"));
        snapshot.node("b", Objects.node("b", "4", "8Gi", 110, Map.of("fast", "yes"), ""));
        assertThat(place(Objects.pod("p", "1m", "1Mi", """
                affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
                  {weight: 50, preference: {matchExpressions: [{key: fast, operator: Exists}]}}]}}"""))).isEqualTo("b");
    }

    @Test
    void tolerationsLetIn() {
        snapshot.node("gpu", Objects.node("gpu", "4", "8Gi", 110, Map.of(),
                "taints: [{key: gpu, value: only, effect: NoSchedule}]"));
        assertThat(place(Objects.pod("exact", "1m", "1Mi",
                "tolerations: [{key: gpu, operator: Equal, value: only, effect: NoSchedule}]"))).isEqualTo("gpu");
        assertThat(place(Objects.pod("any", "1m", "1Mi", "tolerations: [{operator: Exists}]"))).isEqualTo("gpu");
        assertThat(scheduler.decide(List.of(Objects.pod("other", "1m", "1Mi",
                "tolerations: [{key: gpu, operator: Equal, value: none, effect: NoSchedule}]"))).get(0))
                .isInstanceOf(Decision.Unschedulable.class);
    }

    @Test
    void requiredAntiAffinityHoldsBothWays() {
        snapshot.node("a", Objects.node("a"));
        snapshot.node("b", Objects.node("b"));
        String alone = """
                affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
                  {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}""";
        String first = place(Objects.pod("one", "1m", "1Mi", alone));
        String second = place(Objects.pod("two", "1m", "1Mi", alone));
        assertThat(second).isNotEqualTo(first);
        assertThat(refusal(Objects.pod("three", "1m", "1Mi", alone)))
                .isEqualTo("0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.");
        assertThat(refusal(Objects.pod("plain", "1m", "1Mi", "")))
                .isEqualTo("0/2 nodes are available: 2 node(s) didn't satisfy existing pods anti-affinity rules.");
    }

    @Test
    void requiredAffinityFollowsItsGroup() {
        snapshot.node("a", Objects.node("a"));
        snapshot.node("b", Objects.node("b"));
        String together = """
                affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
                  {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}""";
        String first = place(Objects.pod("one", "1m", "1Mi", together));
        assertThat(place(Objects.pod("two", "1m", "1Mi", together))).isEqualTo(first);
        assertThat(place(Objects.pod("three", "1m", "1Mi", together))).isEqualTo(first);
    }

    @Test
    void hardSpreadingKeepsTheSkew() {
        snapshot.node("a", Objects.node("a", "4", "8Gi", 110, Map.of("topology.kubernetes.io/zone", "z1"), ""));
        snapshot.node("b", Objects.node("b", "100m", "8Gi", 110, Map.of("topology.kubernetes.io/zone", "z2"), ""));
        String spread = """
                topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone,
                  whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]""";
        assertThat(List.of(place(Objects.pod("one", "80m", "1Mi", spread)),
                place(Objects.pod("two", "80m", "1Mi", spread))))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(place(Objects.pod("three", "80m", "1Mi", spread))).isEqualTo("a");
        assertThat(refusal(Objects.pod("four", "80m", "1Mi", spread))).isEqualTo("0/2 nodes are available: "
                + "1 Insufficient cpu, 1 node(s) didn't match pod topology spread constraints.");
    }

    @Test
    void hostPortsClash() {
        snapshot.node("a", Objects.node("a"));
        PodInfo first = withHostPort("one");
        place(first);
        assertThat(refusal(withHostPort("two"))).isEqualTo(
                "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.");
    }

    private static PodInfo withHostPort(String name) {
        PodInfo plain = Objects.pod(name, "1m", "1Mi", "");
        return new PodInfo(plain.key(), plain.uid(), plain.revision(), "", plain.schedulerName(), 0, plain.created(),
                plain.labels(), "", plain.requests(), Map.of(), List.of(), false, List.of(), List.of(),
                java.util.Set.of("TCP/0.0.0.0/80"), List.of(), List.of(), List.of(), List.of(), List.of(), false, false,
                false, List.of("hostPort"));
    }

    private String place(PodInfo pod) {
        Decision decision = scheduler.decide(List.of(pod)).get(0);
        assertThat(decision).isInstanceOf(Decision.Placed.class);
        return ((Decision.Placed) decision).node();
    }

    private String refusal(PodInfo pod) {
        Decision decision = scheduler.decide(List.of(pod)).get(0);
        assertThat(decision).isInstanceOf(Decision.Unschedulable.class);
        return ((Decision.Unschedulable) decision).message();
    }
}
