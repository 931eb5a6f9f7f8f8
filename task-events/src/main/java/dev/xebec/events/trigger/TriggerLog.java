package dev.xebec.events.trigger;

import dev.xebec.events.trigger.DeadLetters.Letter;
import dev.xebec.events.trigger.plan.Health;
import dev.xebec.events.trigger.plan.Tally;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.reconcile.Events;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of a trigger beside its status: Kubernetes Events, metrics, the log. Used by one thread. */
final class TriggerLog {
    private static final Logger LOG = LoggerFactory.getLogger(TriggerLog.class);
    /** Between two Events of dead letters; the counts tell of all of them. */
    private static final Duration LETTER_PAUSE = Duration.ofSeconds(1);
    private static final String METRIC = "xebec_trigger_events_total";
    private static final String HELP = "Messages that a trigger is done with, by what became of them.";

    private final ApiObject trigger;
    private final Events events;
    private final Metrics metrics;
    private final InstantSource steady;
    private Instant letterAt = Instant.MIN;
    private String lastReason = "";
    private boolean lastReady;

    TriggerLog(ApiObject trigger, Events events, Metrics metrics, InstantSource steady) {
        this.trigger = trigger;
        this.events = events;
        this.metrics = metrics;
        this.steady = steady;
    }

    void settled(Tally gained, List<Letter> letters) {
        count("skipped", gained.skipped());
        count("started", gained.started());
        count("duplicate", gained.duplicate());
        count("dead-lettered", gained.deadLettered());
        Instant now = steady.instant();
        if (!letters.isEmpty() && !now.isBefore(letterAt)) {
            Letter letter = letters.get(0);
            events.emit(trigger, "Warning", "DeadLettered", letter.message().topic() + "/"
                    + letter.message().partition() + "/" + letter.message().offset() + " starts no Job: "
                    + letter.reason() + ": " + letter.why());
            letterAt = now.plus(LETTER_PAUSE);
        }
    }

    private void count(String result, long amount) {
        if (amount > 0) {
            metrics.counter(METRIC, HELP, "namespace", trigger.namespace(), "trigger", trigger.name(), "result",
                    result).add(amount);
        }
    }

    /** An Event where the state has changed, and none while it stays. */
    void health(Health health) {
        if (health.reason().equals(lastReason) || (health.ready() && lastReady)) {
            return;
        }
        lastReady = health.ready();
        if (!health.ready() && !health.reason().equals("Suspended") && !health.reason().equals("Starting")) {
            LOG.warn("the trigger {} does not read: {}: {}", trigger.key(), health.reason(), health.message());
            events.emit(trigger, "Warning", health.reason(), health.message());
        } else if (!lastReason.isEmpty()) {
            LOG.info("the trigger {}: {}", trigger.key(), health.reason());
        }
        lastReason = health.reason();
    }
}
