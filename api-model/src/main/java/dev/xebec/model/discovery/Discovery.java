package dev.xebec.model.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.Kind.Subresource;
import dev.xebec.model.kind.KindGroup;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Discovery in both of its forms: one aggregated document each for {@code /api} and {@code /apis}, and the older ones, a
 * document per group and per version.
 *
 * <p>Source: the {@code apidiscovery.k8s.io/v2} and {@code meta/v1} types of the Kubernetes API.
 */
public final class Discovery {
    /** The media type's parameters that ask for the aggregated form, and that its answer has to repeat. */
    public static final String AGGREGATED_MEDIA_TYPE = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private Discovery() {}

    /** {@code /api}, aggregated. */
    public static ObjectNode aggregatedCore(KindRegistry registry) {
        return aggregated(registry.groups().stream().filter(group -> group.name().isEmpty()).toList());
    }

    /** {@code /apis}, aggregated. */
    public static ObjectNode aggregatedGroups(KindRegistry registry) {
        return aggregated(groups(registry));
    }

    /** {@code /api}; the address is where the server wants to be reached, as {@code host:port}. */
    public static ObjectNode apiVersions(KindRegistry registry, String serverAddress) {
        ObjectNode document = Json.object().put("kind", "APIVersions");
        strings(document, "versions", versions(registry, "").stream().map(GroupVersion::version).toList());
        document.putArray("serverAddressByClientCIDRs").addObject().put("clientCIDR", "0.0.0.0/0").put("serverAddress",
                serverAddress);
        return document;
    }

    /** {@code /apis}. */
    public static ObjectNode apiGroupList(KindRegistry registry) {
        ObjectNode document = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = document.putArray("groups");
        groups(registry).forEach(group -> groups.add(described(group)));
        return document;
    }

    /** {@code /apis/GROUP}; empty where the group is not served, and for the core, which has no such document. */
    public static Optional<ObjectNode> apiGroup(KindRegistry registry, String group) {
        if (group.isEmpty()) {
            return Optional.empty();
        }
        return registry.group(group).map(known -> Json.object().put("kind", "APIGroup").put("apiVersion", "v1")
                .setAll(described(known)));
    }

    /** {@code /api/v1} or {@code /apis/GROUP/VERSION}; empty where that is not served. */
    public static Optional<ObjectNode> apiResourceList(KindRegistry registry, GroupVersion groupVersion) {
        List<Kind> kinds = registry.of(groupVersion);
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode document = Json.object().put("kind", "APIResourceList");
        if (!groupVersion.group().isEmpty()) {
            document.put("apiVersion", "v1");
        }
        document.put("groupVersion", groupVersion.toString());
        ArrayNode resources = document.putArray("resources");
        for (Kind kind : kinds) {
            resource(resources.addObject(), kind);
            subresources(kind).forEach(subresource -> subresource(resources.addObject(), kind, subresource));
        }
        return Optional.of(document);
    }

    private static ObjectNode aggregated(List<KindGroup> groups) {
        ObjectNode document = Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion",
                "apidiscovery.k8s.io/v2");
        document.putObject("metadata");
        ArrayNode items = document.putArray("items");
        groups.forEach(group -> items.add(aggregatedGroup(group)));
        return document;
    }

    /** One of the {@code items} of an aggregated document. */
    public static ObjectNode aggregatedGroup(KindGroup group) {
        ObjectNode item = Json.object();
        ObjectNode metadata = item.putObject("metadata");
        if (!group.name().isEmpty()) {
            metadata.put("name", group.name());
        }
        ArrayNode versions = item.putArray("versions");
        for (GroupVersion groupVersion : group.versions()) {
            ObjectNode version = versions.addObject().put("version", groupVersion.version());
            ArrayNode resources = version.putArray("resources");
            group.of(groupVersion).forEach(kind -> aggregatedResource(resources.addObject(), kind));
            version.put("freshness", "Current");
        }
        return item;
    }

    private static void aggregatedResource(ObjectNode resource, Kind kind) {
        resource.put("resource", kind.plural());
        responseKind(resource, kind, kind.name());
        resource.put("scope", kind.namespaced() ? "Namespaced" : "Cluster").put("singularResource", kind.singular());
        strings(resource, "verbs", kind.verbs());
        names(resource, kind);
        if (!kind.subresources().isEmpty()) {
            ArrayNode list = resource.putArray("subresources");
            for (Subresource subresource : subresources(kind)) {
                ObjectNode one = list.addObject().put("subresource", subresource.name());
                responseKind(one, kind, subresource.kind());
                strings(one, "verbs", subresource.verbs());
            }
        }
    }

    /** For a built-in resource a kind of its own group and version goes without them. */
    private static void responseKind(ObjectNode resource, Kind of, GroupVersionKind kind) {
        boolean own = of.custom() == null && kind.groupVersion().equals(of.groupVersion());
        resource.putObject("responseKind").put("group", own ? "" : kind.group())
                .put("version", own ? "" : kind.version()).put("kind", kind.kind());
    }

    /** Source: apiserver {@code endpoints/discovery/storageversionhash.go}. */
    private static String storageVersionHash(GroupVersionKind stored) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((stored.group() + "/" + stored.version() + "/" + stored.kind())
                            .getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void resource(ObjectNode resource, Kind kind) {
        resource.put("name", kind.plural()).put("singularName", kind.singular()).put("namespaced", kind.namespaced())
                .put("kind", kind.name().kind());
        strings(resource, "verbs", kind.verbs());
        names(resource, kind);
        if (kind.stored() && kind.verbs().contains("create")) {
            resource.put("storageVersionHash", storageVersionHash(kind.storedAs()));
        }
    }

    private static void subresource(ObjectNode resource, Kind kind, Subresource subresource) {
        GroupVersionKind speaks = subresource.kind();
        resource.put("name", kind.plural() + "/" + subresource.name()).put("singularName", "").put("namespaced",
                kind.namespaced());
        if (!speaks.groupVersion().equals(kind.groupVersion())) {
            resource.put("group", speaks.group()).put("version", speaks.version());
        }
        resource.put("kind", speaks.kind());
        strings(resource, "verbs", subresource.verbs());
    }

    private static void names(ObjectNode resource, Kind kind) {
        if (!kind.shortNames().isEmpty()) {
            strings(resource, "shortNames", kind.shortNames());
        }
        if (!kind.categories().isEmpty()) {
            strings(resource, "categories", kind.categories());
        }
    }

    /** One of the {@code groups} of an APIGroupList. */
    public static ObjectNode described(KindGroup group) {
        ObjectNode document = Json.object().put("name", group.name());
        ArrayNode versions = document.putArray("versions");
        group.versions().forEach(version -> version(versions.addObject(), version));
        version(document.putObject("preferredVersion"), group.versions().get(0));
        return document;
    }

    private static void version(ObjectNode node, GroupVersion version) {
        node.put("groupVersion", version.toString()).put("version", version.version());
    }

    /** Those of a custom kind as they were made, others by name. */
    private static List<Subresource> subresources(Kind kind) {
        if (kind.custom() != null) {
            return List.copyOf(kind.subresources().values());
        }
        return kind.subresources().values().stream().sorted(Comparator.comparing(Subresource::name)).toList();
    }

    private static List<KindGroup> groups(KindRegistry registry) {
        return registry.groups().stream().filter(group -> !group.name().isEmpty()).toList();
    }

    private static List<GroupVersion> versions(KindRegistry registry, String group) {
        return registry.group(group).map(KindGroup::versions).orElse(List.of());
    }

    private static void strings(ObjectNode node, String field, Collection<String> values) {
        ArrayNode array = node.putArray(field);
        values.forEach(array::add);
    }
}
