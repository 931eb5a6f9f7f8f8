package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays a configuration over an object: what both say is the configuration's, and nothing is taken away.
 *
 * <p>Source: structured-merge-diff v6 {@code typed/merge.go}.
 */
final class Merger {
    private final TypedException.Problems problems = new TypedException.Problems();

    private Merger() {}

    /** The result may share parts with both. Refuses by TypedException. */
    static ObjectNode merge(Schema schema, ObjectNode live, ObjectNode config) {
        Merger merger = new Merger();
        JsonNode merged = merger.walk(null, schema, live, config);
        merger.problems.refuse();
        return merged instanceof ObjectNode object ? object : Json.object();
    }

    /** Null where nothing comes of it. */
    private @Nullable JsonNode walk(@Nullable Trail at, Schema schema, @Nullable JsonNode live,
            @Nullable JsonNode config) {
        Schemas.Form form = Schemas.form(schema, config == null ? live : config);
        if (schema instanceof Schema.Scalar scalar && live != null && config != null) {
            check(at, scalar, live, config);
        }
        if (Schemas.atomic(schema, form)) {
            return leaf(live, config);
        }
        if (schema instanceof Schema.ListOf list) {
            ArrayNode one = live instanceof ArrayNode items && !items.isEmpty() ? items : null;
            ArrayNode two = config instanceof ArrayNode items && !items.isEmpty() ? items : null;
            return one == null && two == null
                    ? leaf(live, config)
                    : new ListMerge(list, one, two, problems, at, this::walk).merged();
        }
        ObjectNode one = live instanceof ObjectNode map && !map.isEmpty() ? map : null;
        ObjectNode two = config instanceof ObjectNode map && !map.isEmpty() ? map : null;
        return one == null && two == null ? leaf(live, config) : fields(at, schema, one, two);
    }

    private void check(@Nullable Trail at, Schema.Scalar scalar, JsonNode live, JsonNode config) {
        String former = TypedCheck.scalarProblem(scalar, live);
        String latter = TypedCheck.scalarProblem(scalar, config);
        if (!former.isEmpty() && !latter.isEmpty()) {
            problems.add(Trail.shown(at), "lhs: " + former);
            problems.add(Trail.shown(at), "rhs: " + latter);
        }
    }

    private static @Nullable JsonNode leaf(@Nullable JsonNode live, @Nullable JsonNode config) {
        return config != null ? config : live;
    }

    private @Nullable JsonNode fields(@Nullable Trail at, Schema schema, @Nullable ObjectNode live,
            @Nullable ObjectNode config) {
        Set<String> names = new LinkedHashSet<>();
        if (live != null) {
            live.fieldNames().forEachRemaining(names::add);
        }
        if (config != null) {
            config.fieldNames().forEachRemaining(names::add);
        }
        ObjectNode merged = Json.object();
        for (String name : names) {
            JsonNode one = live == null ? null : live.get(name);
            JsonNode two = config == null ? null : config.get(name);
            Schema below = Schemas.field(schema, name);
            JsonNode value = below == null ? leaf(one, two) : walk(new Trail(at, name), below, one, two);
            if (value != null) {
                merged.set(name, value);
            }
        }
        return merged.isEmpty() ? null : merged;
    }
}
