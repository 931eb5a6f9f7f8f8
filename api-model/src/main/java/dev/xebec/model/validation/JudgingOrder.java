package dev.xebec.model.validation;

import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structure.TypeLines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts findings into the order in which kube-apiserver looks at a structure's fields, where {@code judging.order} says it;
 * others stay as they were found.
 */
final class JudgingOrder {
    /** Stands in a type's order for what is said of the structure itself; without it that comes last. */
    private static final String ITSELF = ".";
    /** Stands before a field in a type's order where it is found late that the field is missing. */
    private static final String MISSING = "missing:";
    /** Stands in a type's order for all that is not named in it; without it that comes last. */
    private static final String OTHERS = "*";
    private static final Comparator<int[]> BY_PLACE = JudgingOrder::compare;
    private static final Map<String, Map<String, Integer>> BY_TYPE = read();

    private JudgingOrder() {}

    /** A finding and where it stands, as far as the types on the way have an order. */
    private record Placed(FieldError finding, int[] place) {}

    static List<FieldError> of(Schema root, List<FieldError> findings) {
        List<Placed> placed = new ArrayList<>(findings.size());
        findings.forEach(finding -> placed.add(new Placed(finding, place(root, finding))));
        placed.sort(Comparator.comparing(Placed::place, BY_PLACE));
        return placed.stream().map(Placed::finding).toList();
    }

    /** That a name has been taken is found once all else of what has it has been looked at. */
    private static int[] place(Schema root, FieldError finding) {
        boolean missing = finding.type() == FieldError.Type.REQUIRED;
        int[] place = place(root, finding.field(), missing);
        boolean element = finding.field().endsWith("]");
        if (finding.type() == FieldError.Type.DUPLICATE && !element && place.length > 0) {
            place[place.length - 1] = Integer.MAX_VALUE;
        }
        return place;
    }

    private static int[] place(Schema root, String path, boolean missing) {
        List<Integer> place = new ArrayList<>();
        @Nullable
        Schema type = root;
        int at = 0;
        while (type instanceof Schema.Struct struct) {
            Map<String, Integer> order = BY_TYPE.get(struct.typeName());
            if (order == null) {
                break;
            }
            int end = SchemaPath.end(path, at);
            String name = at >= path.length() ? ITSELF : path.substring(at, end);
            Integer late = missing && end == path.length() ? order.get(MISSING + name) : null;
            place.add(late != null ? late : order.getOrDefault(name, order.getOrDefault(OTHERS, order.size())));
            Schema.Field field = struct.field(name);
            type = field == null ? null : field.schema();
            at = end;
            while (type != null && at < path.length() && path.charAt(at) == '[') {
                int close = path.indexOf(']', at);
                place.add(index(path.substring(at + 1, close)));
                type = SchemaPath.element(type);
                at = close + 1;
            }
            at++;
        }
        return place.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Keys of maps are looked at in any order. */
    private static int index(String text) {
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty() && text.length() < 9
                ? Integer.parseInt(text)
                : 0;
    }

    private static int compare(int[] one, int[] other) {
        for (int at = 0; at < one.length && at < other.length; at++) {
            if (one[at] != other[at]) {
                return Integer.compare(one[at], other[at]);
            }
        }
        return Integer.compare(other.length, one.length);
    }

    private static Map<String, Map<String, Integer>> read() {
        Map<String, Map<String, Integer>> types = new HashMap<>();
        TypeLines.of(JudgingOrder.class, "judging.order").forEach((type, fields) -> {
            Map<String, Integer> order = new HashMap<>();
            fields.forEach(field -> order.put(field, order.size()));
            types.put(type, Map.copyOf(order));
        });
        return Map.copyOf(types);
    }
}
