package dev.xebec.events.publish;

/** Another publisher has taken this shard over: Kafka refuses what this one sends. No stack trace. */
final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FencedException() {
        super("another publisher has taken the shard over", null, false, false);
    }
}
