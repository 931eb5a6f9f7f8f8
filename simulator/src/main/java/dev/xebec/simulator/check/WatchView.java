package dev.xebec.simulator.check;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.selector.FieldSelector;
import dev.xebec.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the log looks like through one watch's selectors. */
final class WatchView {
    private final WatchRequest request;
    private final LabelSelector labels;
    /** By {@code <group>/<resource>}. */
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();

    private record Wanted(GroupVersionResource resource, Kind kind, FieldSelector fields) {}

    WatchView(WatchRequest request, KindRegistry kinds) {
        this.request = request;
        this.labels = request.labelSelector().isEmpty()
                ? LabelSelector.everything()
                : LabelSelector.parse(request.labelSelector());
        for (GroupVersionResource resource : request.resources()) {
            if (resource.equals(GroupVersionResource.CUSTOM)) {
                // A simulated cluster defines no kinds: whatever came by this name would be an event too many.
                continue;
            }
            Kind kind = kinds.byResource(resource)
                    .orElseThrow(() -> new IllegalArgumentException("no such resource: " + resource));
            FieldSelector fields = request.fieldSelector().isEmpty()
                    ? FieldSelector.everything()
                    : FieldSelector.parse(request.fieldSelector(), kind);
            wanted.put(Truth.nameOf(resource), new Wanted(resource, kind, fields));
        }
    }

    List<GroupVersionResource> resources() {
        return request.resources();
    }

    /** The events of one revision, in the log's order. */
    List<WatchEvent> events(List<Transition> transitions) {
        List<WatchEvent> events = new ArrayList<>();
        for (Transition step : transitions) {
            Wanted one = wanted.get(step.key().resource());
            if (one != null) {
                event(one, step).ifPresent(events::add);
            }
        }
        return events;
    }

    private Optional<WatchEvent> event(Wanted one, Transition step) {
        Stored before = step.before();
        Stored after = step.after();
        boolean was = selects(one, before);
        boolean is = selects(one, after);
        if (after != null && is) {
            return Optional.of(event(was ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED, one, step.revision(),
                    after.json()));
        }
        return was && before != null
                ? Optional.of(event(WatchEvent.Type.DELETED, one, step.revision(), before.jsonAt(step.revision())))
                : Optional.empty();
    }

    private static WatchEvent event(WatchEvent.Type type, Wanted one, long revision, Bytes json) {
        return new WatchEvent(type, one.resource(), revision, Encoder.inVersion(one.kind(), json));
    }

    /** An object of the present state. */
    Optional<WatchEvent> present(GroupVersionResource resource, Stored stored) {
        Wanted one = wanted.get(Truth.nameOf(resource));
        return one != null && selects(one, stored)
                ? Optional.of(event(WatchEvent.Type.ADDED, one, stored.modRevision(), stored.json()))
                : Optional.empty();
    }

    private boolean selects(Wanted one, @Nullable Stored stored) {
        if (stored == null) {
            return false;
        }
        String namespace = one.kind().namespaced() ? request.namespace() : "";
        if (!namespace.isEmpty() && !stored.objectKey().startsWith(namespace + "/")) {
            return false;
        }
        if (labels.isEmpty() && one.fields().isEmpty()) {
            return true;
        }
        ApiObject object = stored.object();
        Set<String> selectable = one.kind().selectableFields();
        return labels.matches(object.labels()) && one.fields().matches(field -> switch (field) {
            case "metadata.name" -> object.name();
            case "metadata.namespace" -> object.namespace();
            default -> selectable.contains(field) ? FieldSelector.value(object.tree(), field) : "";
        });
    }

    static String keyOf(WatchEvent event) {
        return event.resource() + " " + ApiObject.parse(event.object().array()).key();
    }

    @Override
    public String toString() {
        return request.toString();
    }
}
