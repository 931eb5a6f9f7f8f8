package dev.xebec.model.protobuf;

import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.Struct;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A structure's fields by their protobuf numbers, and the messages that Go embeds in it as tables of their own. */
final class MessageTable {
    /** Tables of described types, which never change; a type without numbers has no table. */
    private static final Map<String, MessageTable> TABLES = new ConcurrentHashMap<>();

    private final Map<Integer, Entry> entries = new HashMap<>();
    private List<Numbered> lastToFirst = List.of();

    /** An entry and its field number. */
    record Numbered(int number, Entry entry) {}

    /** What a field number means. */
    sealed interface Entry {
        /** A value of the structure. */
        record Leaf(Field field) implements Entry {}

        /** A message whose fields are the structure's own in JSON. */
        record Embedded(MessageTable table) implements Entry {}
    }

    private MessageTable() {}

    /** Throws {@link IllegalArgumentException} for a type whose field numbers are not known. */
    static MessageTable of(Struct struct) {
        MessageTable known = TABLES.get(struct.typeName());
        if (known != null) {
            return known;
        }
        MessageTable table = new MessageTable();
        struct.fields().values().forEach(field -> table.add(field, 0));
        if (table.entries.isEmpty() && !struct.fields().isEmpty()) {
            throw new IllegalArgumentException("protobuf: " + struct.typeName() + " is only spoken in JSON");
        }
        table.seal();
        TABLES.put(struct.typeName(), table);
        return table;
    }

    /** Whether {@link #of} has a table for the type. */
    static boolean isKnown(Struct struct) {
        return TABLES.containsKey(struct.typeName()) || struct.fields().isEmpty()
                || struct.fields().values().stream().anyMatch(field -> field.protoPath().length > 0);
    }

    private void seal() {
        lastToFirst = entries.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .map(entry -> new Numbered(entry.getKey(), entry.getValue())).toList();
        for (Entry entry : entries.values()) {
            if (entry instanceof Entry.Embedded(MessageTable inner)) {
                inner.seal();
            }
        }
    }

    /** All entries, by falling numbers. */
    List<Numbered> lastToFirst() {
        return lastToFirst;
    }

    private void add(Field field, int level) {
        int[] path = field.protoPath();
        if (path.length == 0) {
            return;
        }
        if (level == path.length - 1) {
            entries.put(path[level], new Entry.Leaf(field));
            return;
        }
        Entry embedded = entries.computeIfAbsent(path[level], number -> new Entry.Embedded(new MessageTable()));
        if (embedded instanceof Entry.Embedded(MessageTable inner)) {
            inner.add(field, level + 1);
        }
    }

    @Nullable
    Entry get(int number) {
        return entries.get(number);
    }
}
