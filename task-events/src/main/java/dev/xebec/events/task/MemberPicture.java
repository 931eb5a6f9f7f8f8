package dev.xebec.events.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A node or a master as events need it.
 *
 * @param says the types of its events
 * @param health how it is
 * @param since when it came to be so
 * @param role of a master; empty for a node
 */
record MemberPicture(Subject about, Types says, Health health, long since, String reason, String message, String role,
        String process, long created, long last) implements Picture {

    enum Health {
        READY, NOT_READY, UNKNOWN
    }

    enum Types {
        NODE(EventType.NODE_JOINED, EventType.NODE_READY, EventType.NODE_LOST, EventType.NODE_LEFT,
                EventType.NODE_STATE), MASTER(EventType.MASTER_JOINED, EventType.MASTER_READY, EventType.MASTER_LOST,
                        EventType.MASTER_LEFT, EventType.MASTER_STATE);

        private final EventType joined;
        private final EventType ready;
        private final EventType lost;
        private final EventType left;
        private final EventType state;

        Types(EventType joined, EventType ready, EventType lost, EventType left, EventType state) {
            this.joined = joined;
            this.ready = ready;
            this.lost = lost;
            this.left = left;
            this.state = state;
        }
    }

    static MemberPicture ofNode(Subject about, ObjectNode node) {
        JsonNode ready = Told.condition(node, "Ready");
        Health health = switch (ready.path("status").asText("")) {
            case "True" -> Health.READY;
            case "Unknown" -> Health.UNKNOWN;
            default -> Health.NOT_READY;
        };
        return new MemberPicture(about, Types.NODE, health, Moments.of(ready.path("lastTransitionTime")),
                ready.path("reason").asText("").intern(), ready.path("message").asText("").intern(), "", "",
                created(node), Moments.latest(node));
    }

    static MemberPicture ofMaster(Subject about, ObjectNode master) {
        JsonNode status = master.path("status");
        String said = status.path("health").asText("").intern();
        Health health = status.path("ready").asBoolean(false)
                ? Health.READY
                : said.equals("Lost") ? Health.UNKNOWN : Health.NOT_READY;
        long heard = Moments.of(status.path("lastHeartbeatTime"));
        return new MemberPicture(about, Types.MASTER, health, heard, said, "", master.path("spec").path("role")
                .asText("").intern(), master.path("spec").path("process").asText("").intern(), created(master),
                Math.max(heard, Moments.latest(master)));
    }

    private static long created(ObjectNode object) {
        return Moments.of(object.path("metadata").path("creationTimestamp"));
    }

    @Override
    public void since(@Nullable Picture before, Sayings sayings) {
        MemberPicture was = before instanceof MemberPicture member ? member : null;
        Health then = was == null ? Health.NOT_READY : was.health;
        if (was == null) {
            sayings.say(says.joined, about, Moments.or(created, last), "", null, data());
        }
        if (health == then) {
            return;
        }
        if (health == Health.READY) {
            sayings.say(says.ready, about, Moments.or(since, last), reason, null, data());
        } else if (then == Health.READY || health == Health.UNKNOWN) {
            ObjectNode data = data();
            Sayings.message(data, message);
            sayings.say(says.lost, about, Moments.or(since, last), reason, null, data);
        }
    }

    @Override
    public void ended(Sayings sayings) {
        sayings.say(says.left, about, last, "", null, data());
    }

    @Override
    public void state(Sayings sayings) {
        ObjectNode data = data();
        Sayings.message(data, message);
        sayings.say(says.state, about, last, reason, null, data);
    }

    private ObjectNode data() {
        ObjectNode data = Told.of(about);
        if (says == Types.MASTER) {
            data.put("role", role).put("process", process);
        }
        return data.put("ready", health == Health.READY);
    }
}
