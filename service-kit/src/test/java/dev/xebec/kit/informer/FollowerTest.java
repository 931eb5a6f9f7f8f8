package dev.xebec.kit.informer;

import static dev.xebec.kit.client.Objects.pod;
import static dev.xebec.model.object.GroupVersionResource.NODES;
import static dev.xebec.model.object.GroupVersionResource.PODS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchEvent.Type;
import dev.xebec.kit.informer.Follower.Step;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowerTest {
    private final Follower follower = new Follower(Picture.empty(List.of(PODS, NODES), new Indexes()));
    private final List<Step> steps = new ArrayList<>();

    private static WatchEvent event(Type type, String name, long revision) {
        ObjectNode pod = pod("default", name);
        pod.withObject("metadata").put("uid", name).put("resourceVersion", Long.toString(revision));
        return new WatchEvent(type, PODS, revision, Bytes.of(Json.bytes(pod)));
    }

    private static WatchEvent mark(Type type, long revision) {
        return new WatchEvent(type, PODS, revision, Bytes.EMPTY);
    }

    private void take(WatchEvent... events) {
        follower.take(List.of(events), steps::add);
    }

    private void syncedAt(long revision) {
        assertThat(follower.begin()).isZero();
        take(event(Type.ADDED, "a", revision - 1), mark(Type.SYNCED, revision));
        steps.clear();
    }

    @Test
    void showsNothingBeforeTheListIsComplete() {
        follower.begin();
        take(event(Type.ADDED, "a", 5));
        take(event(Type.ADDED, "b", 3), mark(Type.PROGRESS, 9));
        assertThat(steps).isEmpty();
        take(mark(Type.SYNCED, 7), event(Type.ADDED, "c", 8));
        assertThat(steps).extracting(step -> step.picture().revision()).containsExactly(7L, 8L);
        assertThat(steps.get(0).changes()).hasSize(2);
        assertThat(steps.get(0).synced()).isTrue();
    }

    @Test
    void aListCutOffIsAskedForAgain() {
        follower.begin();
        take(event(Type.ADDED, "a", 5));
        assertThat(follower.begin()).isZero();
        take(event(Type.ADDED, "b", 6), mark(Type.SYNCED, 7));
        assertThat(steps).singleElement().satisfies(step -> assertThat(step.picture().list(PODS))
                .extracting(object -> object.name()).containsExactly("b"));
    }

    @Test
    void dropsWhatIsRepeatedAfterAResumption() {
        syncedAt(10);
        take(event(Type.ADDED, "b", 11));
        assertThat(follower.begin()).isEqualTo(11);
        take(event(Type.ADDED, "b", 11), event(Type.MODIFIED, "b", 12));
        assertThat(steps).extracting(step -> step.picture().revision()).containsExactly(11L, 12L);
    }

    @Test
    void refusesAListThatIsOlderThanWhatIsKnown() {
        syncedAt(10);
        follower.expired();
        assertThat(follower.begin()).isZero();
        assertThatThrownBy(() -> take(mark(Type.SYNCED, 9))).isInstanceOf(StaleListException.class);
        assertThat(follower.begin()).isZero();
        take(event(Type.ADDED, "a", 9), mark(Type.SYNCED, 10));
        assertThat(steps).singleElement().satisfies(step -> assertThat(step.changes()).isEmpty());
    }

    @Test
    void takesAnOlderListInTheEndSinceTheClusterMayHaveStartedOver() {
        syncedAt(1_000);
        follower.expired();
        for (int i = 0; i < Follower.MAX_OLD_LISTS; i++) {
            follower.begin();
            assertThatThrownBy(() -> take(mark(Type.SYNCED, 3))).isInstanceOf(StaleListException.class);
        }
        follower.begin();
        take(event(Type.ADDED, "z", 2), mark(Type.SYNCED, 3));
        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.picture().revision()).isEqualTo(3);
            assertThat(step.changes()).hasSize(2);
        });
    }

    @Test
    void anEventOfAnotherResourceIsAFault() {
        syncedAt(10);
        WatchEvent foreign = new WatchEvent(Type.ADDED, dev.xebec.model.object.GroupVersionResource.SECRETS, 11,
                event(Type.ADDED, "s", 11).object());
        assertThatThrownBy(() -> take(foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deletionOfWhatWasNeverSeenIsNoChange() {
        syncedAt(10);
        take(event(Type.DELETED, "never", 11));
        assertThat(steps).singleElement().satisfies(step -> assertThat(step.changes()).isEmpty());
    }
}
