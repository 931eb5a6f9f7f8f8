package dev.xebec.contracts.api;

import java.util.List;

/** Takes a watch. Calls come from one thread, in revision order. A call that blocks holds back this watch only. */
public interface WatchSink {

    /** Whole revisions, oldest first. */
    void onEvents(List<WatchEvent> events);

    /**
     * The watch is over. {@code expired}: the revision is no longer kept, so start again from 0; otherwise resume after
     * the last revision seen, on any gateway.
     */
    void onEnd(boolean expired, String reason);
}
