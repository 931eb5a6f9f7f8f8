package dev.xebec.events.publish;

import io.cloudevents.CloudEvent;

/**
 * An event on its way to one partition.
 *
 * @param topic where it goes
 * @param key the record's key: what events are in order by
 */
record Outgoing(String topic, String key, CloudEvent event) {
    /** Bytes that attributes and headers may take beside the data; only for limits. */
    private static final int AROUND = 600;

    int weight() {
        var data = event.getData();
        return AROUND + (data == null ? 0 : data.toBytes().length);
    }
}
