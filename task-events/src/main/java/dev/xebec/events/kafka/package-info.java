/** How this cluster reaches Kafka. */
@NullMarked
package dev.xebec.events.kafka;

import org.jspecify.annotations.NullMarked;
