package dev.xebec.system.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.Intent;
import dev.xebec.simulator.history.ObjectId;
import dev.xebec.simulator.history.ObjectState;
import dev.xebec.simulator.history.ObjectStateReader;
import dev.xebec.simulator.history.Outcome;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/**
 * Writes a few ConfigMaps that others write too, mostly on the condition of what it has seen, and flips their labels. Each
 * value is written once.
 */
final class RegisterWriter extends Worker {
    static final String COLOUR = "colour";
    private static final int REGISTERS = 8;
    private static final int MAX_PAUSE_MILLIS = 30;
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final ApiDoor door;
    private final Recorder recorder;
    private final String namespace;
    private final Random random;
    /** What it has seen last; empty for an object that was not there. */
    private final Map<ObjectId, Optional<ObjectState>> known = new HashMap<>();
    private int written;

    RegisterWriter(String name, ApiDoor door, Recorder recorder, String namespace, long seed, Queue<Throwable> faults) {
        super(name, faults);
        this.door = door;
        this.recorder = recorder;
        this.namespace = namespace;
        this.random = new Random(seed);
    }

    @Override
    void step() throws InterruptedException {
        ObjectId id = new ObjectId("configmaps", namespace, "register-" + random.nextInt(REGISTERS));
        Optional<ObjectState> seen = known.get(id);
        int choice = random.nextInt(100);
        if (seen == null || choice < 15) {
            read(id);
        } else if (seen.isEmpty() || choice < 18) {
            create(id);
        } else if (choice < 65) {
            update(id, seen.get().revision());
        } else if (choice < 70) {
            update(id, 0);
        } else if (choice < 85) {
            patch(id, random.nextBoolean() ? 0 : seen.get().revision());
        } else if (choice < 94) {
            known.remove(id);
        } else {
            delete(id, random.nextInt(3) == 0 ? 0 : seen.get().revision());
        }
        Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
    }

    private void read(ObjectId id) {
        long begun = Recorder.now();
        try {
            ApiDoor.Reply reply = door.get(ApiPath.of(id));
            if (reply.ok() || reply.code() == 404) {
                Optional<ObjectState> seen = reply.ok()
                        ? Optional.of(ObjectStateReader.read(id.resource(), reply.body()))
                        : Optional.empty();
                known.put(id, seen);
                recorder.add(new Entry.Get(name(), door.gateway(), begun, Recorder.now(),
                        Entry.Consistency.LINEARIZABLE, id, seen.orElse(null)));
            } else {
                door.moveOn();
            }
        } catch (IOException unanswered) {
            door.moveOn();
        }
    }

    private void create(ObjectId id) {
        String value = value();
        learn(id, recorder.write(name(), door, id, new Intent.Create(value), at -> at.send("POST",
                ApiPath.collection(id.resource(), id.namespace()), JSON, tree(id, 0, value))));
    }

    private void update(ObjectId id, long expected) {
        String value = value();
        learn(id, recorder.write(name(), door, id, new Intent.Update(expected, value),
                at -> at.send("PUT", ApiPath.of(id), JSON, tree(id, expected, value))));
    }

    private void patch(ObjectId id, long expected) {
        String value = value();
        ObjectNode patch = tree(id, expected, value);
        patch.remove("kind");
        patch.remove("apiVersion");
        learn(id, recorder.write(name(), door, id, new Intent.Patch(expected, value),
                at -> at.send("PATCH", ApiPath.of(id), MERGE_PATCH, patch)));
    }

    private void delete(ObjectId id, long expected) {
        ObjectNode options = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
        if (expected > 0) {
            options.putObject("preconditions").put("resourceVersion", Long.toString(expected));
        }
        learn(id, recorder.write(name(), door, id, new Intent.Delete(expected),
                at -> at.send("DELETE", ApiPath.of(id), JSON, options)));
    }

    private void learn(ObjectId id, Outcome outcome) {
        switch (outcome) {
            case Outcome.Acknowledged done -> known.put(id, Optional.ofNullable(done.state()));
            case Outcome.Refused refused -> known.remove(id);
            case Outcome.Unknown unknown -> {
                known.remove(id);
                door.moveOn();
            }
        }
    }

    private String value() {
        return name() + "-" + written++;
    }

    private ObjectNode tree(ObjectId id, long expected, String value) {
        ObjectNode tree = Json.object().put("kind", "ConfigMap").put("apiVersion", "v1");
        ObjectNode metadata = tree.putObject("metadata").put("name", id.name()).put("namespace", id.namespace());
        metadata.putObject("labels").put(COLOUR, random.nextBoolean() ? "red" : "blue");
        if (expected > 0) {
            metadata.put("resourceVersion", Long.toString(expected));
        }
        tree.putObject("data").put(ObjectStateReader.VALUE, value);
        return tree;
    }

    @Override
    void end() {
        door.close();
    }
}
