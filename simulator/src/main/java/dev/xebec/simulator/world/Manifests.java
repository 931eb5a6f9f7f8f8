package dev.xebec.simulator.world;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.util.random.RandomGenerator;

/** What users apply, with sizes and ages drawn by chance. */
final class Manifests {
    private static final int LOST_NODE_SECONDS = 5;

    private final RandomGenerator chance;

    Manifests(RandomGenerator chance) {
        this.chance = chance;
    }

    ApiObject namespace(String name) {
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
        object.putObject("metadata").put("name", name);
        return ApiObject.of(object);
    }

    ApiObject configMap(String namespace, String name, int value) {
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        object.putObject("data").put("value", Integer.toString(value));
        return ApiObject.of(object);
    }

    ApiObject deployment(String namespace, String name) {
        ObjectNode object = Json.object().put("apiVersion", "apps/v1").put("kind", "Deployment");
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        ObjectNode spec = object.putObject("spec").put("replicas", 1 + chance.nextInt(6));
        spec.putObject("selector").putObject("matchLabels").put("app", name);
        if (chance.nextInt(4) == 0) {
            spec.putObject("strategy").put("type", "Recreate");
        } else {
            spec.putObject("strategy").put("type", "RollingUpdate").putObject("rollingUpdate")
                    .put("maxSurge", chance.nextInt(2)).put("maxUnavailable", 1 + chance.nextInt(2));
        }
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put("app", name);
        podSpec(template);
        return ApiObject.of(object);
    }

    ApiObject pod(String namespace, String name) {
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = object.putObject("metadata").put("name", name).put("namespace", namespace);
        metadata.putObject("labels").put("app", "lone");
        if (chance.nextBoolean()) {
            metadata.putObject("annotations").put("simulation.xebec.dev/exit-after",
                    Integer.toString(500 + chance.nextInt(10_000)));
        }
        podSpec(object).put("restartPolicy", chance.nextBoolean() ? "Never" : "OnFailure");
        return ApiObject.of(object);
    }

    ApiObject service(String namespace, String app) {
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "Service");
        object.putObject("metadata").put("name", app).put("namespace", namespace);
        ObjectNode spec = object.putObject("spec");
        spec.putObject("selector").put("app", app);
        spec.putArray("ports").addObject().put("port", 80).put("targetPort", 8_080);
        return ApiObject.of(object);
    }

    private ObjectNode podSpec(ObjectNode parent) {
        ObjectNode spec = parent.putObject("spec");
        ObjectNode container = spec.putArray("containers").addObject().put("name", "main").put("image", image());
        container.putObject("resources").putObject("requests").put("cpu", (1 + chance.nextInt(8)) * 250 + "m")
                .put("memory", (1 + chance.nextInt(4)) * 256 + "Mi");
        if (chance.nextInt(4) == 0) {
            container.putArray("ports").addObject().put("containerPort", 8_080).put("hostPort",
                    8_000 + chance.nextInt(3));
        }
        spec.put("terminationGracePeriodSeconds", chance.nextInt(4));
        ArrayNode tolerations = spec.putArray("tolerations");
        for (String taint : new String[]{"not-ready", "unreachable"}) {
            tolerations.addObject().put("key", "node.kubernetes.io/" + taint).put("operator", "Exists")
                    .put("effect", "NoExecute").put("tolerationSeconds", LOST_NODE_SECONDS);
        }
        return spec;
    }

    String image() {
        return "example.test/app:" + chance.nextInt(1_000);
    }
}
