package dev.xebec.contracts.state;

import java.util.List;

/**
 * Takes a change stream. Calls come from one thread, in revision order, each revision whole and once. A call that blocks
 * holds back the stream and nothing else.
 */
public interface ChangeSink {

    /** Some whole revisions, oldest first; {@code through} is the last revision that is covered. */
    void onChanges(List<Change> changes, long through);

    /** Nothing that matches up to and including {@code revision}; comes at least once a second while idle. */
    void onProgress(long revision);

    /** The stream is over; no call follows. Resume from the revision after the last one seen, here or elsewhere. */
    void onEnd(End end);

    /** Why a stream ended. */
    sealed interface End {

        /** The revision asked for is no longer kept. */
        record Compacted(long compactedRevision) implements End {}

        /** Closed by the subscriber. */
        record Closed() implements End {}

        /** The store or the way to it failed. */
        record Lost(String reason) implements End {}
    }
}
