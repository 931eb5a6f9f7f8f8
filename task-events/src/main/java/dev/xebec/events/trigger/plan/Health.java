package dev.xebec.events.trigger.plan;

/**
 * Whether a trigger reads and starts Jobs, as its condition Ready says it.
 *
 * @param reason in one word of Kubernetes' form
 */
public record Health(boolean ready, String reason, String message) {

    public static Health consuming() {
        return new Health(true, "Consuming", "reads the topic");
    }

    /** All Jobs that may be active are: events wait, as is asked for. */
    public static Health atLimit(int maxConcurrency) {
        return new Health(true, "AtConcurrencyLimit",
                maxConcurrency + " Jobs are active, as many as may be; events wait in Kafka");
    }

    public static Health suspended() {
        return new Health(false, "Suspended", "spec.suspend is true");
    }

    public static Health not(String reason, String message) {
        return new Health(false, reason, message);
    }
}
