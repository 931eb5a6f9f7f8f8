package dev.xebec.model.openapi;

import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the server says of itself and of its groups, as operations: each in a document of its own. */
final class ServerDocuments {
    private static final String META = "meta.k8s.io";

    private ServerDocuments() {}

    /** By the document's place below {@code /openapi/v3/}. Groups of custom kinds alone have none. */
    static Map<String, Operation> of(KindRegistry registry) {
        Map<String, Operation> documents = new TreeMap<>();
        documents.put("api", get("/api/", "getCoreAPIVersions", "core", meta("APIVersions"), Operation.BUILT_IN));
        documents.put("apis", get("/apis/", "getAPIVersions", "apis", meta("APIGroupList"), Operation.BUILT_IN));
        documents.put("version", get("/version/", "getCodeVersion", "version",
                new GroupVersionKind("", "version", "Info"), List.of(Operation.JSON)));
        registry.groups().forEach(group -> {
            boolean builtIn = group.versions().stream().flatMap(version -> registry.of(version).stream())
                    .anyMatch(kind -> kind.custom() == null);
            if (builtIn && !group.name().isEmpty()) {
                documents.put("apis/" + group.name(),
                        get("/apis/" + group.name() + "/", OperationIds.ofGroup(group.name(), "APIGroup"),
                                OperationIds.groupTag(group.name()), meta("APIGroup"), Operation.BUILT_IN));
            }
        });
        return documents;
    }

    /** {@code /apis/GROUP/VERSION/}: what there is in it. */
    static Operation resources(GroupVersion version) {
        String path = (version.group().isEmpty() ? "/api/" : "/apis/") + version + "/";
        return get(path, OperationIds.of("get", version, "APIResources"), OperationIds.tag(version),
                meta("APIResourceList"), Operation.BUILT_IN);
    }

    private static Operation get(String path, String id, String tag, @Nullable GroupVersionKind gives,
            List<String> produces) {
        return new Operation(path, "get", id, tag, "Says what there is below " + path + ".", "", null, List.of(), null,
                gives, produces, produces, List.of(200));
    }

    private static GroupVersionKind meta(String kind) {
        return new GroupVersionKind(META, "v1", kind);
    }
}
