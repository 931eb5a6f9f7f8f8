package dev.xebec.contracts.api;

import dev.xebec.model.object.GroupVersionResource;
import java.util.List;

/**
 * A watch through the bus door. Unlike a watch over HTTP it may cover several resources in one stream, in one revision
 * order: what one transaction wrote arrives in one {@link WatchSink#onEvents} call. So a watcher's picture of pods and
 * allocations is never of two different moments.
 *
 * @param namespace empty for all
 * @param labelSelector empty for none
 * @param fieldSelector empty for none; applies to every resource of the list
 * @param fromRevision 0 asks for the present state first (as ADDED events, then one SYNCED); otherwise the first event
 *     is the first one after this revision
 */
public record WatchRequest(List<GroupVersionResource> resources, String namespace, String labelSelector,
        String fieldSelector, long fromRevision) {}
