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
    private final long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    private final List<String> remarks = new ArrayList<>();
    private List<String> warnings = List.of();
    private StoreImage seen = StoreImage.EMPTY;

    private WriteRequest(Call call, Mode mode, String fieldManager) {
        this.call = call;
        this.mode = mode;
        this.fieldManager = fieldManager;
    }

    /** Managed fields belong to {@code fieldManager}, or else to who the user agent says he is. */
    public static WriteRequest of(Call call, Mode mode) {
        String named = call.query("fieldManager");
        return new WriteRequest(call, mode, named.isEmpty() ? byUserAgent(call.request().userAgent()) : named);
    }

    /** Source: apiserver {@code endpoints/handlers/create.go}, prefixFromUserAgent. */
    private static String byUserAgent(String userAgent) {
        int slash = userAgent.indexOf('/');
        StringBuilder printable = new StringBuilder();
        userAgent.substring(0, slash < 0 ? userAgent.length() : slash).codePoints()
                .filter(letter -> letter < MAX_ASCII && letter >= ' ').limit(MAX_MANAGER)
                .forEach(printable::appendCodePoint);
        return printable.isEmpty() ? "unknown" : printable.toString();
    }

    private static final int MAX_ASCII = 0x7f;
    /** Characters of a manager's name. Source: apimachinery {@code meta/v1/validation}. */
    private static final int MAX_MANAGER = 128;

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
