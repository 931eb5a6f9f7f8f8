package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a driver says of its devices. Source: {@code pkg/apis/resource/validation/validation.go} of Kubernetes. */
final class DeviceSliceRules {
    private static final int MAX_DEVICES = 128;
    private static final int MAX_DEVICES_OF_MORE = 64;
    private static final int MAX_COUNTER_SETS = 8;
    static final int MAX_COUNTERS = 32;
    private static final String CHOICE = "exactly one of `nodeName`, `nodeSelector`, `allNodes`, "
            + "`perDeviceNodeSelection` is required";

    private DeviceSliceRules() {}

    static void slice(ObjectNode spec, String path, Findings findings) {
        Findings declared = findings.later();
        DeviceNames.driver(Findings.text(spec, "driver"), TypeRule.at(path, "driver"), findings);
        JsonNode pool = spec.path("pool");
        DeviceNames.pool(Findings.text(pool, "name"), TypeRule.at(path, "pool.name"), findings);
        if (pool.path("resourceSliceCount").asLong(0) <= 0) {
            findings.invalid(TypeRule.at(path, "pool.resourceSliceCount"), pool.path("resourceSliceCount").asLong(0),
                    "must be greater than zero");
        }
        if (pool.path("generation").asLong(0) < 0) {
            findings.invalid(TypeRule.at(path, "pool.generation"), pool.path("generation"),
                    "must be greater than or equal to zero");
        }
        where(spec, path, findings);
        if (spec.has("sharedCounters") && spec.has("devices")) {
            findings.invalid(path, "", "only one of `sharedCounters` or `devices` is allowed");
        }
        devices(spec, TypeRule.at(path, "devices"), findings, declared);
        counterSets(spec.path("sharedCounters"), TypeRule.at(path, "sharedCounters"), findings, declared);
        declared.list().forEach(findings::add);
    }

    private static void where(ObjectNode spec, String path, Findings findings) {
        List<String> said = new ArrayList<>();
        if (spec.has("nodeName")) {
            String node = Findings.text(spec, "nodeName");
            if (node.isEmpty()) {
                findings.invalid(TypeRule.at(path, "nodeName"), node,
                        "must be either unset or set to a non-empty string");
            } else {
                said.add("`nodeName`");
                findings.invalid(TypeRule.at(path, "nodeName"), node, Names.subdomain(node));
            }
        }
        if (spec.path("nodeSelector") instanceof ObjectNode selector) {
            said.add("`nodeSelector`");
            SchemaRules.part(selector, TypeRule.at(path, "nodeSelector"), findings);
            JsonNode terms = selector.path("nodeSelectorTerms");
            if (terms.size() != 1) {
                findings.invalid(TypeRule.at(path, "nodeSelector.nodeSelectorTerms"),
                        terms.isMissingNode() ? Findings.NOTHING : terms, "must have exactly one node selector term");
            }
        }
        yes(spec, "allNodes", path, said, findings);
        yes(spec, "perDeviceNodeSelection", path, said, findings);
        if (said.isEmpty()) {
            findings.required(path, CHOICE);
        } else if (said.size() > 1) {
            findings.invalid(path, "{" + String.join(", ", said) + "}", CHOICE + ", but multiple fields are set");
        }
    }

    /** A field that says yes, or nothing. */
    static void yes(JsonNode object, String field, String path, List<String> said, Findings findings) {
        if (object.path(field).asBoolean(false)) {
            said.add("`" + field + "`");
        } else if (object.has(field)) {
            findings.invalid(TypeRule.at(path, field), object.path(field), "must be either unset or set to true");
        }
    }

    private static void devices(ObjectNode spec, String path, Findings findings, Findings declared) {
        JsonNode devices = spec.path("devices");
        int most = MAX_DEVICES;
        for (JsonNode device : devices) {
            if (!device.path("taints").isEmpty() || !device.path("consumesCounters").isEmpty()) {
                most = MAX_DEVICES_OF_MORE;
            }
        }
        if (devices.size() > most) {
            findings.tooMany(devices, most, path);
            return;
        }
        boolean each = spec.path("perDeviceNodeSelection").asBoolean(false);
        for (int at = 0; at < devices.size(); at++) {
            DeviceRules.device(devices.get(at), each, path + "[" + at + "]", findings, declared);
        }
        Set<String> names = new HashSet<>();
        for (int at = 0; at < devices.size(); at++) {
            String name = Findings.text(devices.get(at), "name");
            if (!names.add(name)) {
                findings.duplicate(path + "[" + at + "]", name);
            }
        }
    }

    private static void counterSets(JsonNode sets, String path, Findings findings, Findings declared) {
        Declared in = new Declared(declared);
        if (!in.few(sets, MAX_COUNTER_SETS, path)) {
            return;
        }
        in.unique(sets, "name", path);
        for (int at = 0; at < sets.size(); at++) {
            counters(sets.get(at), "name", path + "[" + at + "]", findings, declared);
        }
    }

    /** @param key the field that names the set */
    static void counters(JsonNode set, String key, String path, Findings findings, Findings declared) {
        String name = Findings.text(set, key);
        if (name.isEmpty()) {
            declared.required(path + "." + key, "");
        } else {
            declared.invalid(path + "." + key, name, Names.shortName(name));
        }
        JsonNode counters = set.path("counters");
        String where = path + ".counters";
        if (counters.isEmpty()) {
            declared.required(where, "");
        } else {
            findings.tooMany(counters, MAX_COUNTERS, where);
            counters.fieldNames().forEachRemaining(
                    counter -> declared.invalid(where, counter, Names.shortName(counter)));
        }
    }
}
