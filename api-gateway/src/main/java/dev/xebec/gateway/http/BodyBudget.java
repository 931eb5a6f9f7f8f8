package dev.xebec.gateway.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes that the bodies of all unanswered requests may take together. Thread-safe. */
final class BodyBudget {
    /** Bytes of all bodies at once in one process; a request beyond is refused with 429. */
    static final long MAX_BYTES = 64L * 1024 * 1024;

    private final long maxBytes;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Bytes that are taken now. */
    long taken() {
        return taken.get();
    }

    Share share() {
        return new Share();
    }

    /** What one body has taken. Filled by one thread, given back by any. */
    final class Share {
        private final AtomicBoolean returned = new AtomicBoolean();
        private long bytes;

        /** False where there is no room for so many more. */
        boolean take(int more) {
            if (taken.addAndGet(more) > maxBytes) {
                taken.addAndGet(-more);
                return false;
            }
            bytes += more;
            return true;
        }

        /** Gives all back; the first call counts, and nothing is taken after it. */
        void giveBack() {
            if (returned.compareAndSet(false, true)) {
                taken.addAndGet(-bytes);
            }
        }
    }
}
