package dev.xebec.kit.api;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.codec.ApiCodec;
import dev.xebec.contracts.member.Members;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The API over the bus, by whichever gateway answers. A request that fails is sent again to the next gateway with a
 * fresh deadline, whatever its verb: writes of our own services are conditional or create deterministic names, so that a
 * repeated one collides with itself. Thread-safe; blocks the calling virtual thread.
 */
public final class BusApiClient implements ApiClient {
    /** How long one gateway may take. */
    static final Duration ATTEMPT = Duration.ofSeconds(4);
    /** How long all attempts together may take before the caller hears of it. */
    static final Duration OVERALL = Duration.ofSeconds(10);
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long LAST_PAUSE_MILLIS = 400;

    private final Bus bus;
    private final GatewayChoice gateways;
    private final ApiRequest.User user;
    private final String userAgent;
    private final Duration attempt;
    private final Duration overall;

    public BusApiClient(Bus bus, Members members, ApiRequest.User user, String userAgent) {
        this(bus, members, "", user, userAgent);
    }

    /** @param process the caller's own, whose gateway is preferred; empty for none */
    public BusApiClient(Bus bus, Members members, String process, ApiRequest.User user, String userAgent) {
        this(bus, members, process, user, userAgent, ATTEMPT, OVERALL);
    }

    BusApiClient(Bus bus, Members members, String process, ApiRequest.User user, String userAgent, Duration attempt,
            Duration overall) {
        this.bus = bus;
        this.user = user;
        this.userAgent = userAgent;
        this.attempt = attempt;
        this.overall = overall;
        gateways = new GatewayChoice(members, process, (process + userAgent).hashCode());
    }

    @Override
    public ApiResponse send(ApiRequest request) {
        Bytes message = ApiCodec.request(filled(request));
        long giveUpAt = System.nanoTime() + overall.toNanos();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            Round round = askAll(message, giveUpAt);
            if (round.response() != null) {
                return round.response();
            }
            long leftMillis = (giveUpAt - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new UnavailableException(request.method() + " " + request.path() + ": no gateway answered within "
                        + overall.toMillis() + " ms; last: " + round.why());
            }
            pause(Math.min(pauseMillis, leftMillis + 1));
            pauseMillis = Math.min(2 * pauseMillis, LAST_PAUSE_MILLIS);
        }
    }

    /** What asking each gateway once gave: an answer, or why there is none. */
    private record Round(@Nullable ApiResponse response, String why) {}

    /**
     * Asks one after another until one answers. "Unavailable" is an answer, but another gateway may be better placed: one
     * on the minority side of a split says so while the others serve.
     */
    private Round askAll(Bytes message, long giveUpAt) {
        ApiResponse unavailable = null;
        String why = "no time left to ask";
        for (String gateway : gateways.inOrder()) {
            long leftNanos = giveUpAt - System.nanoTime();
            if (leftNanos <= 0) {
                break;
            }
            try {
                Duration deadline = Duration.ofNanos(Math.min(leftNanos, attempt.toNanos()));
                ApiResponse response = ApiCodec.response(bus.call(Addresses.requests(gateway), message, deadline));
                if (response.code() != SERVICE_UNAVAILABLE) {
                    gateways.worked(gateway);
                    return new Round(response, "");
                }
                unavailable = response;
            } catch (UnavailableException failed) {
                why = String.valueOf(failed.getMessage());
            }
            gateways.failed(gateway);
        }
        return new Round(unavailable, why);
    }

    /** Opens the watch on the first gateway that takes it; {@link UnavailableException} when none does. */
    @Override
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        Bytes message = ApiCodec.watchRequest(request);
        String why = "no gateway";
        for (String gateway : gateways.inOrder()) {
            try {
                BusStream stream = bus.open(Addresses.watches(gateway), message, attempt);
                BusWatch watch = new BusWatch(stream, request.resources(), sink, () -> gateways.failed(gateway));
                Thread.ofVirtual().name("watch-" + gateway).start(watch::run);
                return watch;
            } catch (UnavailableException failed) {
                gateways.failed(gateway);
                why = String.valueOf(failed.getMessage());
            }
        }
        throw new UnavailableException("no gateway takes the watch; last: " + why);
    }

    private ApiRequest filled(ApiRequest request) {
        return new ApiRequest(request.method(), request.path(), request.query(), request.contentType(),
                request.accept(), request.body(), request.user().name().isEmpty() ? user : request.user(),
                request.userAgent().isEmpty() ? userAgent : request.userAgent());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for a gateway");
        }
    }
}
