package dev.xebec.model.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of a merged list: the patch's elements in the patch's order, what only the server has in the server's
 * order, interleaved so that a server-only element stays before the first patched element that it stood before.
 *
 * <p>Source: apimachinery {@code util/strategicpatch/patch.go}, normalizeElementOrder.
 */
final class ElementOrder {

    private ElementOrder() {}

    static ArrayNode arrange(ArrayNode merged, ArrayNode wanted, ArrayNode live, String mergeKey) {
        Map<JsonNode, Integer> wantedAt = positions(wanted, mergeKey);
        Map<JsonNode, Integer> liveAt = positions(live, mergeKey);
        List<JsonNode> patched = new ArrayList<>();
        List<JsonNode> serverOnly = new ArrayList<>();
        for (JsonNode element : merged) {
            (wantedAt.containsKey(identity(element, mergeKey)) ? patched : serverOnly).add(element);
        }
        patched.sort(Comparator.comparingInt(one -> wantedAt.getOrDefault(identity(one, mergeKey), 0)));
        serverOnly.sort(Comparator
                .comparingInt(one -> liveAt.getOrDefault(identity(one, mergeKey), Integer.MAX_VALUE)));
        ArrayNode arranged = merged.arrayNode();
        int left = 0;
        int right = 0;
        while (left < serverOnly.size() || right < patched.size()) {
            boolean takeLeft = right == patched.size() || (left < serverOnly.size()
                    && isBefore(liveAt.get(identity(serverOnly.get(left), mergeKey)),
                            liveAt.get(identity(patched.get(right), mergeKey))));
            arranged.add(takeLeft ? serverOnly.get(left++) : patched.get(right++));
        }
        return arranged;
    }

    private static boolean isBefore(@Nullable Integer one, @Nullable Integer other) {
        return one != null && other != null && one < other;
    }

    /** The patch's list has to agree with the order it states. */
    static void requireSame(ArrayNode patch, ArrayNode wanted, String mergeKey) {
        int at = 0;
        for (JsonNode element : patch) {
            if (element.has(Directives.PATCH) && element.isObject()) {
                continue;
            }
            JsonNode identity = identity(element, mergeKey);
            while (at < wanted.size() && !identity(wanted.get(at), mergeKey).equals(identity)) {
                at++;
            }
            if (at == wanted.size()) {
                throw Patches.confused("The order in patch list:\n" + GoText.of(patch) + "\n doesn't match "
                        + "$setElementOrder list:\n" + GoText.of(wanted) + "\n");
            }
        }
    }

    /** What is merged by a key is ordered by elements that have it. */
    static void requireKeyed(ArrayNode wanted, String mergeKey) {
        for (int at = 0; at < wanted.size(); at++) {
            if (!mergeKey.isEmpty() && !wanted.get(at).isObject()) {
                throw Patches.confused("value for key " + at + " is not a map");
            }
        }
    }

    private static Map<JsonNode, Integer> positions(ArrayNode list, String mergeKey) {
        Map<JsonNode, Integer> positions = new HashMap<>();
        for (int at = 0; at < list.size(); at++) {
            positions.putIfAbsent(identity(list.get(at), mergeKey), at);
        }
        return positions;
    }

    private static JsonNode identity(JsonNode element, String mergeKey) {
        return mergeKey.isEmpty() ? element : element.path(mergeKey);
    }
}
