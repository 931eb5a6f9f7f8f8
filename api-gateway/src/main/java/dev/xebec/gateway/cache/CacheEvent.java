package dev.xebec.gateway.cache;

import dev.xebec.contracts.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One object's change at one revision. The frame that most watchers are sent is built once, by the first who needs it.
 */
public final class CacheEvent implements KeptBytes.Holder {
    private static final byte[] ADDED = head("ADDED");
    private static final byte[] MODIFIED = head("MODIFIED");
    private static final byte[] DELETED = head("DELETED");

    private final String resource;
    private final String objectKey;
    private final long revision;
    private final @Nullable CachedObject before;
    private final @Nullable CachedObject after;
    private volatile @Nullable Bytes ownFrame;
    private volatile KeptBytes.@Nullable Kept kept;

    /** The same event in other versions: there are few of them. */
    private record Other(String apiVersion, CacheEvent event, @Nullable Other next) {}

    private volatile @Nullable Other others;

    /** The same event in another version; null where nobody has kept it here. */
    public @Nullable CacheEvent converted(String apiVersion) {
        for (Other one = others; one != null; one = one.next()) {
            if (one.apiVersion().equals(apiVersion)) {
                return one.event();
            }
        }
        return null;
    }

    /** Keeps the same event in another version, for all who watch in it. */
    public CacheEvent convertedTo(String apiVersion, @Nullable CachedObject otherBefore,
            @Nullable CachedObject otherAfter) {
        CacheEvent event = new CacheEvent(resource, objectKey, revision, otherBefore, otherAfter);
        others = new Other(apiVersion, event, others);
        return event;
    }

    CacheEvent(String resource, String objectKey, long revision, @Nullable CachedObject before,
            @Nullable CachedObject after) {
        this.resource = resource;
        this.objectKey = objectKey;
        this.revision = revision;
        this.before = before;
        this.after = after;
    }

    /** What an event looks like to one watcher. */
    public enum Type {
        ADDED, MODIFIED, DELETED
    }

    public String resource() {
        return resource;
    }

    /** {@code <namespace>/<name>}. */
    public String objectKey() {
        return objectKey;
    }

    public long revision() {
        return revision;
    }

    /** Null for a new object. */
    public @Nullable CachedObject before() {
        return before;
    }

    /** Null for a deleted object. */
    public @Nullable CachedObject after() {
        return after;
    }

    /** The state whose object an event of this type shows; its revision may be older than the event's. */
    public CachedObject shown(Type type) {
        CachedObject shown = type == Type.DELETED && before != null ? before : after;
        if (shown == null) {
            throw new IllegalStateException(type + " of nothing: " + objectKey);
        }
        return shown;
    }

    /** The object as an event of this type shows it: of a deletion the last state with the event's revision. */
    public Bytes object(Type type) {
        return shown(type).jsonAt(revision);
    }

    @Override
    public KeptBytes.@Nullable Kept kept() {
        return kept;
    }

    @Override
    public void keep(KeptBytes.@Nullable Kept other) {
        kept = other;
    }

    /** What it is to watchers without a selector. */
    public Type ownType() {
        return after == null ? Type.DELETED : before == null ? Type.ADDED : Type.MODIFIED;
    }

    /**
     * {@code {"type":…,"object":…}} and a line feed. The frame of the event's own type is kept; those of objects that enter
     * or leave a selection are for few.
     */
    public Bytes frame(Type type) {
        return type == ownType() ? ownFrame(type) : frame(head(type), object(type));
    }

    private Bytes ownFrame(Type type) {
        Bytes known = ownFrame;
        if (known == null) {
            known = frame(head(type), object(type));
            ownFrame = known;
        }
        return known;
    }

    /** Bytes that it may keep alive: the object's, and as many again for its frame. */
    long retainedBytes() {
        CachedObject shown = after != null ? after : before;
        return 200L + (shown == null ? 0 : 2L * shown.json().size());
    }

    private static byte[] head(Type type) {
        return switch (type) {
            case ADDED -> ADDED;
            case MODIFIED -> MODIFIED;
            case DELETED -> DELETED;
        };
    }

    /** An ADDED frame of an object of the present state. */
    public static Bytes added(CachedObject object) {
        return frame(ADDED, object.json());
    }

    /** A frame of any type around ready JSON. */
    public static Bytes frame(String type, Bytes json) {
        return frame(head(type), json);
    }

    private static Bytes frame(byte[] head, Bytes object) {
        byte[] frame = new byte[head.length + object.size() + 2];
        System.arraycopy(head, 0, frame, 0, head.length);
        System.arraycopy(object.array(), 0, frame, head.length, object.size());
        frame[frame.length - 2] = '}';
        frame[frame.length - 1] = '\n';
        return Bytes.of(frame);
    }

    private static byte[] head(String type) {
        return ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII);
    }
}
