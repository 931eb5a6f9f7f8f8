package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of a partition's messages, counted. Committed to Kafka with the offset that it reaches, so that it is exact
 * whoever dies when.
 *
 * @param received all of them
 * @param skipped those that the filter did not want
 * @param started Jobs
 * @param duplicate events whose Job stood already
 * @param deadLettered messages
 */
public record Tally(long received, long skipped, long started, long duplicate, long deadLettered) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    private static final String MARK = "xebec1";
    private static final int COUNTS = 5;

    public Tally skip() {
        return new Tally(received + 1, skipped + 1, started, duplicate, deadLettered);
    }

    public Tally start() {
        return new Tally(received + 1, skipped, started + 1, duplicate, deadLettered);
    }

    public Tally repeat() {
        return new Tally(received + 1, skipped, started, duplicate + 1, deadLettered);
    }

    public Tally bury() {
        return new Tally(received + 1, skipped, started, duplicate, deadLettered + 1);
    }

    public Tally plus(Tally other) {
        return new Tally(received + other.received, skipped + other.skipped, started + other.started,
                duplicate + other.duplicate, deadLettered + other.deadLettered);
    }

    /** What the filter wanted and could be read. */
    public long matched() {
        return started + duplicate;
    }

    /** The metadata of a committed offset. */
    public String toText() {
        return String.join(" ", MARK, Long.toString(received), Long.toString(skipped), Long.toString(started),
                Long.toString(duplicate), Long.toString(deadLettered));
    }

    /** @param other what is taken where the text is not one of ours: somebody else has set the offset */
    public static Tally parse(String text, Tally other) {
        String[] parts = text.split(" ", -1);
        if (parts.length != COUNTS + 1 || !parts[0].equals(MARK)) {
            return other;
        }
        try {
            return new Tally(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]), Long.parseLong(parts[5]));
        } catch (NumberFormatException foreign) {
            return other;
        }
    }

    void write(ObjectNode to) {
        to.put("received", received).put("skipped", skipped).put("matched", matched()).put("started", started)
                .put("duplicate", duplicate).put("deadLettered", deadLettered);
    }

    static Tally read(JsonNode from) {
        return new Tally(from.path("received").asLong(), from.path("skipped").asLong(), from.path("started").asLong(),
                from.path("duplicate").asLong(), from.path("deadLettered").asLong());
    }
}
