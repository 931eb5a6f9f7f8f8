package dev.xebec.state.etcd;

import dev.xebec.contracts.UnavailableException;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.common.exception.EtcdException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for etcd's answers and gives its errors the store's names. */
final class EtcdCalls {
    private final Duration patience;

    EtcdCalls(Duration patience) {
        this.patience = patience;
    }

    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UnavailableException("etcd did not answer within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for etcd", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** What the store throws for a failure of etcd or of the way to it. */
    static RuntimeException failure(Throwable failed) {
        Throwable cause = failed;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CompactedException || message.contains("required revision has been compacted")) {
            return new Compacted(message);
        }
        if (message.contains("required revision is a future revision")) {
            return new Future(message);
        }
        if (message.contains("requested lease not found")) {
            return new LeaseGone(message);
        }
        if (message.contains("request is too large") || message.contains("too many operations in txn request")) {
            return new TooLarge("etcd refuses it: " + message);
        }
        return new UnavailableException(
                (cause instanceof EtcdException ? "etcd: " : "the way to etcd: ") + message, cause);
    }

    /** The asked revision is no longer there. */
    static final class Compacted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Compacted(String message) {
            super(message);
        }
    }

    /** The asked revision is not there yet. */
    static final class Future extends RuntimeException {
        private static final long serialVersionUID = 1;

        Future(String message) {
            super(message);
        }
    }

    /** A lease ended before it was used. */
    static final class LeaseGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        LeaseGone(String message) {
            super(message);
        }
    }

    /** Beyond etcd's own limits, which its operator sets. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge(String message) {
            super(message);
        }
    }
}
