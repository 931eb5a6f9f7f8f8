package dev.xebec.model.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * Decodes a YAML body into the JSON that it stands for: keys are strings, timestamps stay text, integers stay exact.
 *
 * <p>Aliases may name earlier nodes, but what they unfold to is counted, so that a small body cannot become a huge tree
 * (CVE-2019-11253). Nesting and size are bounded as well (CVE-2019-11254).
 */
public final class YamlDecoder {
    /** Bytes of a document. */
    public static final int MAX_BYTES = 3 * 1024 * 1024;
    /** Levels of nesting. */
    public static final int MAX_DEPTH = 100;
    /** Nodes that aliases may add in all. */
    public static final int MAX_ALIASED_NODES = 10_000;

    private static final Set<String> TRUE = Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]{0,30})");
    private static final Pattern RADIX = Pattern.compile("0(x[0-9a-fA-F]{1,16}|o?[0-7]{1,21}|b[01]{1,64})");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

    private final Set<Node> seen = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    private int aliasedNodes;

    private final List<String> repeated;

    private YamlDecoder(List<String> repeated) {
        this.repeated = repeated;
    }

    /** Throws {@link IllegalArgumentException} where the bytes are not one YAML mapping within the limits. */
    public static ObjectNode decode(byte[] yaml) {
        List<String> repeated = new ArrayList<>();
        ObjectNode tree = read(yaml, repeated);
        if (tree == null) {
            throw new IllegalArgumentException("the YAML document is empty");
        }
        if (!repeated.isEmpty()) {
            throw new IllegalArgumentException("yaml: " + repeated.get(0));
        }
        return tree;
    }

    /**
     * As {@link #decode(byte[])}, but a key may stand twice in a mapping: the last one counts; and nothing is an empty
     * mapping.
     *
     * @param repeated gets {@code line 3: key "a" already set in map} for each key that is repeated
     */
    public static ObjectNode decode(byte[] yaml, List<String> repeated) {
        ObjectNode tree = read(yaml, repeated);
        return tree == null ? Json.object() : tree;
    }

    /** Null where the document says nothing. */
    private static @Nullable ObjectNode read(byte[] yaml, List<String> repeated) {
        if (yaml.length > MAX_BYTES) {
            throw new IllegalArgumentException("the YAML document has more than " + MAX_BYTES + " bytes");
        }
        Node root = compose(yaml);
        if (root == null || Tag.NULL.equals(root.getTag())) {
            return null;
        }
        if (root instanceof MappingNode mapping) {
            return (ObjectNode) new YamlDecoder(repeated).tree(mapping, 0, false);
        }
        throw new IllegalArgumentException("the YAML document is not a mapping");
    }

    /** The first document, which is all that Go's reader reads, too; null where there is none. */
    private static @Nullable Node compose(byte[] yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_BYTES);
        options.setMaxAliasesForCollections(MAX_ALIASED_NODES);
        try {
            Iterator<Node> documents = new Yaml(options)
                    .composeAll(new UnicodeReader(new ByteArrayInputStream(yaml))).iterator();
            return documents.hasNext() ? documents.next() : null;
        } catch (YAMLException malformed) {
            throw new IllegalArgumentException("error converting YAML to JSON: yaml: " + malformed.getMessage(),
                    malformed);
        }
    }

    private JsonNode tree(Node node, int depth, boolean insideAlias) {
        boolean again = !seen.add(node);
        boolean aliased = insideAlias || again;
        if (aliased && ++aliasedNodes > MAX_ALIASED_NODES) {
            throw new IllegalArgumentException("yaml: document contains excessive aliasing");
        }
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("yaml: exceeded max depth of " + MAX_DEPTH);
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, depth, aliased);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            sequence.getValue().forEach(element -> array.add(tree(element, depth + 1, aliased)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode mapping(MappingNode mapping, int depth, boolean aliased) {
        ObjectNode object = Json.object();
        ObjectNode merged = Json.object();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new IllegalArgumentException("yaml: a mapping's key is not a scalar");
            }
            JsonNode value = tree(entry.getValueNode(), depth + 1, aliased);
            if (key.getTag().equals(Tag.MERGE)) {
                mergeInto(merged, value);
            } else if (object.replace(key.getValue(), value) != null) {
                repeated.add("line " + (key.getStartMark().getLine() + 1) + ": key \"" + key.getValue()
                        + "\" already set in map");
            }
        }
        merged.properties().forEach(entry -> {
            if (!object.has(entry.getKey())) {
                object.set(entry.getKey(), entry.getValue());
            }
        });
        return object;
    }

    private static void mergeInto(ObjectNode merged, JsonNode value) {
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            if (!(one instanceof ObjectNode mapping)) {
                throw new IllegalArgumentException("yaml: map merge requires map or sequence of maps as the value");
            }
            mapping.properties().forEach(entry -> {
                if (!merged.has(entry.getKey())) {
                    merged.set(entry.getKey(), entry.getValue());
                }
            });
        }
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        boolean plain = scalar.isPlain() && !scalar.getTag().equals(Tag.STR);
        if (scalar.getTag().equals(Tag.BINARY)) {
            return nodes.textNode(new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8));
        }
        if (!plain) {
            return nodes.textNode(text);
        }
        if (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null")) {
            return nodes.nullNode();
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return nodes.booleanNode(TRUE.contains(text));
        }
        return number(text, nodes);
    }

    private static JsonNode number(String text, JsonNodeFactory nodes) {
        if (DECIMAL.matcher(text).matches()) {
            return integer(new BigInteger(text), nodes);
        }
        if (RADIX.matcher(text).matches()) {
            return switch (text.charAt(1)) {
                case 'x' -> integer(new BigInteger(text.substring(2), 16), nodes);
                case 'b' -> integer(new BigInteger(text.substring(2), 2), nodes);
                case 'o' -> integer(new BigInteger(text.substring(2), 8), nodes);
                default -> integer(new BigInteger(text, 8), nodes);
            };
        }
        if (FLOAT.matcher(text).matches()) {
            return nodes.numberNode(new BigDecimal(text));
        }
        return nodes.textNode(text);
    }

    private static JsonNode integer(BigInteger value, JsonNodeFactory nodes) {
        if (value.bitLength() <= 31) {
            return nodes.numberNode(value.intValueExact());
        }
        return value.bitLength() <= 63 ? nodes.numberNode(value.longValueExact()) : nodes.numberNode(value);
    }
}
