package dev.xebec.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.Json;
import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.ObjectState;
import dev.xebec.simulator.history.ObjectStateReader;
import dev.xebec.simulator.history.Scope;
import dev.xebec.simulator.history.WatchItem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * Lists once, then watches, a few seconds at a time, each watch from where the one before has left off; only where the
 * server says that this is too long ago it lists again. A roaming one goes to another gateway for each watch.
 */
final class Watcher extends Worker {
    private static final int MIN_SECONDS = 2;
    private static final int MAX_SECONDS = 8;
    /** Beyond the end that the server was asked for, after which the client ends it. */
    private static final int GRACE_SECONDS = 10;
    private static final int PAUSE_MILLIS = 100;
    private static final int EXPIRED = 410;

    private final ApiDoor door;
    private final Recorder recorder;
    private final Scope scope;
    private final boolean roaming;
    private final Random random;
    private final Timer timer;
    private Entry.@Nullable Listing start;
    private volatile long last;
    private volatile @Nullable InputStream open;

    Watcher(String name, ApiDoor door, Recorder recorder, Scope scope, boolean roaming, long seed, Timer timer,
            Queue<Throwable> faults) {
        super(name, faults);
        this.door = door;
        this.recorder = recorder;
        this.scope = scope;
        this.roaming = roaming;
        this.random = new Random(seed);
        this.timer = timer;
    }

    /** It has been told everything up to this revision; 0 before its first list. */
    long reached() {
        return last;
    }

    /** Ends the watch that is under way. */
    void cut() {
        InputStream stream = open;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException closed) {
                // that is what was asked for
            }
        }
    }

    @Override
    void step() throws InterruptedException {
        if (last == 0) {
            Entry.Listing listing = recorder.listUnnoted(name(), door,
                    random.nextBoolean() ? Entry.Consistency.LINEARIZABLE : Entry.Consistency.ANY, scope);
            if (listing == null) {
                rest();
                return;
            }
            start = listing;
            last = listing.revision();
        }
        watch();
    }

    private void rest() throws InterruptedException {
        if (roaming) {
            door.moveOn();
        }
        Thread.sleep(PAUSE_MILLIS);
    }

    private void watch() throws InterruptedException {
        int seconds = random.nextInt(MIN_SECONDS, MAX_SECONDS);
        long from = last;
        long begun = Recorder.now();
        String gateway = door.gateway();
        List<WatchItem> items = new ArrayList<>();
        Entry.End end;
        try {
            HttpResponse<InputStream> response = door.open(ApiPath.query(scope)
                    + "&watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds + "&resourceVersion=" + from);
            if (response.statusCode() != 200) {
                response.body().close();
                if (response.statusCode() == EXPIRED) {
                    last = 0;
                }
                rest();
                return;
            }
            end = read(response.body(), seconds, items);
        } catch (IOException cut) {
            end = stopped() ? Entry.End.STOPPED : Entry.End.CUT;
        }
        Entry.Watch watch = new Entry.Watch(name(), gateway, begun, Recorder.now(), scope, from, start, items, end);
        recorder.add(watch);
        start = null;
        last = end == Entry.End.EXPIRED ? 0 : watch.last();
        if (end != Entry.End.CLOSED || roaming) {
            rest();
        }
    }

    private Entry.End read(InputStream body, int seconds, List<WatchItem> items) throws IOException {
        TimerTask tooLong = new TimerTask() {
            @Override
            public void run() {
                cut();
            }
        };
        open = body;
        timer.schedule(tooLong, (seconds + GRACE_SECONDS) * 1_000L);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String line;
            while (!stopped() && (line = lines.readLine()) != null) {
                JsonNode frame = Json.parse(line.getBytes(StandardCharsets.UTF_8));
                if (frame.path("type").asText().equals("ERROR")) {
                    return frame.path("object").path("code").asInt() == EXPIRED ? Entry.End.EXPIRED : Entry.End.CUT;
                }
                WatchItem item = item(frame);
                items.add(item);
                last = item.revision();
            }
            return stopped() ? Entry.End.STOPPED : Entry.End.CLOSED;
        } finally {
            tooLong.cancel();
            open = null;
        }
    }

    private WatchItem item(JsonNode frame) {
        String type = frame.path("type").asText();
        if (type.equals("BOOKMARK")) {
            return new WatchItem.Bookmark(Recorder.now(),
                    frame.path("object").path("metadata").path("resourceVersion").asLong());
        }
        long at = Recorder.now();
        ObjectState state = ObjectStateReader.read(scope.resource(), frame.path("object"));
        return new WatchItem.Event(at, WatchItem.Type.valueOf(type), state);
    }

    @Override
    void end() {
        door.close();
    }
}
