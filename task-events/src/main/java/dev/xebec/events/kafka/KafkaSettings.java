package dev.xebec.events.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Kafka cluster and how to be let in.
 *
 * @param bootstrap {@code HOST:PORT}, several separated by commas
 * @param security client properties of Kafka that hold for every producer, consumer and admin client, such as
 *        {@code security.protocol} and {@code sasl.jaas.config}; they may hold secrets
 */
public record KafkaSettings(String bootstrap, Map<String, String> security) {

    public KafkaSettings {
        security = Map.copyOf(security);
    }

    /** What any client needs, to be added to. */
    public Map<String, String> client(String clientId) {
        Map<String, String> properties = new TreeMap<>(security);
        properties.put("bootstrap.servers", bootstrap);
        properties.put("client.id", clientId);
        return properties;
    }

    /** Without the values of the security properties. */
    @Override
    public String toString() {
        Collection<String> names = new TreeMap<>(security).keySet();
        return bootstrap + (names.isEmpty() ? "" : " with " + String.join(", ", names));
    }
}
