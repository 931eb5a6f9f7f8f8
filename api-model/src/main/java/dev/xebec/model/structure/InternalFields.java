package dev.xebec.model.structure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The fields of Kubernetes' own structures, by type name: what {@code internal.fields} says. */
final class InternalFields {
    private static final String INLINED = "+";
    private static final Map<String, List<Field>> BY_TYPE = read();

    private InternalFields() {}

    /**
     * A field.
     *
     * @param name inside; for one that is inlined, that in objects
     * @param jsonName in objects
     * @param optional whether nothing is there rather than an empty value
     * @param showing how it is shown
     */
    record Field(String name, String jsonName, boolean optional, Showing showing) {}

    /** How a field is shown: always, only where it says something, or by its own fields in its place. */
    enum Showing {
        ALWAYS, SAYING, INLINED
    }

    /** In their order; none for a type that has no structure of other names. */
    static List<Field> of(String typeName) {
        return BY_TYPE.getOrDefault(typeName, List.of());
    }

    private static Map<String, List<Field>> read() {
        Map<String, List<Field>> types = new HashMap<>();
        TypeLines.of(InternalFields.class, "internal.fields").forEach((type, words) -> {
            List<Field> fields = new ArrayList<>(words.size());
            words.forEach(word -> fields.add(field(word)));
            types.put(type, List.copyOf(fields));
        });
        return Map.copyOf(types);
    }

    private static Field field(String word) {
        if (word.startsWith(INLINED)) {
            String name = word.substring(INLINED.length());
            return new Field(name, name, false, Showing.INLINED);
        }
        if (word.endsWith("?")) {
            String name = word.substring(0, word.length() - 1);
            return new Field(name, name, true, Showing.SAYING);
        }
        int named = word.indexOf('=');
        String left = named < 0 ? word : word.substring(0, named);
        boolean optional = left.endsWith("*");
        String name = optional ? left.substring(0, left.length() - 1) : left;
        return new Field(name, named < 0 ? jsonName(name) : word.substring(named + 1), optional, Showing.ALWAYS);
    }

    /** The word or the initials that it begins with are written small. */
    static String jsonName(String name) {
        int capitals = 0;
        while (capitals < name.length() && !Character.isLowerCase(name.charAt(capitals))) {
            capitals++;
        }
        int small = capitals == name.length() || capitals < 2 ? capitals : capitals - 1;
        return name.substring(0, small).toLowerCase(Locale.ROOT) + name.substring(small);
    }
}
