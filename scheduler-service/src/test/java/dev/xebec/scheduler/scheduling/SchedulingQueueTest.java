package dev.xebec.scheduler.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulingQueueTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SchedulingQueue queue = new SchedulingQueue();

    @Test
    void highPriorityComesFirst() {
        queue.put(Objects.pod("low", "1m", "1Mi", "priority: 1"), NOW);
        queue.put(Objects.pod("high", "1m", "1Mi", "priority: 10"), NOW);
        assertThat(names(NOW)).containsExactly("high", "low");
    }

    @Test
    void anUnschedulablePodWaitsForAnEventAndThenItsBackOff() {
        PodInfo pod = Objects.pod("p", "1m", "1Mi", "");
        queue.put(pod, NOW);
        assertThat(names(NOW)).containsExactly("p");
        queue.unschedulable(pod.key(), NOW);
        assertThat(names(NOW.plusSeconds(30))).isEmpty();
        queue.wakeAll(NOW.plusSeconds(30));
        assertThat(names(NOW.plusSeconds(30))).containsExactly("p");
        queue.unschedulable(pod.key(), NOW.plusSeconds(30));
        queue.wakeAll(NOW.plusSeconds(31));
        assertThat(names(NOW.plusSeconds(31))).isEmpty();
        assertThat(queue.nextReady()).contains(NOW.plusSeconds(32));
        assertThat(names(NOW.plusSeconds(32))).containsExactly("p");
    }

    @Test
    void itsOwnStatusDoesNotWakeIt() {
        PodInfo pod = Objects.pod("p", "1m", "1Mi", "");
        queue.put(pod, NOW);
        names(NOW);
        queue.unschedulable(pod.key(), NOW);
        queue.put(pod, NOW.plusSeconds(20));
        assertThat(names(NOW.plusSeconds(20))).isEmpty();
    }

    @Test
    void aChangedPodIsTriedAgain() {
        PodInfo pod = Objects.pod("p", "1m", "1Mi", "");
        queue.put(pod, NOW);
        names(NOW);
        queue.unschedulable(pod.key(), NOW);
        queue.put(Objects.pod("p", "2m", "1Mi", ""), NOW.plusSeconds(20));
        assertThat(names(NOW.plusSeconds(20))).containsExactly("p");
    }

    @Test
    void aConflictIsDecidedAgainAtOnce() {
        PodInfo pod = Objects.pod("p", "1m", "1Mi", "");
        queue.put(pod, NOW);
        names(NOW);
        queue.again(pod.key());
        assertThat(names(NOW)).containsExactly("p");
    }

    @Test
    void aBoundPodWakesThoseThatLookAround() {
        PodInfo follower = Objects.pod("follower", "1m", "1Mi", """
                affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
                  {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: cache}}}]}}""");
        PodInfo plain = Objects.pod("plain", "1m", "1Mi", "");
        queue.put(follower, NOW);
        queue.put(plain, NOW);
        names(NOW);
        queue.unschedulable(follower.key(), NOW);
        queue.unschedulable(plain.key(), NOW);
        queue.wakeThoseThatLookAround(NOW.plusSeconds(30));
        assertThat(names(NOW.plusSeconds(30))).containsExactly("follower");
    }

    @Test
    void anotherPodOfTheSameNameStays() {
        queue.put(Objects.pod("p", "1m", "1Mi", ""), NOW);
        queue.remove(Objects.pod("p", "1m", "1Mi", "").key(), "uid-of-an-earlier-one");
        assertThat(names(NOW)).containsExactly("p");
    }

    @Test
    void aRemovedPodIsForgotten() {
        PodInfo pod = Objects.pod("p", "1m", "1Mi", "");
        queue.put(pod, NOW);
        queue.remove(pod.key());
        queue.again(pod.key());
        assertThat(names(NOW)).isEmpty();
    }

    @Test
    void podsOfOneAgeAndBackOffAreAllKept() {
        List<PodInfo> pods = IntStream.range(0, 10).mapToObj(n -> Objects.pod("p" + n, "1m", "1Mi", "")).toList();
        pods.forEach(pod -> queue.put(pod, NOW));
        assertThat(queue.readyCount()).isEqualTo(10);
        assertThat(names(NOW)).hasSize(10);
        pods.forEach(pod -> queue.unschedulable(pod.key(), NOW));
        assertThat(queue.waitingCount()).isEqualTo(10);
        queue.remove(pods.get(3).key());
        queue.wakeAll(NOW.plusSeconds(30));
        assertThat(names(NOW.plusSeconds(30))).hasSize(9).doesNotContain("p3");
    }

    @Test
    void whatBacksOffAfterTheWorldFailedIsWokenByNoEvent() {
        PodInfo pod = Objects.pod("p", "1m", "1Mi", "");
        queue.put(pod, NOW);
        names(NOW);
        queue.unschedulable(pod.key(), NOW);
        assertThat(names(NOW.plusSeconds(300))).containsExactly("p");
        queue.retry(pod.key(), NOW.plusSeconds(300));
        queue.wakeAll(NOW.plusSeconds(300));
        assertThat(names(NOW.plusSeconds(300))).isEmpty();
        assertThat(names(NOW.plusSeconds(302))).containsExactly("p");
    }

    private List<String> names(Instant now) {
        return queue.take(10, now).stream().map(pod -> pod.key().name()).toList();
    }
}
