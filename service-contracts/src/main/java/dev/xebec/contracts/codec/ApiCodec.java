package dev.xebec.contracts.codec;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;

/**
 * The bus door's messages as bytes. Bodies travel as they are. A watch is a request followed by {@link WatchMessage}s,
 * whose events name their resource by its place in the request, and a custom one by its name too.
 */
public final class ApiCodec {
    private static final int VERSION = 1;
    private static final int EVENTS = 1;
    private static final int END = 2;
    /** Bytes that an event takes beside its object, at most. */
    private static final int EVENT_OVERHEAD_BYTES = 24;
    private static final WatchEvent.Type[] TYPES = WatchEvent.Type.values();

    /** One message of a watch, from the gateway to the watcher. */
    public sealed interface WatchMessage {

        /** @param wholeRevision the last event is the last one of its revision; otherwise the next message goes on with it */
        record Events(List<WatchEvent> events, boolean wholeRevision) implements WatchMessage {}

        /** The watch is over, as in {@code WatchSink.onEnd}. */
        record End(boolean expired, String reason) implements WatchMessage {}
    }

    private ApiCodec() {}

    public static Bytes request(ApiRequest request) {
        ByteWriter out = new ByteWriter(256 + request.body().size()).u8(VERSION);
        out.utf8(request.method()).utf8(request.path()).map(request.query()).utf8(request.contentType());
        out.utf8(request.accept()).utf8(request.user().name()).strings(request.user().groups());
        return out.utf8(request.userAgent()).bytes(request.body()).finish();
    }

    public static ApiRequest request(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "an API request");
        String method = in.utf8();
        String path = in.utf8();
        var query = in.map();
        String contentType = in.utf8();
        String accept = in.utf8();
        ApiRequest.User user = new ApiRequest.User(in.utf8(), in.strings());
        String userAgent = in.utf8();
        ApiRequest request = new ApiRequest(method, path, query, contentType, accept, in.bytes(), user, userAgent);
        in.finish();
        return request;
    }

    public static Bytes response(ApiResponse response) {
        ByteWriter out = new ByteWriter(128 + response.body().size()).u8(VERSION);
        out.varint(response.code()).utf8(response.contentType()).map(response.headers());
        return out.bytes(response.body()).finish();
    }

    public static ApiResponse response(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "an API response");
        ApiResponse response = new ApiResponse(in.varint32(), in.utf8(), in.map(), in.bytes());
        in.finish();
        return response;
    }

    public static Bytes watchRequest(WatchRequest request) {
        ByteWriter out = new ByteWriter().u8(VERSION);
        out.list(request.resources(), ApiCodec::resource).utf8(request.namespace()).utf8(request.labelSelector());
        return out.utf8(request.fieldSelector()).varint(request.fromRevision()).finish();
    }

    public static WatchRequest watchRequest(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "a watch request");
        WatchRequest request = new WatchRequest(in.list(ApiCodec::resource), in.utf8(), in.utf8(), in.utf8(),
                in.varint());
        in.finish();
        return request;
    }

    /**
     * Cuts events into messages of at most {@code maxBytes}; an event that is larger by itself has a message of its own.
     * Each message says whether its last revision goes on in the next one.
     *
     * @param resources of the watch's request
     */
    public static List<Bytes> events(List<WatchEvent> events, List<GroupVersionResource> resources, int maxBytes) {
        List<Bytes> messages = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int to = from;
            int size = 0;
            while (to < events.size() && (to == from || size + sizeOf(events.get(to)) <= maxBytes)) {
                size += sizeOf(events.get(to++));
            }
            boolean whole = to == events.size() || events.get(to).revision() != events.get(to - 1).revision();
            messages.add(message(events.subList(from, to), whole, size, resources));
            from = to;
        }
        return messages;
    }

    public static Bytes end(boolean expired, String reason) {
        return new ByteWriter().u8(VERSION).u8(END).bool(expired).utf8(reason).finish();
    }

    /** @param resources of the watch's request */
    public static WatchMessage watchMessage(Bytes bytes, List<GroupVersionResource> resources) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "a watch's message");
        WatchMessage message = switch (in.u8()) {
            case EVENTS -> {
                boolean whole = in.bool();
                yield new WatchMessage.Events(in.list(reader -> event(reader, resources)), whole);
            }
            case END -> new WatchMessage.End(in.bool(), in.utf8());
            default -> throw new MalformedMessageException("a watch's message of an unknown kind");
        };
        in.finish();
        return message;
    }

    private static Bytes message(List<WatchEvent> events, boolean whole, int size,
            List<GroupVersionResource> resources) {
        ByteWriter out = new ByteWriter(size + 16).u8(VERSION).u8(EVENTS).bool(whole);
        return out.list(events, (writer, event) -> event(writer, event, resources)).finish();
    }

    private static int sizeOf(WatchEvent event) {
        return event.object().size() + EVENT_OVERHEAD_BYTES;
    }

    private static void event(ByteWriter out, WatchEvent event, List<GroupVersionResource> resources) {
        boolean about = hasObject(event.type());
        boolean custom = about && event.resource().custom();
        int place = about ? resources.indexOf(custom ? GroupVersionResource.CUSTOM : event.resource()) : 0;
        if (place < 0) {
            throw new IllegalArgumentException(event.resource() + " is not among the watched " + resources);
        }
        out.u8(event.type().ordinal()).varint(place);
        if (custom) {
            out.utf8(event.resource().group()).utf8(event.resource().resource());
        }
        out.varint(event.revision()).bytes(event.object());
    }

    private static WatchEvent event(ByteReader in, List<GroupVersionResource> resources) {
        WatchEvent.Type type = in.constant(TYPES);
        int place = in.varint32();
        if (place >= resources.size()) {
            throw new MalformedMessageException("an event of resource " + place + " of " + resources.size());
        }
        GroupVersionResource watched = resources.get(place);
        GroupVersionResource resource = watched.custom() && hasObject(type)
                ? GroupVersionResource.customOf(in.utf8(), in.utf8())
                : watched;
        return new WatchEvent(type, resource, in.varint(), in.bytes());
    }

    private static boolean hasObject(WatchEvent.Type type) {
        return switch (type) {
            case ADDED, MODIFIED, DELETED -> true;
            case SYNCED, PROGRESS -> false;
        };
    }

    private static void resource(ByteWriter out, GroupVersionResource resource) {
        out.utf8(resource.group()).utf8(resource.version()).utf8(resource.resource());
    }

    private static GroupVersionResource resource(ByteReader in) {
        return new GroupVersionResource(in.utf8(), in.utf8(), in.utf8());
    }
}
