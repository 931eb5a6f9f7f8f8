package dev.xebec.events.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import dev.xebec.events.task.Objects;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pods, Jobs and nodes that live as a seed says: a log to be told. Used by one thread. */
final class Lives {
    static final String CLUSTER = "0d9cb6ee-cluster";

    private final StateStore store;
    private final Random random;
    private final List<Life> pods = new ArrayList<>();
    private final List<Life> nodes = new ArrayList<>();
    private final int most;
    private long sequence;
    private int born;
    private int second;

    private static final class Life {
        final String key;
        final ObjectNode object;
        int step;

        Life(String key, ObjectNode object) {
            this.key = key;
            this.object = object;
        }
    }

    /** @param most pods that live at once */
    Lives(StateStore store, long seed, int most) {
        this.store = store;
        this.most = most;
        random = new Random(seed);
        write(List.of(put("/namespaces//kube-system", Objects.of("v1", "Namespace", "", "kube-system", CLUSTER))));
        for (int i = 0; i < 3; i++) {
            ObjectNode node = Objects.of("v1", "Node", "", "node-" + i, "node-uid-" + i);
            Life life = new Life("/nodes//node-" + i, node);
            nodes.add(life);
            write(List.of(put(life.key, node)));
        }
    }

    /** Some steps, each a revision of its own; a few in one proposal. */
    void steps(int count) {
        for (int done = 0; done < count;) {
            List<Txn> txns = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(8) && done < count; i++, done++) {
                txns.add(new Txn(List.of(), step()));
            }
            propose(txns);
        }
    }

    private List<Write> step() {
        second++;
        int what = random.nextInt(20);
        if (what == 0) {
            Life node = nodes.get(random.nextInt(nodes.size()));
            boolean ready = random.nextBoolean();
            Objects.condition(node.object, "Ready", ready ? "True" : "Unknown", ready
                    ? "KubeletReady"
                    : "NodeStatusUnknown", second);
            return List.of(put(node.key, node.object));
        }
        if (what == 1) {
            String name = "lease-" + random.nextInt(5);
            return List.of(put("coordination.k8s.io/leases/kube-node-lease/" + name,
                    Objects.of("coordination.k8s.io/v1", "Lease", "kube-node-lease", name, "lease-uid-" + name)));
        }
        if (pods.size() < most && what < 8 || pods.isEmpty()) {
            return born();
        }
        Life pod = pods.get(random.nextInt(pods.size()));
        Write written = live(pod);
        // Two pods in one revision now and then, as transactions over several keys make them.
        if (what == 19 && pods.size() > 1) {
            Life other = pods.get(random.nextInt(pods.size()));
            if (other != pod) {
                return List.of(written, live(other));
            }
        }
        return List.of(written);
    }

    private List<Write> born() {
        int number = born++;
        String name = "pod-" + number % 200 + (random.nextBoolean() ? "" : "-x" + number);
        String key = "/pods/default/" + name;
        if (pods.stream().anyMatch(pod -> pod.key.equals(key))) {
            name = name + "-y" + number;
        }
        ObjectNode object = Objects.controlledBy(Objects.pod(name, "pod-uid-" + number), "ReplicaSet", "web");
        Life life = new Life("/pods/default/" + name, object);
        pods.add(life);
        return List.of(put(life.key, object));
    }

    private Write live(Life life) {
        ObjectNode pod = life.object;
        int step = life.step++;
        if (step > 3 && random.nextInt(4) == 0) {
            pods.remove(life);
            return new Write.Delete(life.key);
        }
        switch (step) {
            case 0 -> {
                ((ObjectNode) pod.get("spec")).put("nodeName", "node-" + random.nextInt(3));
                Objects.condition(pod, "PodScheduled", "True", "", second);
            }
            case 1 -> {
                Objects.status(pod).put("phase", "Running");
                Objects.container(pod, "containerStatuses", "main", 0).putObject("state").putObject("running")
                        .put("startedAt", Objects.time(second));
            }
            case 2 -> Objects.condition(pod, "Ready", "True", "", second);
            default -> later(pod);
        }
        return put(life.key, pod);
    }

    private void later(ObjectNode pod) {
        switch (random.nextInt(4)) {
            case 0 -> {
                int before = pod.path("status").path("containerStatuses").path(0).path("restartCount").asInt(0);
                ObjectNode container = Objects.container(pod, "containerStatuses", "main", before + 1);
                container.putObject("state").putObject("running").put("startedAt", Objects.time(second));
                container.putObject("lastState").putObject("terminated").put("exitCode", 137)
                        .put("reason", "OOMKilled").put("finishedAt", Objects.time(second));
            }
            case 1 -> Objects.condition(pod, "Ready", "False", "ContainersNotReady", second);
            case 2 -> Objects.condition(pod, "Ready", "True", "", second);
            default -> {
                Objects.status(pod).put("phase", random.nextBoolean() ? "Succeeded" : "Failed");
                Objects.condition(pod, "Ready", "False", "PodCompleted", second);
            }
        }
    }

    private static Write put(String key, ObjectNode object) {
        return new Write.Put(key, Bytes.of(Json.bytes(object)), 0);
    }

    private void write(List<Write> writes) {
        propose(List.of(new Txn(List.of(), writes)));
    }

    private void propose(List<Txn> txns) {
        sequence++;
        store.propose(new Proposal(LogGroup.MAIN, 1, sequence, sequence, txns));
    }
}
