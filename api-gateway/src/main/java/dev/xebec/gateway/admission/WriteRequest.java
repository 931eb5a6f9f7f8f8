package dev.xebec.gateway.admission;

import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.kind.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A write on its way to the store: who wants what done how, and what he is told though it is done. One request has one, and
 * one thread works at it; what it decides it may decide several times.
 */
public final class WriteRequest {
    /** How long a client waits for an answer. Source: apiserver {@code --request-timeout}. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Call call;
    private final Mode mode;
    private final String fieldManager;
    private final Ownership ownership;
    private final long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    private final List<String> remarks = new ArrayList<>();
    private List<String> warnings = List.of();
    private StoreImage seen = StoreImage.EMPTY;

    /** How managed fields come about. */
    public enum Ownership {
        /** They follow from what the write changes. */
        BY_CHANGE,
        /** They are in the written object already. */
        GIVEN
    }

    private WriteRequest(Call call, Mode mode, String fieldManager, Ownership ownership) {
        this.ownership = ownership;
        this.call = call;
        this.mode = mode;
        this.fieldManager = fieldManager;
    }

    /** Managed fields belong to {@code fieldManager}, or else to who the user agent says he is. */
    public static WriteRequest of(Call call, Mode mode) {
        return of(call, mode, Ownership.BY_CHANGE);
    }

    public static WriteRequest of(Call call, Mode mode, Ownership ownership) {
        String named = call.query("fieldManager");
        return new WriteRequest(call, mode,
                named.isEmpty() ? FieldManagers.byUserAgent(call.request().userAgent()) : named, ownership);
    }

    public Call call() {
        return call;
    }

    public ApiRequest.User user() {
        return call.user();
    }

    /** The kind in the version that the request speaks. */
    public Kind kind() {
        return call.info().servedKind();
    }

    /** Empty for the object itself. */
    public String subresource() {
        return call.info().subresource();
    }

    /** Whether the object follows from what is there and what is said of it. */
    boolean isPatch() {
        return call.request().method().equals("PATCH");
    }

    public Mode mode() {
        return mode;
    }

    /** By {@link System#nanoTime()}: when nobody waits for the answer any more. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** The state of the cluster whose webhooks the object was put to. */
    StoreImage seen() {
        return seen;
    }

    void seen(StoreImage image) {
        seen = image;
    }

    public boolean dryRun() {
        return mode == Mode.DRY_RUN;
    }

    /** Whom the fields that this write sets belong to. */
    public String fieldManager() {
        return fieldManager;
    }

    public Ownership ownership() {
        return ownership;
    }

    /** Begins an attempt: what earlier ones had to say is not said. */
    public void begin(List<String> warningsOfBody) {
        warnings = List.copyOf(warningsOfBody);
        remarks.clear();
    }

    /** Tells the client something though his write is done; becomes a Warning header. Said twice, it is told once. */
    public void warn(String text) {
        if (!remarks.contains(text) && !warnings.contains(text)) {
            remarks.add(text);
        }
    }

    /** What the client is told, in order. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(remarks);
        return all;
    }
}
