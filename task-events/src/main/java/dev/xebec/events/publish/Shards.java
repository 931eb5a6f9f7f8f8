package dev.xebec.events.publish;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition a uid's events are in: the one that Kafka's own partitioner chooses for that key. */
final class Shards {
    private Shards() {}

    static int of(String uid, int partitions) {
        return Utils.toPositive(Utils.murmur2(uid.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
