package dev.xebec.model.selector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GoString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Selects objects by the values of some fields: all terms have to hold. Immutable.
 *
 * <p>Source: apimachinery {@code fields/selector.go}.
 */
public final class FieldSelector {
    private static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private record Term(String field, boolean equal, String value) {}

    private final List<Term> terms;

    private FieldSelector(List<Term> terms) {
        this.terms = terms;
    }

    public static FieldSelector everything() {
        return EVERYTHING;
    }

    /**
     * Reads {@code field=value,other!=value}. Throws {@link IllegalArgumentException} on bad input or unknown fields.
     */
    public static FieldSelector parse(String query, Kind kind) {
        List<Term> terms = new ArrayList<>();
        for (String part : split(query)) {
            if (!part.isEmpty()) {
                Term term = term(part, query);
                requireKnown(term.field(), kind);
                terms.add(term);
            }
        }
        return terms.isEmpty() ? EVERYTHING : new FieldSelector(List.copyOf(terms));
    }

    private static void requireKnown(String field, Kind kind) {
        boolean onAll = field.equals("metadata.name")
                || (field.equals("metadata.namespace") && (kind.namespaced()
                        || kind.custom() == null && kind.selectableFields().isEmpty()));
        if (!onAll && !kind.selectableFields().contains(field)) {
            throw new IllegalArgumentException(kind.custom() == null && kind.selectableFields().isEmpty()
                    ? GoString.quoted(field) + " is not a known field selector: only \"metadata.name\", "
                            + "\"metadata.namespace\""
                    : "field label not supported: " + field);
        }
    }

    private static List<String> split(String query) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < query.length(); at++) {
            if (query.charAt(at) == '\\') {
                at++;
            } else if (query.charAt(at) == ',') {
                parts.add(query.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(query.substring(start));
        return parts;
    }

    private static Term term(String part, String query) {
        for (int at = 0; at < part.length(); at++) {
            for (String operator : List.of("!=", "==", "=")) {
                if (part.startsWith(operator, at)) {
                    return new Term(part.substring(0, at).strip(), !operator.equals("!="),
                            unescape(part.substring(at + operator.length())));
                }
            }
        }
        throw new IllegalArgumentException("invalid selector: '" + query + "'; can't understand '" + part + "'");
    }

    private static String unescape(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '\\') {
                if (++at == value.length() || "\\,=".indexOf(value.charAt(at)) < 0) {
                    throw new IllegalArgumentException("invalid field selector: invalid escape sequence: "
                            + value.substring(at - 1, Math.min(at + 1, value.length())));
                }
                c = value.charAt(at);
            } else if (c == '=') {
                throw new IllegalArgumentException("invalid field selector: unescaped character in value: " + (int) c);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    public boolean matches(ObjectNode object) {
        return matches(field -> value(object, field));
    }

    /** Matches against values that were taken out of the object before. */
    public boolean matches(Function<String, String> values) {
        for (Term term : terms) {
            if (term.value().equals(values.apply(term.field())) != term.equal()) {
                return false;
            }
        }
        return true;
    }

    /** The one value that the field must have, if the selector says so. */
    public Optional<String> exact(String field) {
        return terms.stream().filter(term -> term.equal() && term.field().equals(field)).map(Term::value).findFirst();
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The value that field selectors see at a field: its text, empty where it is absent. */
    public static String value(ObjectNode object, String field) {
        return SelectableValue.of(object, field);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSelector that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return terms.stream().map(term -> term.field() + (term.equal() ? "=" : "!=") + escape(term.value()))
                .collect(Collectors.joining(","));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
    }
}
