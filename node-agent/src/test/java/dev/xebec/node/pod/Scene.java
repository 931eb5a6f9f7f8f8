package dev.xebec.node.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.node.pod.Observation.Stopping;
import dev.xebec.node.pod.Observation.Trouble;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.ContainerState.Exit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pod, a runtime and a clock as plain values; decisions can be carried out on it. */
final class Scene {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final ObjectNode pod;
    final List<ContainerState> containers = new ArrayList<>();
    final Map<ContainerId, Health> health = new HashMap<>();
    final Map<String, Trouble> troubles = new HashMap<>();
    final Map<ContainerId, Stopping> stopping = new HashMap<>();
    Instant now = START;
    String podIp = "127.64.0.1";

    Scene(String spec) {
        pod = Json.parseObject(("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','namespace':'ns','uid':'u'},"
                + "'spec':" + spec + ",'status':{'phase':'Pending'}}").replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    }

    Decision decide() {
        return PodDecider
                .decide(new Observation(PodDefinition.of(ApiObject.of(pod.deepCopy())), List.copyOf(containers),
                        Map.copyOf(health), Map.copyOf(troubles), Map.copyOf(stopping), podIp, "127.0.0.1", "",
                        "process", now));
    }

    /** Decides and carries out until nothing is left to do now; the status becomes the object's. */
    List<PodAction> settle() {
        List<PodAction> done = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            Decision decision = decide();
            boolean acted = false;
            for (PodAction action : decision.actions()) {
                done.add(action);
                acted |= carryOut(action);
            }
            if (!acted) {
                pod.set("status", decision.status());
                return done;
            }
        }
        throw new AssertionError("does not settle: " + done);
    }

    private boolean carryOut(PodAction action) {
        switch (action) {
            case PodAction.Start start -> containers.add(new ContainerState(
                    new ContainerId("u", start.container().name(), start.attempt()), start.container().image(), now,
                    start.backOff(), null));
            case PodAction.Stop stop -> stopping.put(stop.id(), new Stopping(stop.killAt(), false));
            case PodAction.Hasten hasten -> stopping.put(hasten.id(), new Stopping(hasten.killAt(), false));
            case PodAction.Kill kill -> {
                stopping.put(kill.id(), new Stopping(now, true));
                end(kill.id().container(), 137);
            }
            case PodAction.Forget forget -> containers.removeIf(each -> each.id().equals(forget.id()));
            case PodAction.Emit emit -> {
                return false;
            }
            case PodAction.FinishDeletion finish -> {
                return false;
            }
        }
        return true;
    }

    boolean running(String name) {
        return containers.stream().anyMatch(each -> each.id().container().equals(name) && each.running());
    }

    void end(String name, int code) {
        containers.replaceAll(each -> each.id().container().equals(name) && each.running()
                ? new ContainerState(each.id(), each.image(), each.startedAt(), each.backOff(),
                        new Exit(code, code == 0 ? "Completed" : "Error", "", now))
                : each);
    }

    void health(String name, Health value) {
        containers.stream().filter(each -> each.id().container().equals(name) && each.running())
                .forEach(each -> health.put(each.id(), value));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void delete(long graceSeconds) {
        pod.withObject("/metadata").put("deletionGracePeriodSeconds", graceSeconds).put("deletionTimestamp",
                now.plusSeconds(graceSeconds).toString());
    }

    String phase() {
        return pod.path("status").path("phase").asText();
    }

    ObjectNode status(String list, int index) {
        return (ObjectNode) pod.path("status").path(list).path(index);
    }

    String condition(String type) {
        for (var each : pod.path("status").path("conditions")) {
            if (each.path("type").asText().equals(type)) {
                return each.path("status").asText() + " " + each.path("reason").asText("");
            }
        }
        return "none";
    }
}
