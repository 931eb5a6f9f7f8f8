package dev.xebec.server.plan;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a user asked for about events.
 *
 * @param cluster {@code embedded}, {@code off}, or the {@code HOST:PORT,…} of a Kafka cluster outside
 * @param properties file of client properties for a cluster outside; empty for none
 * @param topic of the task events
 * @param mode {@code binary} or {@code structured}
 * @param changesTopic of every object's changes; empty for none
 */
public record KafkaShape(String cluster, String properties, String topic, String mode, String changesTopic) {
    public static final String EMBEDDED = "embedded";
    public static final String OFF = "off";
    public static final String TOPIC = "xebec.task-events";
    public static final String BINARY = "binary";
    public static final String STRUCTURED = "structured";

    /** A broker of the cluster's own, task events alone, in binary mode. */
    public static final KafkaShape STANDARD = new KafkaShape(EMBEDDED, "", TOPIC, BINARY, "");

    private static final Pattern ADDRESSES = Pattern.compile("ADDRESS(,ADDRESS)*"
            .replace("ADDRESS", "([A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+\\]):[0-9]{1,5}"));
    /** Source: Kafka's {@code Topic.validate}. */
    private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
    private static final int MAX_PORT = 65_535;

    /** Plans of earlier builds say nothing of Kafka. */
    public KafkaShape {
        cluster = Objects.requireNonNullElse(cluster, EMBEDDED);
        properties = Objects.requireNonNullElse(properties, "");
        topic = Objects.requireNonNullElse(topic, TOPIC);
        mode = Objects.requireNonNullElse(mode, BINARY);
        changesTopic = Objects.requireNonNullElse(changesTopic, "");
    }

    public boolean embedded() {
        return cluster.equals(EMBEDDED);
    }

    public boolean off() {
        return cluster.equals(OFF);
    }

    public boolean structured() {
        return mode.equals(STRUCTURED);
    }

    /** Whether {@code text} is {@code HOST:PORT}, or several with commas between. */
    public static boolean addresses(String text) {
        if (!ADDRESSES.matcher(text).matches()) {
            return false;
        }
        for (String address : text.split(",")) {
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            if (port < 1 || port > MAX_PORT) {
                return false;
            }
        }
        return true;
    }

    public static boolean topicName(String text) {
        return TOPIC_NAME.matcher(text).matches();
    }
}
