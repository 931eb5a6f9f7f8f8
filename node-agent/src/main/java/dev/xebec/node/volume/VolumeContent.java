package dev.xebec.node.volume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.node.environment.MissingReferenceException;
import dev.xebec.node.environment.PodFacts;
import dev.xebec.node.environment.ReferencedObjects;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of volumes that the API describes: configMap, secret, downwardAPI and projected. */
final class VolumeContent {
    private static final int DEFAULT_MODE = 0644;
    /** The volume that every pod is given; what the cluster does not have for it is left out. */
    private static final String ACCESS_PREFIX = "kube-api-access-";

    private final PodFacts facts;
    private final ReferencedObjects objects;
    private final TokenSource tokens;
    private final JsonNode containers;
    private final boolean lenient;
    private final Map<String, VolumeFile> files = new TreeMap<>();

    private VolumeContent(PodFacts facts, ReferencedObjects objects, TokenSource tokens, boolean lenient) {
        this.facts = facts;
        this.objects = objects;
        this.tokens = tokens;
        this.containers = facts.pod().spec().path("containers");
        this.lenient = lenient;
    }

    static boolean describes(JsonNode volume) {
        return volume.has("configMap") || volume.has("secret") || volume.has("downwardAPI") || volume.has("projected");
    }

    /** By path within the volume. */
    static Map<String, VolumeFile> of(JsonNode volume, PodFacts facts, ReferencedObjects objects, TokenSource tokens) {
        boolean lenient = volume.path("name").asText("").startsWith(ACCESS_PREFIX);
        VolumeContent content = new VolumeContent(facts, objects, tokens, lenient);
        content.add(volume, "secretName", mode(volume, DEFAULT_MODE));
        JsonNode projected = volume.path("projected");
        int mode = projected.path("defaultMode").asInt(DEFAULT_MODE);
        projected.path("sources").forEach(source -> content.add(source, "name", mode));
        return content.files;
    }

    private static int mode(JsonNode volume, int otherwise) {
        for (String kind : new String[]{"configMap", "secret", "downwardAPI"}) {
            if (volume.path(kind).has("defaultMode")) {
                return volume.path(kind).path("defaultMode").asInt(otherwise);
            }
        }
        return otherwise;
    }

    private void add(JsonNode source, String secretName, int mode) {
        JsonNode configMap = source.path("configMap");
        if (configMap.isObject()) {
            add(GroupVersionResource.CONFIG_MAPS, "configmap", configMap.path("name").asText(""), configMap, mode);
        }
        JsonNode secret = source.path("secret");
        if (secret.isObject()) {
            add(GroupVersionResource.SECRETS, "secret", secret.path(secretName).asText(""), secret, mode);
        }
        source.path("downwardAPI").path("items").forEach(item -> addDownward(item, mode));
        JsonNode token = source.path("serviceAccountToken");
        if (token.isObject()) {
            tokens.token(facts.pod(), token.path("audience").asText(""), token.path("expirationSeconds").asLong(3_600))
                    .ifPresent(text -> put(token.path("path").asText("token"),
                            text.getBytes(StandardCharsets.UTF_8), mode));
        }
    }

    private void add(GroupVersionResource resource, String noun, String name, JsonNode source, int mode) {
        boolean optional = lenient || source.path("optional").asBoolean(false);
        Optional<ApiObject> object = objects.find(resource, facts.pod().namespace(), name);
        if (object.isEmpty()) {
            if (!optional) {
                throw new MissingReferenceException(noun + " \"" + name + "\" not found");
            }
            return;
        }
        Map<String, byte[]> data = data(object.get(), resource);
        if (source.path("items").isEmpty()) {
            data.forEach((key, value) -> put(key, value, mode));
            return;
        }
        for (JsonNode item : source.path("items")) {
            byte[] value = data.get(item.path("key").asText(""));
            if (value != null) {
                put(item.path("path").asText(""), value, item.path("mode").asInt(mode));
            } else if (!optional) {
                throw new MissingReferenceException(
                        noun + " references non-existent " + noun + " key: " + item.path("key").asText(""));
            }
        }
    }

    private static Map<String, byte[]> data(ApiObject object, GroupVersionResource resource) {
        Map<String, byte[]> data = new TreeMap<>();
        boolean secret = resource.equals(GroupVersionResource.SECRETS);
        ApiObject.strings(object.tree().path("data")).forEach((key, value) -> data.put(key, secret
                ? Base64.getDecoder().decode(value)
                : value.getBytes(StandardCharsets.UTF_8)));
        ApiObject.strings(object.tree().path("binaryData"))
                .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        return data;
    }

    private void addDownward(JsonNode item, int mode) {
        JsonNode resource = item.path("resourceFieldRef");
        String value = resource.isObject()
                ? facts.resource(container(resource.path("containerName").asText("")), resource)
                : facts.field(item.path("fieldRef").path("fieldPath").asText(""));
        put(item.path("path").asText(""), value.getBytes(StandardCharsets.UTF_8), item.path("mode").asInt(mode));
    }

    private JsonNode container(String name) {
        for (JsonNode container : containers) {
            if (container.path("name").asText("").equals(name)) {
                return container;
            }
        }
        throw new MissingReferenceException("container \"" + name + "\" not found");
    }

    /** A path may not leave the volume; the API refuses such paths, and a node does not trust it. */
    private void put(String path, byte[] content, int mode) {
        boolean inside = !path.isEmpty() && !path.startsWith("/") && !java.util.List.of(path.split("/")).contains("..");
        if (!inside) {
            throw new MissingReferenceException("path \"" + path + "\" is not within the volume");
        }
        files.put(path, new VolumeFile(content, mode));
    }
}
