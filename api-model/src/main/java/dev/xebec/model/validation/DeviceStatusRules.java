package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which devices a claim has got, who uses it, and what drivers say of them. Source: {@code pkg/apis/resource/validation/validation.go} of Kubernetes. */
final class DeviceStatusRules {
    private static final int MAX_CONSUMERS = 256;
    private static final int MAX_RESULTS = 32;
    private static final int MAX_CONFIGS = 64;
    private static final int MAX_CONDITIONS = 8;
    private static final int MAX_DATA_BYTES = 10 * 1024;
    private static final int MAX_ADDRESSES = 16;
    private static final List<String> SOURCES = List.of("FromClaim", "FromClass");

    private final Findings findings;
    private final Findings declared;
    private final Map<String, Set<String>> requests;

    private DeviceStatusRules(ObjectNode claim, Findings findings) {
        this.findings = findings;
        this.declared = findings.later();
        this.requests = DeviceClaimRules.names(claim.path("spec").path("devices").path("requests"));
    }

    static void claim(ObjectNode now, ObjectNode before, Findings findings) {
        new DeviceStatusRules(now, findings).status(now, before.path("status"));
    }

    private void status(ObjectNode now, JsonNode before) {
        JsonNode status = now.path("status");
        JsonNode consumers = status.path("reservedFor");
        Declared in = new Declared(declared);
        if (in.few(consumers, MAX_CONSUMERS, "status.reservedFor")) {
            in.unique(consumers, "uid", "status.reservedFor");
            consumers(consumers);
        }
        JsonNode allocation = status.path("allocation");
        devices(status.path("devices"), allocation.path("devices").path("results"));
        if (!consumers.isEmpty() && !allocation.isObject()) {
            findings.forbidden("status.reservedFor", "may not be specified when `allocated` is not set");
        } else if (now.path("metadata").has("deletionTimestamp") && more(consumers, before.path("reservedFor"))) {
            findings.forbidden("status.reservedFor", "new entries may not be added while `deallocationRequested` or "
                    + "`deletionTimestamp` are set");
        }
        if (before.path("allocation").isObject() && allocation.isObject()) {
            if (!Findings.same(allocation, before.path("allocation"))) {
                declared.add(new FieldError(FieldError.Type.INVALID, "status.allocation",
                        "Invalid value: null: field cannot be modified once set"));
            }
        } else if (allocation instanceof ObjectNode result) {
            allocation(result);
        }
        declared.list().forEach(findings::add);
    }

    private static boolean more(JsonNode consumers, JsonNode before) {
        Set<JsonNode> known = new HashSet<>();
        before.forEach(known::add);
        for (JsonNode consumer : consumers) {
            if (!known.contains(consumer)) {
                return true;
            }
        }
        return false;
    }

    private void consumers(JsonNode consumers) {
        for (int at = 0; at < consumers.size(); at++) {
            for (String field : List.of("resource", "name", "uid")) {
                if (Findings.text(consumers.get(at), field).isEmpty()) {
                    findings.required("status.reservedFor[" + at + "]." + field, "");
                }
            }
        }
    }

    private record Identity(String driver, String pool, String device, String share) {
        static Identity of(JsonNode device) {
            return new Identity(Findings.text(device, "driver"), Findings.text(device, "pool"),
                    Findings.text(device, "device"), Findings.text(device, "shareID"));
        }

        ObjectNode shown() {
            return Json.object().put("Driver", driver).put("Pool", pool).put("Device", device).put("ShareID", share);
        }
    }

    private void devices(JsonNode devices, JsonNode results) {
        Set<Identity> allocated = new HashSet<>();
        results.forEach(result -> allocated.add(Identity.of(result)));
        Set<Identity> seen = new HashSet<>();
        for (int at = 0; at < devices.size(); at++) {
            String path = "status.devices[" + at + "]";
            device(devices.get(at), path, allocated);
            if (!seen.add(Identity.of(devices.get(at)))) {
                declared.add(FieldError.duplicate(path, devices.get(at)));
            }
        }
    }

    private void device(JsonNode device, String path, Set<Identity> allocated) {
        Identity identity = Identity.of(device);
        DeviceNames.driver(identity.driver, path + ".driver", findings);
        DeviceNames.pool(identity.pool, path + ".pool", findings);
        findings.invalid(path + ".device", identity.device, Names.label(identity.device));
        if (device.has("shareID")) {
            DeviceNames.uuid(identity.share, path + ".shareID", declared);
        }
        if (!allocated.contains(identity)) {
            findings.add(FieldError.invalid(path, identity.shown(), "must be an allocated device in the claim"));
        }
        findings.tooMany(device.path("conditions"), MAX_CONDITIONS, path + ".conditions");
        ConditionRules.conditions(device.path("conditions"), path + ".conditions", findings);
        if (device.has("data")) {
            DeviceClassRules.raw(device.path("data"), path + ".data", MAX_DATA_BYTES, findings);
        }
        network(device.path("networkData"), path + ".networkData");
    }

    private void network(JsonNode network, String path) {
        bytes(network, "interfaceName", 256, path);
        bytes(network, "hardwareAddress", 128, path);
        JsonNode addresses = network.path("ips");
        Declared in = new Declared(declared);
        if (in.few(addresses, MAX_ADDRESSES, path + ".ips")) {
            for (int at = 0; at < addresses.size(); at++) {
                String address = addresses.get(at).asText();
                if (!Addresses.validCidr(address)) {
                    findings.invalid(path + ".ips[" + at + "]", address,
                            "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)");
                }
            }
            in.unique(addresses, "", path + ".ips");
        }
    }

    private void bytes(JsonNode object, String field, int most, String path) {
        if (MetadataRules.utf8(Findings.text(object, field)) > most) {
            declared.add(FieldError.tooLong(path + "." + field, most));
        }
    }

    private void allocation(ObjectNode allocation) {
        String path = "status.allocation.devices";
        JsonNode results = allocation.path("devices").path("results");
        Declared in = new Declared(declared);
        if (in.few(results, MAX_RESULTS, path + ".results")) {
            for (int at = 0; at < results.size(); at++) {
                result(results.get(at), path + ".results[" + at + "]");
            }
        }
        JsonNode configs = allocation.path("devices").path("config");
        if (in.few(configs, MAX_CONFIGS, path + ".config")) {
            for (int at = 0; at < configs.size(); at++) {
                config(configs.get(at), path + ".config[" + at + "]");
            }
        }
        if (allocation.path("nodeSelector") instanceof ObjectNode selector) {
            SchemaRules.part(selector, "status.allocation.nodeSelector", findings);
        }
    }

    private void result(JsonNode result, String path) {
        DeviceClaimRules.reference(Findings.text(result, "request"), path + ".request", requests, findings);
        DeviceNames.declaredDriver(Findings.text(result, "driver"), path + ".driver", declared);
        DeviceNames.declaredPool(Findings.text(result, "pool"), path + ".pool", declared);
        String device = Findings.text(result, "device");
        findings.invalid(path + ".device", device, Names.label(device));
        DeviceTaintRules.binding(result, path, findings, declared);
        DeviceTaintRules.tolerations(result.path("tolerations"), path + ".tolerations", findings, declared);
        if (result.has("shareID")) {
            DeviceNames.uuid(Findings.text(result, "shareID"), path + ".shareID", declared);
        }
    }

    private void config(JsonNode config, String path) {
        String source = Findings.text(config, "source");
        if (source.isEmpty()) {
            declared.required(path + ".source", "");
        } else if (!SOURCES.contains(source)) {
            declared.add(FieldError.notSupported(path + ".source", source, SOURCES));
        }
        DeviceClaimRules.references(config.path("requests"), path + ".requests", requests, findings, declared);
        DeviceClassRules.configuration(config, path, findings, declared);
    }
}
