/**
 * A real Kafka broker for a cluster on one machine. Nothing of the product but the tests has it on its class path: it runs
 * in a process of its own. Start reading at {@link dev.xebec.kafka.EmbeddedBroker}.
 */
@NullMarked
package dev.xebec.kafka;

import org.jspecify.annotations.NullMarked;
