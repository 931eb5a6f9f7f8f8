package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Rules of classes, drivers and attachments. Source: {@code pkg/apis/storage/validation/validation.go} of Kubernetes. */
final class StorageClassRules {
    /** Parameters of a class, and their bytes. */
    private static final int MAX_PARAMETERS = 512;
    private static final int MAX_PARAMETER_BYTES = 256 * 1024;
    private static final int MAX_DRIVER = 63;
    private static final int MAX_NODE_ID = 192;

    private StorageClassRules() {}

    static void driver(String driver, String path, Findings findings) {
        if (driver.length() > MAX_DRIVER) {
            findings.add(FieldError.tooLong(path, MAX_DRIVER));
        }
        findings.invalid(path, driver, Names.subdomain(driver.toLowerCase(Locale.ROOT)));
    }

    static void storageClass(ObjectNode object, String path, Findings findings) {
        String provisioner = Findings.text(object, "provisioner");
        if (!provisioner.isEmpty()) {
            findings.invalid("provisioner", provisioner, Names.qualified(provisioner.toLowerCase(Locale.ROOT)));
        }
        parameters(object.path("parameters"), findings);
        JsonNode topologies = object.path("allowedTopologies");
        for (int at = 0; at < topologies.size(); at++) {
            Set<String> keys = new HashSet<>();
            JsonNode expressions = topologies.get(at).path("matchLabelExpressions");
            for (int index = 0; index < expressions.size(); index++) {
                String where = "allowedTopologies[" + at + "].matchLabelExpressions[" + index + "]";
                String key = Findings.text(expressions.get(index), "key");
                if (!key.isEmpty()) {
                    findings.invalid(where + ".key", key, Names.qualified(key));
                    if (!keys.add(key)) {
                        findings.duplicate(where + ".key", key);
                    }
                }
            }
        }
    }

    private static void parameters(JsonNode parameters, Findings findings) {
        if (parameters.size() > MAX_PARAMETERS) {
            findings.add(FieldError.tooLong("parameters", MAX_PARAMETERS));
            return;
        }
        long bytes = parameters.propertyStream().mapToLong(
                entry -> MetadataRules.utf8(entry.getKey()) + MetadataRules.utf8(entry.getValue().asText())).sum();
        parameters.propertyStream().filter(entry -> entry.getKey().isEmpty())
                .forEach(entry -> findings.invalid("parameters", "", "field can not be empty."));
        if (bytes > MAX_PARAMETER_BYTES) {
            findings.add(FieldError.tooLong("parameters", MAX_PARAMETER_BYTES));
        }
    }

    static void attributesClass(ObjectNode object, String path, Findings findings) {
        String driver = Findings.text(object, "driverName");
        if (!driver.isEmpty()) {
            findings.invalid("driverName", driver, Names.qualified(driver.toLowerCase(Locale.ROOT)));
        }
        if (object.path("parameters").isEmpty()) {
            findings.required("parameters", "must contain at least one key/value pair");
        }
        parameters(object.path("parameters"), findings);
    }

    static void csiDriver(ObjectNode spec, String path, Findings findings) {
        Set<String> audiences = new HashSet<>();
        JsonNode requests = spec.path("tokenRequests");
        for (int at = 0; at < requests.size(); at++) {
            String where = TypeRule.at(path, "tokenRequests", at);
            String audience = Findings.text(requests.get(at), "audience");
            if (!audiences.add(audience)) {
                findings.duplicate(where + ".audience", audience);
            }
            JsonNode seconds = requests.get(at).path("expirationSeconds");
            if (seconds.isNumber() && seconds.asLong() < 600) {
                findings.invalid(where + ".expirationSeconds", seconds,
                        "may not specify a duration less than 10 minutes");
            }
            if (seconds.isNumber() && seconds.asLong() > 1L << 32) {
                findings.invalid(where + ".expirationSeconds", seconds,
                        "may not specify a duration larger than 2^32 seconds");
            }
        }
        JsonNode modes = spec.path("volumeLifecycleModes");
        for (int at = 0; at < modes.size(); at++) {
            if (!List.of("Persistent", "Ephemeral").contains(modes.get(at).asText())) {
                findings.add(FieldError.notSupported(TypeRule.at(path, "volumeLifecycleModes", at),
                        modes.get(at).asText(), List.of("Ephemeral", "Persistent")));
            }
        }
    }

    static void csiNode(ObjectNode spec, String path, Findings findings) {
        Set<String> names = new TreeSet<>();
        JsonNode drivers = spec.path("drivers");
        for (int at = 0; at < drivers.size(); at++) {
            String where = TypeRule.at(path, "drivers", at);
            String name = Findings.text(drivers.get(at), "name");
            if (!name.isEmpty()) {
                driver(name, where + ".name", findings);
                if (!names.add(name)) {
                    findings.duplicate(where + ".name", name);
                }
            }
            String id = Findings.text(drivers.get(at), "nodeID");
            if (id.length() > MAX_NODE_ID) {
                findings.invalid(where + ".nodeID", id, "must be 192 characters or less");
            }
            JsonNode count = drivers.get(at).path("allocatable").path("count");
            findings.notNegative(where + ".allocatable.count", count);
            Set<String> keys = new HashSet<>();
            for (JsonNode key : drivers.get(at).path("topologyKeys")) {
                if (key.asText().isEmpty()) {
                    findings.required(where, "");
                } else {
                    findings.invalid(where, key.asText(), Names.qualified(key.asText()));
                }
                if (!keys.add(key.asText())) {
                    findings.duplicate(where, key.asText());
                }
            }
        }
    }

    static void attachment(ObjectNode spec, String path, Findings findings) {
        String attacher = Findings.text(spec, "attacher");
        if (!attacher.isEmpty()) {
            driver(attacher, TypeRule.at(path, "attacher"), findings);
        }
        JsonNode source = spec.path("source");
        boolean named = source.hasNonNull("persistentVolumeName");
        boolean inline = source.path("inlineVolumeSpec").isObject();
        String where = TypeRule.at(path, "source");
        if (!named && !inline) {
            findings.required(where, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (named && inline) {
            findings.forbidden(where, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (named && Findings.text(source, "persistentVolumeName").isEmpty()) {
            findings.required(where + ".persistentVolumeName", "must specify non empty persistentVolumeName");
        }
        VolumeRules.reference(spec, "nodeName", path, findings);
    }

    static void capacity(ObjectNode object, String path, Findings findings) {
        String name = Findings.text(object, "storageClassName");
        if (!name.isEmpty()) {
            findings.invalid("storageClassName", name, Names.subdomain(name));
        }
        for (String field : List.of("capacity", "maximumVolumeSize")) {
            JsonNode amount = object.path(field);
            if (amount.isTextual() && ContainerRules.quantity(amount).signum() < 0) {
                findings.invalid(field, ContainerRules.quantity(amount).toString(), Findings.NOT_NEGATIVE);
            }
        }
    }

    static void updateAttributesClass(ObjectNode now, ObjectNode before, Findings findings) {
        for (String field : List.of("driverName", "parameters")) {
            if (!Findings.same(now.path(field), before.path(field))) {
                findings.forbidden(field, "updates to " + field + " are forbidden.");
            }
        }
    }

    static void updateDriver(ObjectNode now, ObjectNode before, Findings findings) {
        for (String field : List.of("attachRequired", "volumeLifecycleModes")) {
            findings.immutable("spec." + field, now.path("spec").path(field), before.path("spec").path(field));
        }
    }

    /** A node's driver may gain a count that it did not have; else it stays what it was. */
    static void updateNode(ObjectNode now, ObjectNode before, Findings findings) {
        for (JsonNode old : before.path("spec").path("drivers")) {
            for (JsonNode driver : now.path("spec").path("drivers")) {
                boolean same = Findings.text(old, "name").equals(Findings.text(driver, "name"));
                if (same && !Findings.same(without(old), without(driver))) {
                    findings.invalid("spec.drivers", Findings.text(driver, "name"), Findings.IMMUTABLE);
                }
            }
        }
    }

    private static JsonNode without(JsonNode driver) {
        return ((ObjectNode) driver).deepCopy().without("allocatable");
    }
}
