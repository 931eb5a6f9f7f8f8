package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges two lists whose items are told apart. What both have stands in the configuration's order, the rest where it stood
 * beside it. An item that the live list has several times is replaced as a whole, or stays as it is.
 *
 * <p>Source: structured-merge-diff v6 {@code typed/merge.go}, visitListItems.
 */
final class ListMerge {
    private final Schema.ListOf list;
    private final @Nullable ArrayNode liveItems;
    private final TypedException.Problems problems;
    private final @Nullable Trail at;
    private final Items items;
    private final Map<PathElement, JsonNode> live = new HashMap<>();
    private final Map<PathElement, JsonNode> config = new HashMap<>();
    private final List<PathElement> liveOrder;
    private final List<PathElement> configOrder;
    private final Iterator<PathElement> shared;
    private final ArrayNode out = JsonNodeFactory.instance.arrayNode();

    /** Merges two values. */
    @FunctionalInterface
    interface Items {
        @Nullable
        JsonNode merged(@Nullable Trail at, Schema schema, @Nullable JsonNode live, @Nullable JsonNode config);
    }

    ListMerge(Schema.ListOf list, @Nullable ArrayNode liveItems, @Nullable ArrayNode configItems,
            TypedException.Problems problems, @Nullable Trail at, Items items) {
        this.list = list;
        this.liveItems = liveItems;
        this.problems = problems;
        this.at = at;
        this.items = items;
        configOrder = index(configItems, config, false);
        liveOrder = index(liveItems, live, true);
        shared = configOrder.stream().filter(live::containsKey).iterator();
    }

    private List<PathElement> index(@Nullable ArrayNode from, Map<PathElement, JsonNode> into, boolean duplicates) {
        List<PathElement> order = new ArrayList<>();
        for (int place = 0; from != null && place < from.size(); place++) {
            PathElement element;
            try {
                element = ListItems.element(list, from.get(place), GoView.AS_IT_IS);
            } catch (ListItems.Unidentified item) {
                problems.add(Trail.shown(at), "element " + place + ": " + item.text());
                continue;
            }
            boolean known = into.containsKey(element);
            if (known && !duplicates) {
                problems.add(Trail.shown(at), "duplicate entries for key " + element.shown());
                continue;
            }
            into.put(element, known ? NullNode.instance : from.get(place));
            order.add(element);
        }
        return order;
    }

    @Nullable
    JsonNode merged() {
        if (!problems.isEmpty()) {
            return null;
        }
        PathElement next = next();
        Set<PathElement> done = new HashSet<>();
        int left = 0;
        int right = 0;
        while (left < liveOrder.size() || right < configOrder.size()) {
            if (left < liveOrder.size() && right < configOrder.size()) {
                PathElement element = liveOrder.get(left);
                if (element.equals(configOrder.get(right))) {
                    done.add(element);
                    add(element, live.get(element), config.get(element));
                    left++;
                    right++;
                    next = next();
                    continue;
                }
                if (config.containsKey(element) && next != null && !next.equals(element)) {
                    left++;
                    continue;
                }
            }
            if (left < liveOrder.size()) {
                PathElement element = liveOrder.get(left);
                if (!config.containsKey(element)) {
                    add(element, liveItems == null ? null : liveItems.get(left), null);
                    left++;
                    continue;
                }
                if (done.contains(element)) {
                    left++;
                }
            }
            if (right < configOrder.size()) {
                PathElement element = configOrder.get(right);
                done.add(element);
                add(element, live.get(element), config.get(element));
                right++;
                if (element.equals(next)) {
                    next = next();
                }
            }
        }
        return out.isEmpty() ? null : out;
    }

    private @Nullable PathElement next() {
        return shared.hasNext() ? shared.next() : null;
    }

    private void add(PathElement element, @Nullable JsonNode one, @Nullable JsonNode two) {
        JsonNode merged = items.merged(new Trail(at, element), list.items(), one, two);
        if (merged != null) {
            out.add(merged);
        }
    }
}
