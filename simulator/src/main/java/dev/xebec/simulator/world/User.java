package dev.xebec.simulator.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Somebody who changes things, one after another, until told to stop. */
final class User implements Runnable {
    private static final int NAMES = 3;
    private static final String[] NAMESPACES = {"default", "work-0", "work-1"};

    private final Resources resources;
    private final RandomGenerator chance;
    private final Manifests manifests;
    private final List<Counter> counters;
    private final Duration pause;
    private final BooleanSupplier stop;
    private int lonePods;

    User(Resources resources, RandomGenerator chance, List<Counter> counters, Duration pause, BooleanSupplier stop) {
        this.resources = resources;
        this.chance = chance;
        this.manifests = new Manifests(chance);
        this.counters = counters;
        this.pause = pause;
        this.stop = stop;
    }

    @Override
    public void run() {
        try {
            while (!stop.getAsBoolean()) {
                Thread.sleep(chance.nextLong(1, pause.toMillis() * 2));
                try {
                    act();
                } catch (UnavailableException nobody) {
                    // A user tries something else; whether it was done shows later.
                    assert nobody.getMessage() != null;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void act() {
        String namespace = NAMESPACES[chance.nextInt(NAMESPACES.length)];
        String web = "web-" + chance.nextInt(NAMES);
        switch (chance.nextInt(20)) {
            case 0, 1, 2, 3 -> resources.create(GroupVersionResource.DEPLOYMENTS,
                    manifests.deployment(namespace, web));
            case 4, 5, 6 -> scale(namespace, web);
            case 7, 8, 9 -> image(namespace, web);
            case 10 -> delete(GroupVersionResource.DEPLOYMENTS, namespace, web);
            case 11, 12 -> resources.create(GroupVersionResource.PODS,
                    manifests.pod(namespace, "lone-" + chance.nextInt(1_000) + "-" + lonePods++));
            case 13 -> somePod().ifPresentOrElse(
                    pod -> delete(GroupVersionResource.PODS, pod.namespace(), pod.name()), () -> {});
            case 14 -> cordon();
            case 15 -> namespace();
            case 16 -> resources.create(GroupVersionResource.SERVICES, manifests.service(namespace, web));
            default -> counters.get(chance.nextInt(counters.size())).raise(resources);
        }
    }

    private void scale(String namespace, String name) {
        ObjectNode patch = Json.object();
        patch.putObject("spec").put("replicas", chance.nextInt(8));
        resources.merge(GroupVersionResource.DEPLOYMENTS, namespace, name, "", patch);
    }

    private void image(String namespace, String name) {
        ObjectNode patch = Json.object();
        patch.withObject("/spec/template/spec").putArray("containers").addObject().put("name", "main").put("image",
                manifests.image());
        resources.strategic(GroupVersionResource.DEPLOYMENTS, namespace, name, "", patch);
    }

    private void delete(GroupVersionResource resource, String namespace, String name) {
        resources.delete(resource, new ObjectKey(namespace, name), "", 0, null,
                List.of("", "Background", "Foreground", "Orphan").get(chance.nextInt(3)));
    }

    private void cordon() {
        List<ApiObject> nodes = list(GroupVersionResource.NODES, "");
        if (!nodes.isEmpty()) {
            ObjectNode patch = Json.object();
            patch.putObject("spec").put("unschedulable", chance.nextBoolean());
            resources.merge(GroupVersionResource.NODES, "", nodes.get(chance.nextInt(nodes.size())).name(), "", patch);
        }
    }

    /** Namespaces come back more often than they go. */
    private void namespace() {
        String name = NAMESPACES[1 + chance.nextInt(NAMESPACES.length - 1)];
        if (chance.nextInt(4) == 0) {
            delete(GroupVersionResource.NAMESPACES, "", name);
        } else {
            resources.create(GroupVersionResource.NAMESPACES, manifests.namespace(name));
        }
    }

    private java.util.Optional<ApiObject> somePod() {
        List<ApiObject> pods = list(GroupVersionResource.PODS, "");
        return pods.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(pods.get(chance.nextInt(pods.size())));
    }

    private List<ApiObject> list(GroupVersionResource resource, String namespace) {
        Map<String, String> query = new LinkedHashMap<>();
        if (chance.nextBoolean()) {
            query.put("resourceVersion", "0");
        }
        List<ApiObject> found = new ArrayList<>();
        if (resources.list(resource, namespace, query) instanceof ApiResult.Ok ok) {
            ok.object().tree().path("items").forEach(item -> found.add(ApiObject.of((ObjectNode) item)));
        }
        return found;
    }

    /** At the end nothing is cordoned, so that what fits can run. */
    static void uncordon(Resources resources) {
        if (resources.list(GroupVersionResource.NODES, "", Map.of()) instanceof ApiResult.Ok ok) {
            ok.object().tree().path("items").forEach(item -> {
                if (item.path("spec").path("unschedulable").asBoolean()) {
                    ObjectNode patch = Json.object();
                    patch.putObject("spec").putNull("unschedulable");
                    resources.merge(GroupVersionResource.NODES, "", item.path("metadata").path("name").asText(), "",
                            patch);
                }
            });
        }
    }
}
