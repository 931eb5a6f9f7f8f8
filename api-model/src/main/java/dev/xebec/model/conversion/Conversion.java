package dev.xebec.model.conversion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import java.util.Map;

/**
 * Says an object of a built-in kind in another of its versions. There and back keeps the meaning: what one version
 * cannot say, it carries in annotations as Kubernetes does, or the other never had.
 *
 * <p>Source: {@code pkg/apis/*}{@code /v*}{@code /conversion.go} of Kubernetes.
 */
public final class Conversion {

    /** Changes a tree, which is nobody else's, from one version to another; its apiVersion is set already. */
    @FunctionalInterface
    private interface Change {
        void apply(ObjectNode tree);
    }

    /** What has to change besides the apiVersion, by {@code kind from to}. */
    private static final Map<String, Change> CHANGES = Map.ofEntries(
            Map.entry("HorizontalPodAutoscaler autoscaling/v1 autoscaling/v2", AutoscalerConversion::toV2),
            Map.entry("HorizontalPodAutoscaler autoscaling/v2 autoscaling/v1", AutoscalerConversion::toV1),
            Map.entry("Event v1 events.k8s.io/v1", EventConversion::toEvents),
            Map.entry("Event events.k8s.io/v1 v1", EventConversion::toCore),
            Map.entry("ResourceClaim resource.k8s.io/v1beta1 resource.k8s.io/v1", DeviceConversion::claimFromBeta),
            Map.entry("ResourceClaim resource.k8s.io/v1beta1 resource.k8s.io/v1beta2", DeviceConversion::claimFromBeta),
            Map.entry("ResourceClaim resource.k8s.io/v1 resource.k8s.io/v1beta1", DeviceConversion::claimToBeta),
            Map.entry("ResourceClaim resource.k8s.io/v1beta2 resource.k8s.io/v1beta1", DeviceConversion::claimToBeta),
            Map.entry("ResourceClaimTemplate resource.k8s.io/v1beta1 resource.k8s.io/v1",
                    DeviceConversion::templateFromBeta),
            Map.entry("ResourceClaimTemplate resource.k8s.io/v1beta1 resource.k8s.io/v1beta2",
                    DeviceConversion::templateFromBeta),
            Map.entry("ResourceClaimTemplate resource.k8s.io/v1 resource.k8s.io/v1beta1",
                    DeviceConversion::templateToBeta),
            Map.entry("ResourceClaimTemplate resource.k8s.io/v1beta2 resource.k8s.io/v1beta1",
                    DeviceConversion::templateToBeta),
            Map.entry("ResourceSlice resource.k8s.io/v1beta1 resource.k8s.io/v1", DeviceConversion::sliceFromBeta),
            Map.entry("ResourceSlice resource.k8s.io/v1beta1 resource.k8s.io/v1beta2", DeviceConversion::sliceFromBeta),
            Map.entry("ResourceSlice resource.k8s.io/v1 resource.k8s.io/v1beta1", DeviceConversion::sliceToBeta),
            Map.entry("ResourceSlice resource.k8s.io/v1beta2 resource.k8s.io/v1beta1", DeviceConversion::sliceToBeta));

    private Conversion() {}

    /**
     * The same object in the wanted version: the given tree itself where it is in that version already, else another
     * one that shares nothing with it. Throws {@link IllegalArgumentException} where the kinds have nothing to do with
     * each other.
     */
    public static ObjectNode convert(KindRegistry kinds, ObjectNode tree, GroupVersionKind wanted) {
        String from = tree.path("apiVersion").asText("");
        String to = wanted.groupVersion().toString();
        if (from.equals(to)) {
            return tree;
        }
        Change change = CHANGES.get(wanted.kind() + " " + from + " " + to);
        if (change == null && (!GroupVersion.parse(from).group().equals(wanted.group())
                || kinds.byKind(wanted).isEmpty())) {
            throw new IllegalArgumentException(
                    "cannot say " + tree.path("kind").asText("") + " of " + from + " as " + wanted);
        }
        ObjectNode converted = tree.deepCopy().put("apiVersion", to);
        if (change != null) {
            change.apply(converted);
        }
        return converted;
    }
}
