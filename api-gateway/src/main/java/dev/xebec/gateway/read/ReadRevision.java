package dev.xebec.gateway.read;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.cache.ReadBarrier;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.GoString;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.math.BigInteger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which image of the cache a read may be served from. Source: the API concepts' table of resourceVersion semantics.
 */
public final class ReadRevision {
    /** How long a read waits for a revision that this gateway has not seen yet. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final WatchCache cache;
    private final ReadBarrier barrier;

    public ReadRevision(WatchCache cache, ReadBarrier barrier) {
        this.cache = cache;
        this.barrier = barrier;
    }

    /** Unset gives the newest, 0 any that was of the present once, N one that is not older: waits for it, then refuses. */
    public StoreImage image(String resourceVersion) {
        if (resourceVersion.isEmpty()) {
            return barrier.await();
        }
        return notOlderThan(parse(resourceVersion));
    }

    public StoreImage notOlderThan(long revision) {
        if (revision == 0 && !cache.awaitFilled(PATIENCE)) {
            throw new UnavailableException("the cache is being filled");
        }
        if (!cache.await(revision, PATIENCE)) {
            throw new RejectedException(Status.revisionTooLarge(revision, cache.image().revision()));
        }
        return cache.image();
    }

    public StoreImage newest() {
        return barrier.await();
    }

    /** Some image that was of the present once, without waiting; null while there has been none. */
    public @Nullable StoreImage any() {
        return cache.filled() ? cache.image() : null;
    }

    /** A resourceVersion as a number; 0 for an empty one; 500 for what is none. One beyond all is of the future. */
    public static long parse(String resourceVersion) {
        if (resourceVersion.isEmpty()) {
            return 0;
        }
        boolean digits = resourceVersion.chars().allMatch(c -> c >= '0' && c <= '9');
        String significant = resourceVersion.replaceFirst("^0+(?=.)", "");
        if (digits && significant.length() < 19) {
            return Long.parseLong(significant);
        }
        BigInteger number = digits && significant.length() <= 20
                ? new BigInteger(significant)
                : BigInteger.ONE.negate();
        if (number.signum() >= 0 && number.bitLength() <= 64) {
            return number.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
        }
        throw new RejectedException(Status.unexpected(FieldError.invalid("resourceVersion", resourceVersion,
                "strconv.ParseUint: parsing " + GoString.quoted(resourceVersion) + ": "
                        + (digits ? "value out of range" : "invalid syntax"))
                .toString()));
    }

    /** A list says who is to blame. Source: apiserver {@code storage/cacher}: a get and a watch do not. */
    public static void checkOfList(String resourceVersion) {
        try {
            parse(resourceVersion);
        } catch (RejectedException malformed) {
            throw new RejectedException(
                    Status.badRequest("invalid resource version: " + malformed.status().message()));
        }
    }

    static long parse(Call call) {
        return parse(call.query("resourceVersion"));
    }
}
