package dev.xebec.gateway.bus;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.gateway.cache.CacheEvent;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.Splice;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.cache.Watcher;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.read.EventFilter;
import dev.xebec.gateway.read.ObjectFilter;
import dev.xebec.gateway.read.ReadRevision;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.status.RejectedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A watch over several resources in one revision order. The cache's thread filters and queues whole batches; a virtual
 * thread of its own says them in the version that is wanted, which may take a webhook, and hands them to the sink: both
 * may block.
 */
final class BusWatch implements Watcher, WatchHandle {
    /** Events that wait for the sink; with more the watch ends and is resumed by its client. */
    static final int MAX_QUEUED = 50_000;
    /** Events of the present state, or of what was missed, in one call of the sink. */
    static final int CHUNK = 500;
    /** How often an idle watch says how far it is. */
    private static final long PROGRESS_MILLIS = 1_000;

    private final WatchCache cache;
    private final ReadRevision revisions;
    private final Conversions conversions;
    private final Map<String, Selection> byMap = new HashMap<>();
    /** Whether custom objects of all kinds are wanted too, their metadata. */
    private final boolean custom;
    private final long fromRevision;
    private final WatchSink sink;
    private final LinkedBlockingQueue<List<Seen>> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private volatile @Nullable End end;
    private volatile @Nullable Thread thread;

    /** @param filter which objects of the kind */
    record Wanted(Kind kind, ObjectFilter filter) {}

    private record Selection(GroupVersionResource resource, Kind kind, ObjectFilter filter) {}

    /** What the sink is to be told of. @param selection null for the metadata of a custom object */
    private record Seen(@Nullable Selection selection, CacheEvent.Type type, CacheEvent event) {}

    private record End(boolean expired, String reason) {}

    BusWatch(WatchCache cache, ReadRevision revisions, Conversions conversions,
            Map<GroupVersionResource, Wanted> wanted, boolean custom, long fromRevision,
            WatchSink sink) {
        this.cache = cache;
        this.revisions = revisions;
        this.conversions = conversions;
        this.custom = custom;
        this.fromRevision = fromRevision;
        this.sink = sink;
        wanted.forEach((resource, one) -> byMap.put(StoreKey.resourceOf(one.kind()),
                new Selection(resource, one.kind(), one.filter())));
    }

    void start() {
        thread = Thread.ofVirtual().name("bus-watch").start(this::run);
    }

    private void run() {
        try {
            StoreImage image = fromRevision == 0 ? revisions.newest() : revisions.notOlderThan(fromRevision);
            long after = fromRevision == 0 ? image.revision() : fromRevision;
            List<CacheEvent> missed = cache.subscribe(after, this);
            if (missed == null) {
                sink.onEnd(true, "revision " + after + " is no longer kept");
                return;
            }
            if (fromRevision == 0) {
                sendState(image);
            }
            sendMissed(missed);
            follow(after);
        } catch (RejectedException refused) {
            sink.onEnd(false, refused.status().message());
        } catch (UnavailableException unavailable) {
            sink.onEnd(false, String.valueOf(unavailable.getMessage()));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            sink.onEnd(false, "closed");
        } finally {
            cache.unsubscribe(this);
        }
    }

    private void sendState(StoreImage image) {
        List<WatchEvent> chunk = new ArrayList<>();
        for (Map.Entry<String, Selection> entry : byMap.entrySet()) {
            Selection selection = entry.getValue();
            for (CachedObject object : image.in(entry.getKey(), selection.filter().namespace()).values()) {
                if (selection.filter().matches(object)) {
                    chunk.add(new WatchEvent(WatchEvent.Type.ADDED, selection.resource(), object.revision(),
                            conversions.shown(selection.kind(), object).json()));
                }
                if (chunk.size() == CHUNK) {
                    sink.onEvents(chunk);
                    chunk = new ArrayList<>();
                }
            }
        }
        for (var entry : image.resources().entrySet()) {
            if (!custom || !ServedKinds.custom(entry.getKey())) {
                continue;
            }
            for (CachedObject object : entry.getValue().values()) {
                chunk.add(new WatchEvent(WatchEvent.Type.ADDED, customOf(entry.getKey()), object.revision(),
                        metadata(object.json())));
                if (chunk.size() == CHUNK) {
                    sink.onEvents(chunk);
                    chunk = new ArrayList<>();
                }
            }
        }
        chunk.add(new WatchEvent(WatchEvent.Type.SYNCED, anyResource(), image.revision(), Bytes.EMPTY));
        sink.onEvents(chunk);
    }

    /**
     * What had happened before this watch was told of anything. The sink gets whole revisions, however large: it takes a
     * revision that it has been told of for done.
     */
    private void sendMissed(List<CacheEvent> missed) {
        int from = 0;
        while (from < missed.size()) {
            int to = Math.min(missed.size(), from + CHUNK);
            while (to < missed.size() && missed.get(to).revision() == missed.get(to - 1).revision()) {
                to++;
            }
            List<Seen> seen = seen(missed.subList(from, to));
            if (!seen.isEmpty()) {
                sink.onEvents(told(seen));
            }
            from = to;
        }
    }

    private GroupVersionResource anyResource() {
        return byMap.isEmpty() ? GroupVersionResource.CUSTOM : byMap.values().iterator().next().resource();
    }

    private void follow(long start) throws InterruptedException {
        long told = start;
        while (true) {
            long delivered = cache.deliveredRevision();
            List<Seen> events = queue.poll();
            if (events == null && delivered <= told) {
                events = queue.poll(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
            } else if (events == null) {
                sink.onEvents(List.of(new WatchEvent(WatchEvent.Type.PROGRESS, anyResource(), delivered, Bytes.EMPTY)));
                told = delivered;
                events = queue.poll(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
            }
            End over = end;
            if (over != null) {
                sink.onEnd(over.expired(), over.reason());
                return;
            }
            if (events != null && !events.isEmpty()) {
                queued.addAndGet(-events.size());
                sink.onEvents(told(events));
                told = events.get(events.size() - 1).event().revision();
            }
        }
    }

    @Override
    public Set<String> resources() {
        return byMap.keySet();
    }

    @Override
    public boolean watches(String resource) {
        return byMap.containsKey(resource) || (custom && ServedKinds.custom(resource));
    }

    @Override
    public boolean onlyThese() {
        return !custom;
    }

    private static GroupVersionResource customOf(String map) {
        int slash = map.indexOf('/');
        return GroupVersionResource.customOf(map.substring(0, slash), map.substring(slash + 1));
    }

    private static Bytes metadata(Bytes json) {
        return Bytes.of(Splice.metadataOnly(json.array()));
    }

    private static CacheEvent.Type typeOf(CacheEvent event) {
        return event.after() == null
                ? CacheEvent.Type.DELETED
                : event.before() == null ? CacheEvent.Type.ADDED : CacheEvent.Type.MODIFIED;
    }

    @Override
    public void onEvents(List<CacheEvent> events) {
        if (end != null) {
            return;
        }
        List<Seen> seen = seen(events);
        if (seen.isEmpty()) {
            return;
        }
        if (queued.addAndGet(seen.size()) > MAX_QUEUED) {
            finish(new End(false, "the watcher does not keep up"));
        } else {
            queue.add(seen);
        }
    }

    private List<Seen> seen(List<CacheEvent> events) {
        List<Seen> seen = new ArrayList<>(events.size());
        for (CacheEvent event : events) {
            Selection selection = byMap.get(event.resource());
            if (selection == null && custom && ServedKinds.custom(event.resource())) {
                seen.add(new Seen(null, typeOf(event), event));
                continue;
            }
            CacheEvent.Type type = selection == null ? null : EventFilter.see(selection.filter(), event);
            if (selection != null && type != null) {
                seen.add(new Seen(selection, type, event));
            }
        }
        return seen;
    }

    /** Says what was seen; may block, and so is not for the cache's thread. */
    private List<WatchEvent> told(List<Seen> seen) {
        prepare(seen);
        List<WatchEvent> told = new ArrayList<>(seen.size());
        for (Seen one : seen) {
            CacheEvent event = one.event();
            WatchEvent.Type type = WatchEvent.Type.valueOf(one.type().name());
            Selection selection = one.selection();
            told.add(selection == null
                    ? new WatchEvent(type, customOf(event.resource()), event.revision(),
                            metadata(event.object(one.type())))
                    : new WatchEvent(type, selection.resource(), event.revision(),
                            conversions.shown(selection.kind(), event.shown(one.type())).jsonAt(event.revision())));
        }
        return told;
    }

    /** Asks for many objects at once where somebody has to be asked for their conversion. */
    private void prepare(List<Seen> seen) {
        for (Selection selection : byMap.values()) {
            if (Conversions.asksSomebody(selection.kind())) {
                conversions.shown(selection.kind(), seen.stream().filter(one -> one.selection() == selection)
                        .map(one -> one.event().shown(one.type())).toList());
            }
        }
    }

    @Override
    public void onGap() {
        finish(new End(true, "the cache was built anew"));
    }

    private void finish(End why) {
        end = why;
        queue.add(List.of());
    }

    @Override
    public void close() {
        finish(new End(false, "closed"));
    }
}
