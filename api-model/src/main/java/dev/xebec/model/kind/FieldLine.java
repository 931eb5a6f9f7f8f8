package dev.xebec.model.kind;

import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.ListType;
import dev.xebec.model.schema.Schema.MapOf;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One field of a described type: {@code NAME TYPE WORD… -- DESCRIPTION}. The words are listed in the README beside the
 * descriptions.
 */
final class FieldLine {
    private static final String DESCRIPTION = " -- ";
    private static final Map<String, Scalar> SCALARS = Map.ofEntries(scalar("string", Scalar.Type.STRING, ""),
            scalar("bool", Scalar.Type.BOOLEAN, ""), scalar("int32", Scalar.Type.INT32, ""),
            scalar("int64", Scalar.Type.INT64, ""), scalar("double", Scalar.Type.DOUBLE, ""),
            scalar("bytes", Scalar.Type.BYTES, ""), scalar("time", Scalar.Type.TIME, ""),
            scalar("microtime", Scalar.Type.MICRO_TIME, ""), scalar("duration", Scalar.Type.DURATION, ""),
            scalar("quantity", Scalar.Type.QUANTITY, ""), scalar("int-or-string", Scalar.Type.INT_OR_STRING, ""),
            scalar("raw", Scalar.Type.ANY, "runtime.RawExtension"),
            scalar("fields", Scalar.Type.ANY, "meta.v1.FieldsV1"));

    private final Descriptions descriptions;
    private final String packageName;
    private final String line;

    private int[] protoPath = {};
    private boolean required;
    private boolean zeroIsValue;
    private boolean atomic;
    private boolean granular;
    private ListType listType = ListType.ATOMIC;
    private List<String> mapKeys = List.of();
    private String patchStrategy = "";
    private String mergeKey = "";
    private Set<String> enumeration = Set.of();
    private String defaultJson = "";

    private FieldLine(Descriptions descriptions, String packageName, String line) {
        this.descriptions = descriptions;
        this.packageName = packageName;
        this.line = line;
    }

    static Field parse(Descriptions descriptions, String packageName, String line) {
        return new FieldLine(descriptions, packageName, line).parse();
    }

    /** The sentence after {@code --}, or nothing. */
    static String description(String line) {
        int at = line.indexOf(DESCRIPTION);
        return at < 0 ? "" : line.substring(at + DESCRIPTION.length());
    }

    private Field parse() {
        int end = line.indexOf(DESCRIPTION);
        List<String> words = Words.of(end < 0 ? line : line.substring(0, end));
        words.subList(2, words.size()).forEach(this::word);
        Schema schema = schema(words.get(1));
        return new Field(words.get(0), schema, required, protoPath, schema instanceof ListOf ? "" : patchStrategy,
                enumeration, defaultJson, description(line), required || zeroIsValue);
    }

    private void word(String word) {
        int equals = word.indexOf('=');
        switch (equals < 0 ? word : word.substring(0, equals + 1)) {
            case "=" -> protoPath = path(word.substring(1));
            case "required" -> required = true;
            case "zero" -> zeroIsValue = true;
            case "atomic" -> atomic = true;
            case "granular" -> granular = true;
            case "set" -> listType = ListType.SET;
            case "patch=" -> patch(word.substring(equals + 1));
            case "enum=" -> enumeration = Collections.unmodifiableSet(
                    new LinkedHashSet<>(Arrays.asList(word.substring(equals + 1).split("\\|", -1))));
            case "default=" -> defaultJson = word.substring(equals + 1);
            default -> mapList(word);
        }
    }

    private void mapList(String word) {
        if (!word.startsWith("map(")) {
            throw new IllegalStateException(packageName + ": unknown word " + word + " in: " + line);
        }
        listType = ListType.MAP;
        mapKeys = List.of(word.substring(4, word.length() - 1).split(","));
    }

    private void patch(String value) {
        int bracket = value.indexOf('(');
        patchStrategy = bracket < 0 ? value : value.substring(0, bracket);
        mergeKey = bracket < 0 ? "" : value.substring(bracket + 1, value.length() - 1);
    }

    private static int[] path(String text) {
        String[] numbers = text.split("\\.");
        int[] path = new int[numbers.length];
        for (int i = 0; i < path.length; i++) {
            path[i] = Integer.parseInt(numbers[i]);
        }
        return path;
    }

    private Schema schema(String type) {
        if (type.charAt(0) == '[') {
            return new ListOf(plain(type.substring(1, type.length() - 1)), listType, mapKeys, patchStrategy, mergeKey);
        }
        if (type.startsWith("map<")) {
            return new MapOf(plain(type.substring(4, type.length() - 1)), atomic);
        }
        Schema plain = plain(type);
        if (plain instanceof Struct struct && (atomic || granular)) {
            return new Struct(struct.typeName(), struct.fieldSupplier(), atomic, struct.description(),
                    struct.unknown());
        }
        return plain;
    }

    private Schema plain(String type) {
        if (type.charAt(0) == '[') {
            return new ListOf(plain(type.substring(1, type.length() - 1)), ListType.ATOMIC, List.of(), "", "");
        }
        Scalar scalar = SCALARS.get(type);
        return scalar != null ? scalar : descriptions.required(type.indexOf('.') < 0 ? packageName + "." + type : type);
    }

    private static Map.Entry<String, Scalar> scalar(String word, Scalar.Type type, String typeName) {
        return Map.entry(word, new Scalar(type, typeName));
    }
}
