package dev.xebec.model.openapi;

import dev.xebec.model.object.GroupVersionKind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one method of one path takes and gives, whichever version of OpenAPI says it.
 *
 * @param action the verb that it is, such as {@code deletecollection}; empty for a document about the server
 * @param about the kind that it is about; null for a document about the server
 * @param takes its body; null for none
 * @param gives what it answers; null for a text
 * @param codes of answers that are no refusals
 */
record Operation(String path, String method, String id, String tag, String description, String action,
        @Nullable GroupVersionKind about, List<Parameter> parameters, @Nullable Body takes,
        @Nullable GroupVersionKind gives, List<String> consumes, List<String> produces, List<Integer> codes) {

    static final String JSON = "application/json";
    static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    static final List<String> ANY = List.of("*/*");
    static final List<String> BUILT_IN = List.of(JSON, YAML, PROTOBUF);
    static final List<String> BUILT_IN_OR_STREAM = Stream
            .concat(BUILT_IN.stream(), Stream.of(JSON + ";stream=watch", PROTOBUF + ";stream=watch")).toList();
    static final List<String> CUSTOM = List.of(JSON, YAML);
    static final List<String> CUSTOM_PATCHES = List.of("application/json-patch+json", "application/merge-patch+json",
            "application/apply-patch+yaml");
    static final List<String> PATCHES = List.of(CUSTOM_PATCHES.get(0), CUSTOM_PATCHES.get(1),
            "application/strategic-merge-patch+json", CUSTOM_PATCHES.get(2));

    /** @param kind null for a patch, of whichever form */
    record Body(@Nullable GroupVersionKind kind, boolean required) {}
}
