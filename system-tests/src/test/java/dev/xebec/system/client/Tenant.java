package dev.xebec.system.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.Facts;
import dev.xebec.simulator.history.Intent;
import dev.xebec.simulator.history.ObjectId;
import dev.xebec.simulator.history.ObjectState;
import dev.xebec.simulator.history.Outcome;
import dev.xebec.simulator.history.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs Deployments, rolls them out, and pods without an owner, and asks for so much that the nodes get nearly full and at times more than
 * full. In the end it asks for what fits.
 */
final class Tenant extends Worker {
    private static final int DEPLOYMENTS = 4;
    private static final int MAX_LOOSE_PODS = 6;
    private static final int MAX_PAUSE_MILLIS = 1_200;
    /** Processor that everything together asks for at the most, of a hundred parts of what there is. */
    private static final int MAX_PERCENT = 120;
    private static final String JSON = "application/json";

    private final ApiDoor door;
    private final Recorder recorder;
    private final String namespace;
    private final Random random;
    /** How many replicas each Deployment asks for; the last answer counts. */
    private final Map<ObjectId, Integer> deployments = new TreeMap<>();
    private final List<ObjectId> loose = new ArrayList<>();
    private long nodeMillis;
    private long totalMillis;
    private int named;

    Tenant(String name, ApiDoor door, Recorder recorder, String namespace, long seed, Queue<Throwable> faults) {
        super(name, faults);
        this.door = door;
        this.recorder = recorder;
        this.namespace = namespace;
        this.random = new Random(seed);
    }

    @Override
    void step() throws InterruptedException {
        if (totalMillis == 0) {
            measure();
        } else if (deployments.size() < DEPLOYMENTS) {
            createDeployment();
        } else {
            change();
        }
        Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
    }

    private void measure() {
        Entry.Listing nodes = recorder.listUnnoted(name(), door, Entry.Consistency.LINEARIZABLE, Scope.all("nodes"));
        if (nodes == null) {
            door.moveOn();
            return;
        }
        for (ObjectState state : nodes.items()) {
            if (state.facts() instanceof Facts.Node node) {
                totalMillis += node.cpuMillis();
                nodeMillis = Math.max(nodeMillis, node.cpuMillis());
            }
        }
    }

    private void change() {
        int choice = random.nextInt(10);
        if (choice < 4) {
            scale(any(), random.nextInt(maxReplicas() + 1));
        } else if (choice < 6) {
            rollOut(any());
        } else if (choice < 8 && loose.size() < MAX_LOOSE_PODS) {
            createPod();
        } else if (choice < 9 && !loose.isEmpty()) {
            delete(loose.remove(random.nextInt(loose.size())));
        } else {
            ObjectId gone = any();
            delete(gone);
            deployments.remove(gone);
        }
    }

    private ObjectId any() {
        return List.copyOf(deployments.keySet()).get(random.nextInt(deployments.size()));
    }

    /** The pods of each Deployment where all are as large as they may be. */
    private int maxReplicas() {
        return (int) Math.max(1, totalMillis * MAX_PERCENT / 100 / DEPLOYMENTS / request(1));
    }

    /** A quarter of a node and more, so that few pods fill it and what is left fits not all. */
    private long request(int size) {
        return nodeMillis / 4 + size * nodeMillis / 16;
    }

    private void createDeployment() {
        ObjectId id = new ObjectId("deployments.apps", namespace, name() + "-" + named++);
        int replicas = 1 + random.nextInt(maxReplicas());
        ObjectNode tree = object("apps/v1", "Deployment", id);
        ObjectNode spec = tree.putObject("spec").put("replicas", replicas);
        spec.putObject("selector").putObject("matchLabels").put("app", id.name());
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put("app", id.name());
        template.set("spec", podSpec(random.nextInt(3)));
        if (create(id, tree)) {
            deployments.put(id, replicas);
        }
    }

    private void createPod() {
        ObjectId id = new ObjectId("pods", namespace, name() + "-" + named++);
        ObjectNode tree = object("v1", "Pod", id);
        tree.set("spec", podSpec(random.nextInt(3)));
        if (create(id, tree)) {
            loose.add(id);
        }
    }

    private boolean create(ObjectId id, ObjectNode tree) {
        Outcome outcome = recorder.write(name(), door, id, new Intent.Create(""),
                at -> at.send("POST", ApiPath.collection(id.resource(), id.namespace()), JSON, tree));
        moveOnIfUnknown(outcome);
        return !(outcome instanceof Outcome.Refused);
    }

    private void scale(ObjectId id, int replicas) {
        ObjectNode patch = Json.object();
        patch.putObject("spec").put("replicas", replicas);
        Outcome outcome = recorder.write(name(), door, id, new Intent.Patch(0, ""),
                at -> at.send("PATCH", ApiPath.of(id), "application/merge-patch+json", patch));
        if (outcome instanceof Outcome.Acknowledged) {
            deployments.put(id, replicas);
        }
        moveOnIfUnknown(outcome);
    }

    /** Changes the template, so that every pod is replaced. */
    private void rollOut(ObjectId id) {
        ObjectNode patch = Json.object();
        patch.putObject("spec").putObject("template").putObject("metadata").putObject("annotations").put("round",
                Integer.toString(named++));
        moveOnIfUnknown(recorder.write(name(), door, id, new Intent.Patch(0, ""),
                at -> at.send("PATCH", ApiPath.of(id), "application/merge-patch+json", patch)));
    }

    private void delete(ObjectId id) {
        ObjectNode options = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1")
                .put("gracePeriodSeconds", 1).put("propagationPolicy", "Background");
        Outcome outcome = recorder.write(name(), door, id, new Intent.Delete(0),
                at -> at.send("DELETE", ApiPath.of(id), JSON, options));
        moveOnIfUnknown(outcome);
    }

    private void moveOnIfUnknown(Outcome outcome) {
        if (outcome instanceof Outcome.Unknown) {
            door.moveOn();
        }
    }

    private static ObjectNode object(String version, String kind, ObjectId id) {
        ObjectNode tree = Json.object().put("kind", kind).put("apiVersion", version);
        tree.putObject("metadata").put("name", id.name()).put("namespace", id.namespace());
        return tree;
    }

    private ObjectNode podSpec(int size) {
        ObjectNode spec = Json.object().put("terminationGracePeriodSeconds", 1);
        spec.putArray("containers").addObject().put("name", "main").put("image", "none").putObject("resources")
                .putObject("requests").put("cpu", request(size) + "m").put("memory", "64Mi");
        return spec;
    }

    /**
     * After it was stopped: makes sure that what is asked for fits, so that everything has to come to rest.
     *
     * @return whether all of it was acknowledged
     */
    boolean askForWhatFits() {
        Entry.Listing sets = list("deployments.apps");
        Entry.Listing pods = list("pods");
        if (sets == null || pods == null) {
            door.moveOn();
            return false;
        }
        boolean all = true;
        for (ObjectState state : sets.items()) {
            deployments.remove(state.id());
            scale(state.id(), 1);
            all &= Integer.valueOf(1).equals(deployments.get(state.id()));
        }
        for (ObjectState state : pods.items()) {
            if (state.facts() instanceof Facts.Pod pod && pod.owner().isEmpty() && !pod.deleting()) {
                delete(state.id());
                all = false;
            }
        }
        return all;
    }

    private Entry.@Nullable Listing list(String resource) {
        return recorder.listUnnoted(name(), door, Entry.Consistency.LINEARIZABLE,
                new Scope(resource, namespace, Map.of()));
    }

    @Override
    void end() {
        door.close();
    }
}
