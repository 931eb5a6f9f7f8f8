/**
 * Carries events to Kafka, each once: a lane per partition writes events and the revision that they reach in one transaction,
 * and begins where that says. Start reading at {@link dev.xebec.events.publish.Publisher}.
 */
@NullMarked
package dev.xebec.events.publish;

import org.jspecify.annotations.NullMarked;
