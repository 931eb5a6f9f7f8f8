package dev.xebec.model.kind;

import dev.xebec.model.custom.CustomType;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A served kind, entirely as data: a built-in kind is described by the same things as a custom resource.
 *
 * @param name the full name, such as {@code apps/v1, Kind=Deployment}
 * @param plural the resource name in URLs
 * @param singular lower-case singular for discovery
 * @param listKind such as {@code DeploymentList}
 * @param namespaced whether objects live in a namespace
 * @param verbs of the main resource, by their discovery names (get, list, watch, create, update, patch, delete,
 *     deletecollection); a kind that is only posted (TokenReview) has {@code create} alone
 * @param subresources by name ({@code status}, {@code scale}, {@code log}, …)
 * @param schema the whole object's schema, metadata included
 * @param columns printer columns after {@code Name}, {@code Age} included where it is wanted; where one of them is itself
 *     called {@code Name}, it stands for the leading one, in its own place
 * @param selectableFields field selector paths beyond {@code metadata.name} and {@code metadata.namespace}
 * @param generation whether {@code metadata.generation} is kept
 * @param unconditionalUpdate whether PUT may leave out the resourceVersion
 * @param createOnUpdate whether PUT creates what is absent
 * @param deletePropagation what a DELETE without a policy does
 * @param returnsDeleted whether a DELETE that removes an object at once is answered with it and not with a Status
 * @param storageGroup the group whose objects these are kept as; another one only where two groups show the same objects
 * @param storageVersion the version of that group in which this resource's objects are stored, whichever they are sent in
 * @param custom what a custom resource has besides; null for a built-in kind
 */
public record Kind(GroupVersionKind name, String plural, String singular, String listKind, boolean namespaced,
        Set<String> verbs, List<String> shortNames, List<String> categories, Map<String, Subresource> subresources,
        Schema schema, List<Column> columns, Set<String> selectableFields, boolean generation,
        boolean unconditionalUpdate, boolean createOnUpdate, DeletePropagation deletePropagation,
        boolean returnsDeleted, String storageGroup, String storageVersion, @Nullable CustomType custom) {

    /** A kind whose objects are kept in its own group. */
    public Kind(GroupVersionKind name, String plural, String singular, String listKind, boolean namespaced,
            Set<String> verbs, List<String> shortNames, List<String> categories, Map<String, Subresource> subresources,
            Schema schema, List<Column> columns, Set<String> selectableFields, boolean generation,
            boolean unconditionalUpdate, boolean createOnUpdate, DeletePropagation deletePropagation,
            String storageVersion, @Nullable CustomType custom) {
        this(name, plural, singular, listKind, namespaced, verbs, shortNames, categories, subresources, schema, columns,
                selectableFields, generation, unconditionalUpdate, createOnUpdate, deletePropagation, false,
                name.group(),
                storageVersion, custom);
    }

    /** A built-in kind that is stored as it is served. */
    public Kind(GroupVersionKind name, String plural, String singular, String listKind, boolean namespaced,
            Set<String> verbs, List<String> shortNames, List<String> categories, Map<String, Subresource> subresources,
            Schema schema, List<Column> columns, Set<String> selectableFields, boolean generation,
            boolean unconditionalUpdate, boolean createOnUpdate, DeletePropagation deletePropagation) {
        this(name, plural, singular, listKind, namespaced, verbs, shortNames, categories, subresources, schema, columns,
                selectableFields, generation, unconditionalUpdate, createOnUpdate, deletePropagation, name.version(),
                null);
    }

    /** @param kind the kind that the subresource speaks, such as {@code autoscaling/v1, Kind=Scale} */
    public record Subresource(String name, GroupVersionKind kind, Set<String> verbs) {}

    /**
     * A column of {@code kubectl get}.
     *
     * @param type OpenAPI type: string, integer, number, boolean, date
     * @param priority 0 always shown, 1 only with {@code -o wide}
     * @param path a JSONPath-like path ({@code .status.phase}), or {@code fn:NAME} for a computed cell;
     *     {@code kinds/README.md} beside the descriptions lists the names
     */
    public record Column(String name, String type, String format, String description, int priority, String path) {}

    /** Default deletion policies. Source: registry strategies of Kubernetes. */
    public enum DeletePropagation {
        BACKGROUND, ORPHAN, UNSUPPORTED
    }

    public GroupVersion groupVersion() {
        return name.groupVersion();
    }

    public GroupVersionResource resource() {
        return new GroupVersionResource(name.group(), name.version(), plural);
    }

    /** The kind in the version in which its objects are stored. */
    public GroupVersionKind storedAs() {
        return new GroupVersionKind(storageGroup, storageVersion, name.kind());
    }

    /** Whether objects of this kind are stored; others are only posted and answered. */
    public boolean stored() {
        return verbs.contains("get");
    }
}
