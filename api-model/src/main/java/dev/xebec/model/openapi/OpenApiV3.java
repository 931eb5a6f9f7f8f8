package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * OpenAPI v3: an index, and a document for each group and version with its schemas and paths. Made anew at each call,
 * which takes a while: who serves them keeps them.
 *
 * <p>Source: kube-openapi {@code pkg/handler3}; what kubectl reads of a document: cli-runtime
 * {@code query_param_verifier_v3.go}, kubectl {@code cmd/apply/patcher.go}.
 */
public final class OpenApiV3 {
    /** To be changed with what is made of custom kinds: clients keep documents by their hash. */
    private static final String FORMAT = "3 ";
    /** The minor version of Kubernetes whose API this is. */
    static final String VERSION = "1.37";

    private OpenApiV3() {}

    /** {@code /openapi/v3}: where each document is, with the hash of its content. */
    public static ObjectNode index(KindRegistry registry) {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        serverDocuments(registry).forEach((key, document) -> paths.putObject(key).put("serverRelativeURL",
                "/openapi/v3/" + key + "?hash=" + hash(document)));
        for (GroupVersion groupVersion : registry.groupVersions()) {
            String key = key(groupVersion);
            paths.putObject(key).put("serverRelativeURL",
                    "/openapi/v3/" + key + "?hash=" + hash(document(groupVersion, registry)));
        }
        return index;
    }

    /** A document's place below {@code /openapi/v3/}: {@code api/v1} or {@code apis/apps/v1}. */
    public static String key(GroupVersion groupVersion) {
        return (groupVersion.group().isEmpty() ? "api/" : "apis/") + groupVersion;
    }

    /** The group and version at a place below {@code /openapi/v3/}; null for a place of another form. */
    public static @Nullable GroupVersion versionOf(String key) {
        String[] parts = key.split("/", -1);
        boolean core = parts.length == 2 && parts[0].equals("api");
        boolean named = parts.length == 3 && parts[0].equals("apis") && !parts[1].isEmpty();
        return core ? new GroupVersion("", parts[1]) : named ? new GroupVersion(parts[1], parts[2]) : null;
    }

    /** The hash of what the document of these custom kinds follows from: names one as well as its bytes' hash would. */
    public static String hashOfSource(List<Kind> kinds) {
        StringBuilder source = new StringBuilder(FORMAT);
        for (Kind kind : kinds) {
            CustomType custom = kind.custom();
            source.append(kind.name()).append(kind.plural()).append(kind.listKind()).append(kind.namespaced())
                    .append(kind.verbs()).append(kind.subresources()).append(kind.selectableFields())
                    .append(custom == null ? "" : custom.openApiSchema());
        }
        return hash(source.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The hash by which the index refers to a document, and which can serve as its ETag. */
    public static String hash(byte[] document) {
        try {
            return HexFormat.of().withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The document of one group and version, as JSON. */
    public static byte[] document(GroupVersion groupVersion, KindRegistry registry) {
        Components components = new Components(registry, groupVersion);
        Paths paths = new Paths(components);
        List<Kind> kinds = registry.of(groupVersion);
        boolean custom = kinds.stream().allMatch(kind -> kind.custom() != null);
        if (!custom) {
            paths.add(List.of(ServerDocuments.resources(groupVersion)));
        }
        kinds.forEach(kind -> paths.add(Operations.of(kind, registry)));
        return Json.bytes(custom
                ? document("Kubernetes CRD Swagger", "v0.1.0", paths, components)
                : document(paths, components));
    }

    /** The documents that are of no version: by their places, what the server says of itself and of its groups. */
    public static Map<String, byte[]> serverDocuments(KindRegistry registry) {
        Map<String, byte[]> documents = new TreeMap<>();
        ServerDocuments.of(registry).forEach((place, operation) -> {
            Components components = new Components(registry, new GroupVersion("", "v1"));
            Paths paths = new Paths(components);
            paths.add(List.of(operation));
            documents.put(place, Json.bytes(document(paths, components)));
        });
        return documents;
    }

    private static ObjectNode document(Paths paths, Components components) {
        ObjectNode document = document("Kubernetes", VERSION, paths, components);
        document.withObjectProperty("components").putObject("securitySchemes").putObject("BearerToken")
                .put("type", "apiKey").put("description", "A bearer token.").put("name", "authorization")
                .put("in", "header");
        return document;
    }

    private static ObjectNode document(String title, String version, Paths paths, Components components) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", title).put("version", version);
        document.set("paths", paths.tree());
        document.putObject("components").set("schemas", components.tree());
        return document;
    }
}
