package dev.xebec.gateway.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.KindGroup;
import dev.xebec.model.object.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Parts of a document, one per group, each kept as bytes for as long as its group is the same. Thread-safe. */
final class GroupParts {
    private final Function<KindGroup, ObjectNode> maker;
    private final Map<String, Part> parts = new ConcurrentHashMap<>();

    private record Part(KindGroup group, byte[] json) {}

    GroupParts(Function<KindGroup, ObjectNode> maker) {
        this.maker = maker;
    }

    /** The parts of these groups, between a head and a tail; those of other groups are dropped. */
    byte[] join(String head, List<KindGroup> groups, String tail) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(1024 * (groups.size() + 1));
        joined.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        Set<String> names = new HashSet<>();
        for (KindGroup group : groups) {
            if (!names.isEmpty()) {
                joined.write(',');
            }
            names.add(group.name());
            joined.writeBytes(part(group));
        }
        joined.writeBytes(tail.getBytes(StandardCharsets.UTF_8));
        if (parts.size() > 2 * names.size() + 16) {
            parts.keySet().retainAll(names);
        }
        return joined.toByteArray();
    }

    private byte[] part(KindGroup group) {
        Part known = parts.get(group.name());
        if (known == null || known.group() != group) {
            known = new Part(group, Json.bytes(maker.apply(group)));
            parts.put(group.name(), known);
        }
        return known.json();
    }
}
