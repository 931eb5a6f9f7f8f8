package dev.xebec.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.simulator.check.WrittenLog.Edit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is true of every key, every object and every pod. */
class LogInvariantsTest {
    private final Truth truth = new Truth();

    private void apply(long revision, String key, long created, long modified, long version) {
        List<Change> changes = List.of(new Change(revision, key,
                new KeyValue(key, Bytes.utf8("{\"a\":" + revision + "}"), created, modified, version)));
        truth.apply(revision, changes);
        new KeyHistory().committed(revision, changes, truth);
    }

    @Test
    void aKeyCountsItsVersions() {
        apply(1, "/pods/d/a", 1, 1, 1);
        apply(2, "/pods/d/a", 1, 2, 2);
        assertThrows(Violation.class, () -> apply(3, "/pods/d/a", 1, 3, 2));
    }

    @Test
    void aRevisionIsNeitherReusedNorLeftOut() {
        apply(1, "/pods/d/a", 1, 1, 1);
        assertThrows(Violation.class, () -> apply(1, "/pods/d/b", 1, 1, 1));
        assertThrows(Violation.class, () -> apply(3, "/pods/d/b", 3, 3, 1));
    }

    @Test
    void createAndModRevisionAreThoseOfTheLog() {
        apply(1, "/pods/d/a", 1, 1, 1);
        assertThrows(Violation.class, () -> apply(2, "/pods/d/a", 2, 2, 2));
        assertThrows(Violation.class, () -> apply(3, "/pods/d/b", 3, 2, 1));
    }

    @Test
    void onlyWhatIsThereIsDeleted() {
        new WrittenLog(new KeyHistory()).commit(Samples.pod("a", "", "")).commit(gone("a")).refused("key-history",
                gone("a"));
    }

    @Test
    void theTruthOfThePastIsKept() {
        WrittenLog log = new WrittenLog().commit(Samples.pod("a", "", "")).commit(Samples.pod("b", "", ""));
        long digest = log.truth().digestAt(1);
        log.commit(gone("b"));
        assertEquals(digest, log.truth().digestAt(3) - log.truth().digestAt(0), "the digest depends on what is there");
        assertEquals(1, log.truth().storedAt(Samples.PODS, 3).size());
        assertEquals(2, log.truth().storedAt(Samples.PODS, 2).size());
    }

    @Test
    void whatIsOldIsForgotten() {
        Truth small = new Truth(2);
        for (int revision = 1; revision <= 9; revision++) {
            String key = "/pods/d/" + (char) ('a' + revision % 3);
            KeyValue put = new KeyValue(key, Bytes.utf8("{}"), revision, revision, 1);
            small.apply(revision, List.of(new Change(revision, key, revision % 2 == 0 ? null : put)));
        }
        assertEquals(7, small.oldest());
        assertEquals(2, small.storedAt(Samples.PODS, 9).size());
        assertEquals(2, small.storedAt(Samples.PODS, 7).size());
        assertThrows(IllegalArgumentException.class, () -> small.storedAt(Samples.PODS, 6));
    }

    private static Edit gone(String pod) {
        return WrittenLog.delete(Samples.PODS, "d", pod);
    }

    private static Edit meta(String metadata, String rest) {
        return WrittenLog.put(Samples.PODS, "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a','namespace':'d',"
                + metadata + "}" + rest + "}");
    }

    private static WrittenLog objects() {
        return new WrittenLog(new ObjectLife());
    }

    @Test
    void aUidChangesOverADeletionOnly() {
        objects().commit(meta("'uid':'1'", "")).commit(gone("a")).commit(meta("'uid':'2'", "")).refused("object-life",
                meta("'uid':'3'", ""));
    }

    @Test
    void aDeletedObjectStaysDeleted() {
        String deleted = "'uid':'1','deletionTimestamp':'2026-01-01T00:00:10Z'";
        WrittenLog log = objects().commit(meta("'uid':'1'", "")).commit(meta(deleted + ",'finalizers':['f']", ""));
        log.commit(meta(deleted, ""));
        log.refused("object-life", meta("'uid':'1'", ""));
    }

    @Test
    void aDeletedObjectGetsNoFinalizerAndNoTime() {
        String deleted = "'uid':'1','deletionTimestamp':'2026-01-01T00:00:10Z'";
        objects().commit(meta(deleted, "")).refused("object-life", meta(deleted + ",'finalizers':['f']", ""));
        objects().commit(meta(deleted, "")).refused("object-life",
                meta("'uid':'1','deletionTimestamp':'2026-01-01T00:00:11Z'", ""));
    }

    @Test
    void aGenerationRisesWithTheSpec() {
        WrittenLog log = objects().commit(meta("'uid':'1','generation':1", ",'spec':{'a':1}"));
        log.commit(meta("'uid':'1','generation':2", ",'spec':{'a':2}"));
        log.commit(meta("'uid':'1','generation':2", ",'spec':{'a':2},'status':{'b':1}"));
        log.refused("object-life", meta("'uid':'1','generation':3", ",'spec':{'a':2},'status':{'b':2}"));
    }

    @Test
    void aGenerationDoesNotFallOrLeap() {
        objects().commit(meta("'uid':'1','generation':2", "")).refused("object-life",
                meta("'uid':'1','generation':1", ",'spec':{}"));
        objects().commit(meta("'uid':'1','generation':2", "")).refused("object-life",
                meta("'uid':'1','generation':4", ",'spec':{'a':1}"));
    }

    private static WrittenLog pods() {
        return new WrittenLog(new PodLife());
    }

    private static Edit phase(String phase, int restarts) {
        return Samples.pod("a", "", "n1", "", "'phase':'" + phase + "','containerStatuses':[{'name':'c','restartCount':"
                + restarts + "}]");
    }

    @Test
    void aPodIsBoundOnce() {
        WrittenLog log = pods().commit(Samples.pod("a", "", "")).commit(Samples.pod("a", "n1", ""));
        log.refused("pod-life", Samples.pod("a", "n2", ""));
    }

    @Test
    void aPodIsNotUnbound() {
        pods().commit(Samples.pod("a", "n1", "")).refused("pod-life", Samples.pod("a", "", ""));
    }

    @Test
    void aPodOfTheSameNameMayGoElsewhere() {
        pods().commit(Samples.pod("a", "n1", "")).commit(gone("a")).commit(Samples.pod("a", "n2", ""));
    }

    @Test
    void aFinishedPodStaysSo() {
        WrittenLog log = pods().commit(phase("Running", 1)).commit(phase("Failed", 2));
        log.refused("pod-life", phase("Running", 2));
    }

    @Test
    void restartsAreNotTakenBack() {
        pods().commit(phase("Running", 2)).refused("pod-life", phase("Running", 1));
    }

    @Test
    void aPodThatIsBeingDeletedIsNotBound() {
        String deleted = ",'deletionTimestamp':'2026-01-01T00:00:10Z'";
        pods().commit(Samples.pod("a", deleted, "", "", "")).refused("pod-life",
                Samples.pod("a", deleted, "n1", "", ""));
    }
}
