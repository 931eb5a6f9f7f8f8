package dev.xebec.gateway.subresource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomType.ScalePaths;
import dev.xebec.model.managed.FieldPath;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;

/**
 * Where a custom resource keeps what its scale says. Pure.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/registry/customresource/etcd.go}.
 */
final class CustomScale {
    private CustomScale() {}

    /** A scale's spec and status, read from an object. */
    static void read(ApiObject object, ScalePaths paths, ObjectNode scale) {
        ScaleView.spec(scale, at(object.tree(), paths.specReplicas()).asInt(0));
        ObjectNode status = scale.putObject("status").put("replicas",
                at(object.tree(), paths.statusReplicas()).asInt(0));
        String selector = paths.labelSelector().isEmpty() ? "" : at(object.tree(), paths.labelSelector()).asText("");
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
    }

    /** An object that does not say how many are wanted has no scale to be read. */
    static void check(ApiObject object, ScalePaths paths) {
        if (at(object.tree(), paths.specReplicas()).isMissingNode()) {
            throw new RejectedException(Status.internalError(
                    "the spec replicas field \"" + paths.specReplicas() + "\" does not exist"));
        }
    }

    /** A merge patch that sets how many are wanted. */
    static void want(ObjectNode patch, ScalePaths paths, int replicas) {
        ObjectNode parent = patch;
        List<String> steps = steps(paths.specReplicas());
        for (String step : steps.subList(0, steps.size() - 1)) {
            parent = parent.get(step) instanceof ObjectNode there ? there : parent.putObject(step);
        }
        parent.put(steps.get(steps.size() - 1), replicas);
    }

    /** The field that says how many are wanted. */
    static FieldPath wanted(ScalePaths paths) {
        return FieldPath.of(steps(paths.specReplicas()).toArray(new String[0]));
    }

    private static JsonNode at(JsonNode tree, String path) {
        JsonNode value = tree;
        for (String step : steps(path)) {
            value = value.path(step);
        }
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    /** {@code .spec.replicas} as its names. */
    private static List<String> steps(String path) {
        return List.of((path.startsWith(".") ? path.substring(1) : path).split("\\.", -1));
    }

}
