package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a write changes, in the terms of each version that somebody owns fields in. Used by one thread. */
final class Changes {
    private final Writing writing;
    private final ObjectNode before;
    private final ObjectNode after;
    private final Map<String, Comparison> byVersion = new HashMap<>();

    Changes(Writing writing, ObjectNode before, ObjectNode after) {
        this.writing = writing;
        this.before = before;
        this.after = after;
    }

    /** In the version of the request. */
    Comparison own() {
        return compare(writing.kind(), before, after);
    }

    /** In another version; null where it is not served. */
    @Nullable
    Comparison in(String apiVersion) {
        Comparison known = byVersion.get(apiVersion);
        if (known != null || apiVersion.equals(writing.apiVersion())) {
            return known != null ? known : own();
        }
        Kind kind = writing.versions().in(apiVersion);
        return kind == null
                ? null
                : compare(kind, writing.versions().convert(before, kind), writing.versions().convert(after, kind));
    }

    private Comparison compare(Kind kind, ObjectNode one, ObjectNode two) {
        return byVersion.computeIfAbsent(kind.name().apiVersion(), absent -> Comparer
                .compare(kind.schema(), writing.view(), one, two).filtered(writing.reset()));
    }

    /** Sets in the terms of today's schema; without those in versions that are not served. */
    Map<FieldOwner, Owned> carried(Map<FieldOwner, Owned> managed) {
        Map<FieldOwner, Owned> carried = new LinkedHashMap<>();
        managed.forEach((manager, owned) -> {
            boolean same = owned.apiVersion().equals(writing.apiVersion());
            Kind kind = same ? writing.kind() : writing.versions().in(owned.apiVersion());
            if (kind != null) {
                carried.put(manager, Outdated.is(owned, kind.schema())
                        ? owned.with(SchemaChanges.carry(owned.set(), kind.schema()))
                        : owned);
            }
        });
        return carried;
    }
}
