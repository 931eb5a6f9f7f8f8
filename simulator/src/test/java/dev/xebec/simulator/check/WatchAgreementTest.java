package dev.xebec.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchEvent.Type;
import dev.xebec.contracts.api.WatchRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchAgreementTest {
    private static final String X = ",'labels':{'app':'x'}";

    /** 1: a and b, of which a is x; 2: a node; 3: b becomes x; 4: a is no x any more; 5: b is deleted. */
    private final WrittenLog log = new WrittenLog().commit(pod("a", X), pod("b", "")).commit(Samples.node("n1", ""))
            .commit(pod("b", X)).commit(pod("a", "")).commit(WrittenLog.delete(Samples.PODS, "d", "b"));
    private final Invariants invariants = log.invariants();

    private static WrittenLog.Edit pod(String name, String metadata) {
        return Samples.pod(name, metadata, "", "", "");
    }

    private static WatchRequest request(String labels, long from) {
        return new WatchRequest(List.of(Samples.PODS, Samples.NODES), "", labels, "", from);
    }

    @BeforeEach
    void open() {
        invariants.watchOpened("w", request("", 0));
        invariants.watchOpened("r", request("", 2));
        invariants.watchOpened("x", request("app=x", 1));
    }

    /** An event of the log's. @param of the revision that wrote what is shown */
    private WatchEvent event(Type type, String pod, long of, long revision) {
        Stored stored = log.truth().storedAt("/pods/d/" + pod, of);
        return new WatchEvent(type, Samples.PODS, revision, stored == null ? Bytes.EMPTY : stored.jsonAt(revision));
    }

    private WatchEvent node() {
        Stored stored = log.truth().storedAt("/nodes//n1", 2);
        return new WatchEvent(Type.ADDED, Samples.NODES, 2, stored == null ? Bytes.EMPTY : stored.json());
    }

    private static WatchEvent told(Type type, long revision) {
        return new WatchEvent(type, Samples.PODS, revision, Bytes.EMPTY);
    }

    private void refused(String watcher, WatchEvent... events) {
        assertEquals("watch", assertThrows(Violation.class,
                () -> invariants.watchDelivered(watcher, List.of(events))).invariant());
    }

    @Test
    void aWatchListsAndFollows() {
        invariants.watchDelivered("w", List.of(node()));
        invariants.watchDelivered("w", List.of(event(Type.ADDED, "b", 1, 1), event(Type.ADDED, "a", 1, 1),
                told(Type.SYNCED, 2)));
        invariants.watchDelivered("w", List.of(event(Type.MODIFIED, "b", 3, 3)));
        invariants.watchDelivered("w", List.of(told(Type.PROGRESS, 3)));
        invariants.watchDelivered("w", List.of(event(Type.MODIFIED, "a", 4, 4), event(Type.DELETED, "b", 3, 5)));
    }

    @Test
    void aListIsWhole() {
        refused("w", event(Type.ADDED, "b", 1, 1), node(), told(Type.SYNCED, 2));
        invariants.watchOpened("v", request("", 0));
        refused("v", event(Type.ADDED, "b", 1, 1), event(Type.ADDED, "b", 1, 1));
        invariants.watchOpened("u", request("", 0));
        refused("u", event(Type.ADDED, "a", 1, 1), event(Type.ADDED, "b", 1, 1), node(), told(Type.SYNCED, 1));
    }

    @Test
    void aWatchResumes() {
        invariants.watchDelivered("r", List.of(event(Type.MODIFIED, "b", 3, 3)));
    }

    @Test
    void selectorsShowWhatEntersAndLeaves() {
        invariants.watchDelivered("x", List.of(event(Type.ADDED, "b", 3, 3), event(Type.DELETED, "a", 1, 4)));
        invariants.watchDelivered("x", List.of(event(Type.DELETED, "b", 3, 5)));
    }

    @Test
    void whatEntersIsAdded() {
        refused("x", event(Type.MODIFIED, "b", 3, 3));
    }

    @Test
    void whatLeavesIsNotShownAsModified() {
        refused("x", event(Type.ADDED, "b", 3, 3), event(Type.MODIFIED, "a", 4, 4));
    }

    @Test
    void nothingIsLeftOut() {
        refused("r", event(Type.MODIFIED, "a", 4, 4));
    }

    @Test
    void nothingComesTwice() {
        refused("r", event(Type.MODIFIED, "b", 3, 3), event(Type.MODIFIED, "b", 3, 3));
    }

    @Test
    void nothingComesOutOfOrder() {
        refused("r", event(Type.MODIFIED, "a", 4, 4), event(Type.MODIFIED, "b", 3, 3));
    }

    @Test
    void aBookmarkIsNotAheadOfWhatWasDelivered() {
        refused("r", told(Type.PROGRESS, 3));
        invariants.watchOpened("s", request("", 5));
        refused("s", told(Type.PROGRESS, 6));
    }

    @Test
    void aDeletionShowsTheLastState() {
        invariants.watchOpened("s", request("", 4));
        refused("s", event(Type.DELETED, "b", 1, 5));
    }

    @Test
    void aRevisionComesWhole() {
        log.commit(pod("c", ""), pod("e", ""));
        invariants.watchOpened("s", request("", 5));
        refused("s", event(Type.ADDED, "c", 6, 6));
        invariants.watchOpened("t", request("", 5));
        invariants.watchDelivered("t", List.of(event(Type.ADDED, "c", 6, 6), event(Type.ADDED, "e", 6, 6)));
    }

    @Test
    void whoHasSeenAllIsNotTooOld() {
        invariants.watchOpened("s", request("", 5));
        assertThrows(Violation.class, () -> invariants.watchEnded("s", true));
        invariants.watchEnded("r", true);
        invariants.watchEnded("x", false);
    }

    @Test
    void anOpenWatchGetsAllInTheEnd() {
        invariants.watchEnded("w", false);
        invariants.watchEnded("x", false);
        assertThrows(Violation.class, invariants::settled);
        invariants.watchDelivered("r", List.of(event(Type.MODIFIED, "b", 3, 3), event(Type.MODIFIED, "a", 4, 4),
                event(Type.DELETED, "b", 3, 5)));
        invariants.settled();
    }
}
