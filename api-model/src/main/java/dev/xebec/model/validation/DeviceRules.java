package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One device of a slice. Source: {@code pkg/apis/resource/validation/validation.go} of Kubernetes. */
final class DeviceRules {
    private static final int MAX_ATTRIBUTES_AND_CAPACITIES = 32;
    private static final int MAX_VALUES = 48;
    private static final int MAX_VALUE_BYTES = 64;
    private static final int MAX_TAINTS = 16;
    private static final int MAX_COUNTER_SETS = 2;
    /** Characters of a key, domain and name, beyond which its middle is not shown. */
    private static final int MAX_SHOWN_KEY = 96;
    private static final List<String> VALUES = List.of("int", "bool", "string", "version", "ints", "bools", "strings",
            "versions");
    private static final String CHOICE = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when "
            + "`perDeviceNodeSelection` is set to true in the ResourceSlice spec";
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String PRE_RELEASE = "(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final Pattern VERSION = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(-" + PRE_RELEASE
            + "(\\." + PRE_RELEASE + ")*)?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?");

    private DeviceRules() {}

    /** @param each whether each device says where it is */
    static void device(JsonNode device, boolean each, String path, Findings findings, Findings declared) {
        String name = Findings.text(device, "name");
        findings.invalid(path + ".name", name, Names.label(name));
        int all = device.path("attributes").size() + device.path("capacity").size();
        if (all > MAX_ATTRIBUTES_AND_CAPACITIES) {
            findings.invalid(path, all, "the total number of attributes and capacities must not exceed "
                    + MAX_ATTRIBUTES_AND_CAPACITIES);
        }
        if (device.path("attributes").size() > MAX_VALUES) {
            findings.invalid(path, device.path("attributes").size(),
                    "the total number of attribute values must not exceed " + MAX_VALUES);
        }
        attributes(device.path("attributes"), path + ".attributes", findings, declared);
        boolean shared = device.path("allowMultipleAllocations").asBoolean(false);
        for (Map.Entry<String, JsonNode> capacity : device.path("capacity").properties()) {
            DeviceNames.qualified(capacity.getKey(), path + ".capacity", findings);
            CapacityRules.capacity(capacity.getValue(), shared, path + ".capacity[" + shown(capacity.getKey()) + "]",
                    findings);
        }
        taints(device.path("taints"), path + ".taints", findings, declared);
        consumed(device.path("consumesCounters"), path + ".consumesCounters", findings, declared);
        if (each) {
            where(device, path, findings);
        } else if (device.has("nodeName") || device.has("nodeSelector") || device.has("allNodes")) {
            findings.invalid(path, Findings.NOTHING, "`nodeName`, `nodeSelector` and `allNodes` can only be set if "
                    + "`perDeviceNodeSelection` is set to true in the ResourceSlice spec");
        }
        DeviceTaintRules.binding(device, path, findings, declared);
    }

    private static String shown(String key) {
        int kept = MAX_SHOWN_KEY - 3;
        return key.length() <= MAX_SHOWN_KEY
                ? key
                : key.substring(0, (kept + 1) / 2) + "..." + key.substring(key.length() - kept / 2);
    }

    private static void attributes(JsonNode attributes, String path, Findings findings, Findings declared) {
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            String key = attribute.getKey();
            DeviceNames.qualified(key, path, findings);
            String where = path + "[" + shown(key) + "]";
            JsonNode value = attribute.getValue();
            String text = Findings.text(value, "string");
            tooLong(text, where + ".string", findings);
            if (value.has("version")) {
                String version = Findings.text(value, "version");
                if (!VERSION.matcher(version).matches()) {
                    findings.invalid(where + ".version", version,
                            "must be a string compatible with semver.org spec 2.0.0");
                }
                tooLong(version, where + ".version", findings);
            }
            List<String> said = VALUES.stream().filter(value::has).toList();
            if (said.size() != 1) {
                one(said, key, path, findings, declared);
            }
        }
    }

    /** Looked at twice; what is declared takes the place of the other, unless the key is shown otherwise. */
    private static void one(List<String> said, String key, String path, Findings findings, Findings declared) {
        String shown = said.isEmpty() ? "" : "{" + ticked(said) + "}";
        if (!shown(key).equals(key)) {
            findings.invalid(path + "[" + shown(key) + "]", "", "exactly one value must be specified");
        }
        declared.add(FieldError.invalid(path + "[" + key + "]", shown,
                (said.isEmpty() ? "must specify one of: " : "must specify exactly one of: ") + ticked(VALUES)));
    }

    private static String ticked(List<String> fields) {
        return fields.stream().map(field -> "`" + field + "`").collect(Collectors.joining(", "));
    }

    private static void tooLong(String text, String path, Findings findings) {
        if (MetadataRules.utf8(text) > MAX_VALUE_BYTES) {
            findings.add(FieldError.tooLong(path, MAX_VALUE_BYTES));
        }
    }

    private static void taints(JsonNode taints, String path, Findings findings, Findings declared) {
        if (taints.size() > MAX_TAINTS) {
            findings.tooMany(taints, MAX_TAINTS, path);
            return;
        }
        for (int at = 0; at < taints.size(); at++) {
            DeviceTaintRules.taint(taints.get(at), path + "[" + at + "]", findings, declared);
        }
    }

    private static void consumed(JsonNode sets, String path, Findings findings, Findings declared) {
        Declared in = new Declared(declared);
        if (!in.few(sets, MAX_COUNTER_SETS, path)) {
            return;
        }
        in.unique(sets, "counterSet", path);
        for (int at = 0; at < sets.size(); at++) {
            DeviceSliceRules.counters(sets.get(at), "counterSet", path + "[" + at + "]", findings, declared);
        }
    }

    private static void where(JsonNode device, String path, Findings findings) {
        List<String> said = new ArrayList<>();
        String node = Findings.text(device, "nodeName");
        if (!node.isEmpty()) {
            said.add("`nodeName`");
            findings.invalid(path + ".nodeName", node, Names.subdomain(node));
        } else if (device.has("nodeName")) {
            findings.invalid(path + ".nodeName", node, "must not be empty");
        }
        if (device.path("nodeSelector") instanceof ObjectNode selector) {
            said.add("`nodeSelector`");
            SchemaRules.part(selector, path + ".nodeSelector", findings);
        }
        DeviceSliceRules.yes(device, "allNodes", path, said, findings);
        if (said.isEmpty()) {
            findings.required(path, CHOICE);
        } else if (said.size() > 1) {
            findings.invalid(path, "{" + String.join(", ", said) + "}", CHOICE);
        }
    }
}
