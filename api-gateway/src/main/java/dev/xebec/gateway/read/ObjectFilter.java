package dev.xebec.gateway.read;

import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.selector.FieldSelector;
import dev.xebec.model.selector.LabelSelector;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.Map;
import java.util.Set;

/**
 * Which objects of a kind are meant: by namespace, labels and fields.
 *
 * @param namespace empty for all
 */
public record ObjectFilter(String namespace, LabelSelector labels, FieldSelector fields, Set<String> selectable) {

    /** Reads the selectors of a request; 400 where they are malformed or name a field that is not selectable. */
    public static ObjectFilter of(Kind kind, String namespace, String name, String labelSelector,
            String fieldSelector) {
        try {
            String fields = name.isEmpty()
                    ? fieldSelector
                    : fieldSelector.isEmpty() ? "metadata.name=" + name : fieldSelector + ",metadata.name=" + name;
            return new ObjectFilter(namespace,
                    labelSelector.isEmpty() ? LabelSelector.everything() : LabelSelector.parse(labelSelector),
                    fields.isEmpty() ? FieldSelector.everything() : FieldSelector.parse(fields, kind),
                    kind.selectableFields());
        } catch (IllegalArgumentException bad) {
            throw new RejectedException(Status.badRequest(String.valueOf(bad.getMessage())));
        }
    }

    /** Whether it selects by more than the namespace. */
    public boolean selects() {
        return !labels.isEmpty() || !fields.isEmpty();
    }

    public boolean matches(CachedObject object) {
        if (!namespace.isEmpty() && !namespace.equals(object.key().namespace())) {
            return false;
        }
        if (!labels.isEmpty() && !labels.matches(object.labels(selectable))) {
            return false;
        }
        if (fields.isEmpty()) {
            return true;
        }
        Map<String, String> values = object.fields(selectable);
        return fields.matches(field -> values.getOrDefault(field, ""));
    }
}
