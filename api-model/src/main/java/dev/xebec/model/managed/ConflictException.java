package dev.xebec.model.managed;

import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields that a configuration wants to be something else than what others have set them to.
 *
 * <p>Source: apimachinery {@code util/managedfields/internal/conflict.go}.
 */
final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Map<FieldOwner, FieldSet> conflicts;

    /** @param conflicts none empty */
    ConflictException(Map<FieldOwner, FieldSet> conflicts) {
        super("conflicts", null, false, false);
        this.conflicts = conflicts;
    }

    FieldSet fields() {
        return conflicts.values().stream().reduce(FieldSet.EMPTY, FieldSet::union);
    }

    /** Without what may be taken over. */
    ConflictException without(FieldSet allowed) {
        Map<FieldOwner, FieldSet> left = new LinkedHashMap<>();
        conflicts.forEach((manager, fields) -> {
            FieldSet remaining = fields.difference(allowed);
            if (!remaining.isEmpty()) {
                left.put(manager, remaining);
            }
        });
        return new ConflictException(left);
    }

    /** The answer to who applied the configuration. */
    Status status() {
        List<Status.Cause> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        conflicts.entrySet().stream().sorted(Comparator.comparing(entry -> entry.getKey().id())).forEach(entry -> {
            String with = entry.getKey().shown();
            lines.add("conflicts with " + with + ":");
            entry.getValue().forEach(path -> {
                causes.add(new Status.Cause("FieldManagerConflict", "conflict with " + with, path.toString()));
                lines.add("- " + path);
            });
        });
        String message = causes.size() == 1
                ? "Apply failed with 1 conflict: " + causes.get(0).message() + ": " + causes.get(0).field()
                : "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", lines);
        return Status.applyConflict(message, causes);
    }
}
