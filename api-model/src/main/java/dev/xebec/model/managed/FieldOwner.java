package dev.xebec.model.managed;

/**
 * Who owns fields, and in which way.
 *
 * @param apiVersion that the updates were made in; empty for appliers, who are the same in every version
 * @param subresource that it was done through; empty for the object itself
 */
public record FieldOwner(String name, Operation operation, String apiVersion, String subresource) {

    /** How fields were set: stated as wanted, or just written. */
    public enum Operation {
        APPLY("Apply"), UPDATE("Update");

        private final String word;

        Operation(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    static FieldOwner applier(String name, String subresource) {
        return new FieldOwner(name, Operation.APPLY, "", subresource);
    }

    static FieldOwner updater(String name, String apiVersion, String subresource) {
        return new FieldOwner(name, Operation.UPDATE, apiVersion, subresource);
    }

    boolean applies() {
        return operation == Operation.APPLY;
    }

    /** By which managers are sorted. Source: apimachinery {@code managedfields/internal}, BuildManagerIdentifier. */
    String id() {
        StringBuilder id = new StringBuilder("{\"manager\":");
        GoText.text(name, id);
        id.append(",\"operation\":\"").append(operation.word()).append('"');
        part(id, "apiVersion", apiVersion);
        part(id, "subresource", subresource);
        return id.append('}').toString();
    }

    private static void part(StringBuilder id, String name, String value) {
        if (!value.isEmpty()) {
            id.append(",\"").append(name).append("\":");
            GoText.text(value, id);
        }
    }

    /** As conflicts show it. */
    String shown() {
        String shown = GoText.quoted(name);
        if (!subresource.isEmpty()) {
            shown += " with subresource " + GoText.quoted(subresource);
        }
        return applies() ? shown : shown + " using " + apiVersion;
    }
}
