package dev.xebec.gateway.read;

import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.kind.Kind;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a watch asked for.
 *
 * @param fromRevision 0 for the present state first
 * @param state whether the state is sent first
 * @param initialEvents whether the state ends in a bookmark that says so: for who takes bookmarks
 * @param lengthMillis after which the stream is closed in good order
 */
record WatchOptions(Kind kind, ObjectFilter filter, OutputForm form, String revision, long fromRevision, boolean state,
        boolean initialEvents, boolean bookmarks, long lengthMillis) {
    /** Between this and twice as much where the client names no length. */
    private static final long DEFAULT_LENGTH_MILLIS = 30 * 60_000L;
    private static final long MAX_LENGTH_MILLIS = 24 * 3_600_000L;

    static WatchOptions of(Call call) {
        Kind kind = call.info().servedKind();
        call.number("limit");
        ListRules.checkWatch(call);
        boolean state = ListRules.beginsWithState(call);
        boolean bookmarks = call.flag("allowWatchBookmarks");
        return new WatchOptions(kind, ObjectFilter.of(kind, call.info().namespace(), call.info().name(),
                call.query("labelSelector"), call.query("fieldSelector")), OutputForm.ofWatch(call),
                call.query("resourceVersion"), ReadRevision.parse(call), state, state && bookmarks, bookmarks,
                length(call.number("timeoutSeconds")));
    }

    private static long length(@Nullable Long seconds) {
        return seconds == null || seconds == 0
                ? DEFAULT_LENGTH_MILLIS + ThreadLocalRandom.current().nextLong(DEFAULT_LENGTH_MILLIS)
                : Math.clamp(seconds, 0, MAX_LENGTH_MILLIS / 1_000) * 1_000;
    }
}
