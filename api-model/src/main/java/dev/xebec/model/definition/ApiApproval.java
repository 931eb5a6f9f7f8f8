package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the Kubernetes community, in which a definition has to say who approved it.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apihelpers/helpers.go}.
 */
final class ApiApproval {
    private static final String ANNOTATION = "api-approved.kubernetes.io";
    private static final String POLICY = ", see https://github.com/kubernetes/enhancements/pull/1111";

    private ApiApproval() {}

    /** What a definition says of its approval. */
    private enum State {
        MISSING, BYPASSED, APPROVED, INVALID
    }

    static void check(ObjectNode now, @Nullable ObjectNode before, Problems problems) {
        String group = now.path("spec").path("group").asText("");
        boolean community = group.endsWith(".k8s.io") || group.equals("k8s.io") || group.endsWith(".kubernetes.io")
                || group.equals("kubernetes.io");
        if (!community) {
            return;
        }
        State state = state(now);
        if (before != null && state(before) == state) {
            return;
        }
        String path = "metadata.annotations[" + ANNOTATION + "]";
        switch (state) {
            case MISSING -> problems.required(path, "protected groups must have approval annotation \"" + ANNOTATION
                    + "\"" + POLICY);
            case INVALID -> problems.invalid(path, annotation(now), "protected groups must have approval annotation \""
                    + ANNOTATION + "\" with either a URL or a reason starting with \"unapproved\"" + POLICY);
            case BYPASSED, APPROVED -> {
                // Somebody answers for it.
            }
        }
    }

    private static State state(ObjectNode definition) {
        String annotation = annotation(definition);
        if (annotation.isEmpty()) {
            return State.MISSING;
        }
        if (annotation.startsWith("unapproved")) {
            return State.BYPASSED;
        }
        try {
            URI uri = new URI(annotation);
            return uri.getHost() != null && uri.getScheme() != null ? State.APPROVED : State.INVALID;
        } catch (URISyntaxException malformed) {
            return State.INVALID;
        }
    }

    private static String annotation(ObjectNode definition) {
        return definition.path("metadata").path("annotations").path(ANNOTATION).asText("");
    }
}
