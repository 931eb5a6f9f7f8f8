package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;

/**
 * The annotation by which kubectl's client-side apply remembers what it said. Who goes on with server-side apply takes over
 * what he said in it, and it is kept up to date for who goes back.
 *
 * <p>Source: apimachinery {@code util/managedfields/internal}: lastappliedmanager.go, lastappliedupdater.go.
 */
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    /** Only kubectl's own manager takes part. */
    private static final String MANAGER = "kubectl";
    /** Bytes of all annotations. Source: apimachinery {@code api/validation/objectmeta.go}. */
    private static final int MAX_ANNOTATIONS = 256 * 1024;

    private LastApplied() {}

    /** The conflicts that are left when fields that still are as the annotation says may be taken over. */
    static ConflictException settle(Writing writing, ObjectNode live, ConflictException conflicts) {
        String text = live.path("metadata").path("annotations").path(ANNOTATION).asText("");
        if (!writing.manager().equals(MANAGER) || text.isEmpty()) {
            return conflicts;
        }
        try {
            ObjectNode said = Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
            if (!said.path("apiVersion").asText("").equals(writing.apiVersion())) {
                return conflicts;
            }
            TypedCheck.check(writing.kind().schema(), said);
            Comparison since = Comparer.compare(writing.kind().schema(), GoView.AS_IT_IS, said, live);
            return conflicts.without(Fields.of(writing.kind().schema(), said).difference(since.modified())
                    .difference(since.added()).difference(since.removed()));
        } catch (IllegalArgumentException | TypedException unusable) {
            return conflicts;
        }
    }

    /** Makes an annotation that is there say what was applied. */
    static void refresh(Writing writing, ObjectNode object, ObjectNode config) {
        if (!writing.manager().equals(MANAGER)
                || !(object.path("metadata").path("annotations") instanceof ObjectNode annotations)
                || annotations.path(ANNOTATION).asText("").isEmpty()) {
            return;
        }
        ObjectNode said = config.deepCopy();
        if (said.path("metadata").path("annotations") instanceof ObjectNode own) {
            own.remove(ANNOTATION);
        }
        StringBuilder text = new StringBuilder();
        GoText.json(said, text);
        annotations.put(ANNOTATION, text.append('\n').toString());
        long bytes = 0;
        for (var annotation : annotations.properties()) {
            JsonNode value = annotation.getValue();
            bytes += annotation.getKey().getBytes(StandardCharsets.UTF_8).length
                    + value.asText("").getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MAX_ANNOTATIONS) {
            annotations.remove(ANNOTATION);
        }
    }
}
