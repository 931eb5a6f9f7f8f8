package dev.xebec.contracts.api;

/** A running watch. Closing it twice is allowed. */
public interface WatchHandle extends AutoCloseable {
    @Override
    void close();
}
