package dev.xebec.simulator.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.simulator.kernel.Simulation;
import dev.xebec.simulator.kernel.SimulationFailedException;
import dev.xebec.simulator.plant.Plant;
import java.time.Duration;
import java.util.Map;

/**
 * Many nodes and pods: Deployments are created, rolled to a new image while masters and nodes fail, and have to come to
 * rest. Prints how long each part took in simulated time.
 */
final class ScaleRun {
    private static final int RACKS = 4;
    private static final int REPLICAS = 500;
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private final World world;
    private final int pods;

    ScaleRun(World world, int pods) {
        this.world = world;
        this.pods = pods;
    }

    /** Runs it and prints; whether all came to rest. */
    static boolean print(long seed, int nodes, int pods) {
        WorldSettings settings = new WorldSettings(3, RACKS, Math.max(1, nodes / RACKS), 1, Duration.ZERO,
                Duration.ofMinutes(10), false, Plant.NONE);
        long begun = System.nanoTime();
        boolean held = true;
        try (Simulation simulation = new Simulation(seed)) {
            World world = new World(simulation, settings);
            try {
                simulation.run(new ScaleRun(world, pods)::live);
            } catch (SimulationFailedException broken) {
                simulation.story().forEach(System.out::println);
                System.out.println(broken.getMessage());
                held = false;
            }
        }
        System.out.printf("%d nodes, %d pods: %s after %.0f s of the machine's time%n", nodes, pods,
                held ? "all settled" : "FAILED", (System.nanoTime() - begun) / 1e9);
        return held;
    }

    /** To be called as the simulation's scenario. */
    void live() {
        try {
            world.begin();
            Resources user = world.user();
            awaitNodes(user);
            tell("all nodes are registered");
            int deployments = Math.max(1, pods / REPLICAS);
            for (int index = 0; index < deployments; index++) {
                String name = "web-" + index;
                insist(() -> user.create(GroupVersionResource.DEPLOYMENTS, deployment(name)));
            }
            awaitRollout(user, deployments);
            tell(deployments * REPLICAS + " pods are ready");
            for (int index = 0; index < deployments; index++) {
                String name = "web-" + index;
                insist(() -> user.strategic(GroupVersionResource.DEPLOYMENTS, "default", name, "", image("v2")));
            }
            Thread.ofVirtual().name("failures").start(this::fail);
            awaitRollout(user, deployments);
            tell("the upgrade is complete");
            world.rest();
            tell("everything has settled");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A master and a rack are lost and come back, then another master. */
    private void fail() {
        try {
            for (String victim : new String[]{"master-0", "nodes-1", "master-2"}) {
                Thread.sleep(Duration.ofSeconds(5));
                Host host = world.host(victim);
                host.crash();
                Thread.sleep(Duration.ofSeconds(5));
                host.start();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String what) {
        System.out.println("%9.1f s simulated  %s; %d steps, %d revisions".formatted(
                world.simulation().elapsed().toMillis() / 1e3, what, world.simulation().steps(), world.revisions()));
    }

    private interface Request {
        ApiResult send();
    }

    private static void insist(Request request) throws InterruptedException {
        while (true) {
            try {
                if (request.send() instanceof ApiResult.Refused refused && refused.status().code() != 409) {
                    throw new IllegalStateException(refused.status().message());
                }
                return;
            } catch (UnavailableException notNow) {
                Thread.sleep(LOOK);
            }
        }
    }

    private void awaitNodes(Resources user) throws InterruptedException {
        int wanted = world.settings().nodeProcesses() * world.settings().nodesEach();
        await(() -> user.list(GroupVersionResource.NODES, "",
                Map.of("resourceVersion", "0")) instanceof ApiResult.Ok ok
                && ok.object().tree().path("items").size() == wanted, "nodes");
    }

    private void awaitRollout(Resources user, int deployments) throws InterruptedException {
        for (int index = 0; index < deployments; index++) {
            String name = "web-" + index;
            await(() -> user.get(GroupVersionResource.DEPLOYMENTS, "default", name) instanceof ApiResult.Ok ok
                    && complete(ok.object()), name);
        }
    }

    private static boolean complete(ApiObject deployment) {
        var status = deployment.status();
        return status.path("observedGeneration").asLong() == deployment.metadata().path("generation").asLong()
                && status.path("updatedReplicas").asInt() == REPLICAS
                && status.path("replicas").asInt() == REPLICAS
                && status.path("availableReplicas").asInt() == REPLICAS;
    }

    private interface Question {
        boolean holds();
    }

    private void await(Question question, String what) throws InterruptedException {
        long end = world.simulation().now() + PATIENCE.toNanos();
        while (true) {
            try {
                if (question.holds()) {
                    return;
                }
            } catch (UnavailableException notNow) {
                assert notNow.getMessage() != null;
            }
            if (world.simulation().now() > end) {
                throw new IllegalStateException(what + " did not come to rest within " + PATIENCE);
            }
            Thread.sleep(LOOK);
        }
    }

    private static ApiObject deployment(String name) {
        ObjectNode object = Json.object().put("apiVersion", "apps/v1").put("kind", "Deployment");
        object.putObject("metadata").put("name", name).put("namespace", "default");
        ObjectNode spec = object.putObject("spec").put("replicas", REPLICAS);
        spec.putObject("selector").putObject("matchLabels").put("app", name);
        spec.putObject("strategy").put("type", "RollingUpdate").putObject("rollingUpdate").put("maxSurge", "25%")
                .put("maxUnavailable", "25%");
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put("app", name);
        template.setAll((ObjectNode) image("v1").path("spec").path("template"));
        template.withObject("/metadata/labels").put("app", name);
        return ApiObject.of(object);
    }

    private static ObjectNode image(String tag) {
        ObjectNode patch = Json.object();
        ObjectNode podSpec = patch.withObject("/spec/template/spec");
        podSpec.put("terminationGracePeriodSeconds", 1);
        ObjectNode container = podSpec.putArray("containers").addObject().put("name", "main").put("image",
                "example.test/app:" + tag);
        container.putObject("resources").putObject("requests").put("cpu", "250m").put("memory", "256Mi");
        return patch;
    }
}
