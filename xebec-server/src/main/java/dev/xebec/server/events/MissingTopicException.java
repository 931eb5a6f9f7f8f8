package dev.xebec.server.events;

/** Nobody has made the topic yet. */
public final class MissingTopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingTopicException(String topic, String bootstrap) {
        super("there is no topic " + topic + " in Kafka at " + bootstrap + " yet", null, false, false);
    }
}
