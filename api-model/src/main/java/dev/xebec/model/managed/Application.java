package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One configuration applied to one live object: merged in, cut back where its manager no longer says what he said before,
 * and accounted for.
 *
 * <p>Source: structured-merge-diff v6 {@code merge/update.go}, Apply.
 */
final class Application {
    private final Writing writing;
    private final ObjectNode live;
    private final ObjectNode config;
    private final FieldOwner self;

    Application(Writing writing, ObjectNode live, ObjectNode config) {
        this.writing = writing;
        this.live = live;
        this.config = config;
        this.self = FieldOwner.applier(writing.manager(), writing.subresource());
    }

    /** @param object the merged object without managed fields; the live one where nothing of it changes */
    record Result(ObjectNode object, Map<FieldOwner, Owned> managed) {}

    /** An object in one of its kind's versions. */
    private record Versioned(Kind kind, ObjectNode object) {
        FieldSet fields() {
            return Fields.of(kind.schema(), object).withNamedFields(kind.schema());
        }

        Versioned without(FieldSet removed) {
            return new Versioned(kind, Remover.without(kind.schema(), object, removed));
        }
    }

    /** Refuses by ConflictException and TypedException. */
    Result apply(Map<FieldOwner, Owned> before, boolean force) {
        Map<FieldOwner, Owned> managed = new LinkedHashMap<>(
                new Changes(writing, live, live).carried(before));
        Kind kind = writing.kind();
        ObjectNode merged = Merger.merge(kind.schema(), live, config);
        Owned last = managed.get(self);
        managed.put(self, Owned.of(writing.apiVersion(), last == null ? "" : last.time(),
                writing.reset().filter(Fields.of(kind.schema(), config))));
        ObjectNode object = cutBack(merged, managed, last);
        Map<FieldOwner, Owned> after = accounted(object, managed, force);
        boolean same = Json.same(live, object);
        strip(after, same);
        return new Result(same ? live : object, after);
    }

    private void strip(Map<FieldOwner, Owned> after, boolean same) {
        Owned mine = after.get(self);
        if (mine != null) {
            FieldSet left = mine.set().difference(Ownership.STRIPPED);
            if (left.isEmpty()) {
                after.remove(self);
            } else {
                after.put(self, mine.with(left).at(same ? mine.time() : writing.time()));
            }
        }
    }

    private Map<FieldOwner, Owned> accounted(ObjectNode object, Map<FieldOwner, Owned> managed, boolean force) {
        Changes changes = new Changes(writing, live, object);
        Map<FieldOwner, Owned> after = new LinkedHashMap<>();
        Map<FieldOwner, FieldSet> conflicts = new LinkedHashMap<>();
        managed.forEach((manager, owned) -> {
            Comparison comparison = manager.equals(self) ? null : changes.in(owned.apiVersion());
            if (comparison != null) {
                FieldSet conflict = owned.set().intersection(comparison.said());
                if (!conflict.isEmpty()) {
                    conflicts.put(manager, conflict);
                }
            }
            Owned left = manager.equals(self)
                    ? owned.set().isEmpty() ? null : owned
                    : Ownership.without(owned, comparison);
            if (left != null) {
                after.put(manager, left);
            }
        });
        if (!force && !conflicts.isEmpty()) {
            throw new ConflictException(conflicts);
        }
        return after;
    }

    /** Without what its manager said the last time, does not say now, and nobody else says. */
    private ObjectNode cutBack(ObjectNode merged, Map<FieldOwner, Owned> managed, @Nullable Owned last) {
        if (last == null || last.set().isEmpty()) {
            return merged;
        }
        Versioned all = in(new Versioned(writing.kind(), merged), last.apiVersion());
        if (all == null) {
            return merged;
        }
        FieldSet named = last.set().withNamedFields(all.kind().schema());
        Versioned cut = withOwned(all, all.without(named), managed, last.apiVersion());
        Versioned back = in(cut, last.apiVersion());
        Versioned done = back == null
                ? all
                : all.without(all.fields().difference(back.fields()).intersection(named));
        Versioned result = in(done, writing.apiVersion());
        return result == null ? merged : result.object();
    }

    /** What somebody still says comes back: first in the version it was cut in, then in all others. */
    private Versioned withOwned(Versioned all, Versioned cut, Map<FieldOwner, Owned> managed, String cutIn) {
        Map<String, FieldSet> byVersion = new TreeMap<>();
        managed.values().forEach(owned -> byVersion.merge(owned.apiVersion(), owned.set(), FieldSet::union));
        FieldSet first = byVersion.remove(cutIn);
        Versioned result = first == null ? cut : withOwned(all, cut, cutIn, first);
        for (Map.Entry<String, FieldSet> version : byVersion.entrySet()) {
            result = withOwned(all, result, version.getKey(), version.getValue());
        }
        return result;
    }

    private Versioned withOwned(Versioned all, Versioned cut, String apiVersion, FieldSet owned) {
        Versioned whole = in(all, apiVersion);
        Versioned part = in(cut, apiVersion);
        if (whole == null || part == null) {
            return cut;
        }
        FieldSet stays = part.fields().union(owned.withNamedFields(whole.kind().schema()));
        return whole.without(whole.fields().difference(stays));
    }

    private @Nullable Versioned in(Versioned object, String apiVersion) {
        if (object.kind().name().apiVersion().equals(apiVersion)) {
            return object;
        }
        Kind kind = apiVersion.equals(writing.apiVersion()) ? writing.kind() : writing.versions().in(apiVersion);
        return kind == null ? null : new Versioned(kind, writing.versions().convert(object.object(), kind));
    }

}
