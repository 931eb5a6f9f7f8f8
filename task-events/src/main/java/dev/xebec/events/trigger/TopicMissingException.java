package dev.xebec.events.trigger;

/** The topic is not there, or not any more. */
final class TopicMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TopicMissingException(String topic) {
        super("the topic " + topic + " is not there; it is waited for");
    }
}
