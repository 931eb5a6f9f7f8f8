package dev.xebec.contracts.state;

/** A running change stream. Closing it twice is allowed. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
