package dev.xebec.events.trigger;

import dev.xebec.events.trigger.plan.Tally;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a partition is.
 *
 * @param offset of the next message
 */
record Mark(long offset, Tally tally) {

    OffsetAndMetadata committed() {
        return new OffsetAndMetadata(offset, tally.toText());
    }
}
