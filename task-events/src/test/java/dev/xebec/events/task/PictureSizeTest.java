package dev.xebec.events.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.model.object.Json;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A publisher remembers every pod of the cluster, so what it remembers of one has to be little. */
class PictureSizeTest {
    private static final int PODS = 50_000;
    private static final long MOST_BYTES_PER_POD = 800;

    @Test
    void aPodIsRememberedInLittleRoom() {
        long before = used();
        TaskLog log = new TaskLog();
        for (int number = 0; number < PODS; number++) {
            log.know(pod(number));
        }
        long bytes = (used() - before) / PODS;
        System.out.println("a pod is remembered in " + bytes + " bytes");
        assertThat(log.size()).isEqualTo(PODS);
        assertThat(bytes).isLessThan(MOST_BYTES_PER_POD);
    }

    private static KeyValue pod(int number) {
        String name = "web-5d9c7f6b8-" + Integer.toString(number, 36);
        ObjectNode pod = Objects.controlledBy(Objects.pod(name, new UUID(7, number).toString()), "ReplicaSet",
                "web-" + number % 100);
        ((ObjectNode) pod.get("spec")).put("nodeName", "node-" + number % 1_000);
        Objects.status(pod).put("phase", "Running");
        Objects.condition(pod, "Ready", "True", "", 5);
        Objects.container(pod, "containerStatuses", "main", number % 10 == 0 ? 1 : 0).putObject("state")
                .putObject("running").put("startedAt", Objects.time(4));
        return new KeyValue("/pods/default/" + name, Bytes.of(Json.bytes(pod)), 1, 1, 1);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
