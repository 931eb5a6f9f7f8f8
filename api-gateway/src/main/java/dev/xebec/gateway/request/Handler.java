package dev.xebec.gateway.request;

import org.jspecify.annotations.Nullable;

/** Answers requests. */
@FunctionalInterface
public interface Handler {

    /** Answers; runs on a virtual thread and may block. */
    Answer handle(Call call);

    /** The answer, where it can be given without waiting and in little time; null otherwise. Runs on an event loop. */
    default @Nullable Answer atOnce(Call call) {
        return null;
    }

    /**
     * Whether it may take as long as it likes and reads the body itself, from {@link Call#wire}. Source: apiserver
     * {@code server/filters/longrunning.go}.
     */
    default boolean longRunning() {
        return false;
    }

    /** Whether the form of its answers is none that objects have: a connection, or a text. */
    default boolean ofItsOwnForm() {
        return longRunning();
    }
}
