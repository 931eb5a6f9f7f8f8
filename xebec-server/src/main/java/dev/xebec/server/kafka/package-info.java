/**
 * How this cluster's processes and its users reach Kafka. Start reading at {@link dev.xebec.server.kafka.KafkaAccess}.
 */
@NullMarked
package dev.xebec.server.kafka;

import org.jspecify.annotations.NullMarked;
