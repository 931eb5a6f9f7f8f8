package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What every object's metadata has to be. Source: apimachinery {@code api/validation/objectmeta.go}. */
final class MetadataRules {
    /** Bytes of all annotations of an object, keys and values. */
    static final int MAX_ANNOTATIONS_BYTES = 256 * 1024;

    private static final String PATH = "metadata";
    private static final String NOT_QUALIFIED = "name is neither a standard finalizer name nor is it fully qualified";
    private static final Set<String> STANDARD_FINALIZERS = Set.of("orphan", "foregroundDeletion", "kubernetes");
    /** Groups whose objects are judged by the apimachinery's rule alone, which asks for a qualified name only. */
    private static final Set<String> QUALIFIED_FINALIZERS = Set.of("admissionregistration.k8s.io",
            "apiextensions.k8s.io", "apiregistration.k8s.io", "coordination.k8s.io", "node.k8s.io", "policy");
    private static final Map<String, Function<String, List<String>>> NAME_RULES = Map.of("/namespaces", Names::label,
            "/services", Names::label1035, "batch/cronjobs", MetadataRules::cronJob,
            "networking.k8s.io/ipaddresses", Names::pathSegment, "certificates.k8s.io/clustertrustbundles",
            Names::pathSegment, "/events", Names::pathSegment, "policy/poddisruptionbudgets", Names::pathSegment,
            "/replicationcontrollers", Names::longName, "resource.k8s.io/deviceclasses", Names::longName,
            "apiregistration.k8s.io/apiservices", Names::pathSegment);
    /** Where a prefix is held to less than a name. */
    private static final Map<String, Function<String, List<String>>> PREFIX_RULES = Map
            .of("resource.k8s.io/deviceclasses", Names::pathSegment, "/replicationcontrollers", Names::subdomain);

    private MetadataRules() {}

    /** Kinds of which an update is judged as a new object would be, so that the prefix of their names is looked at again. */
    private static final Set<String> JUDGED_WHOLE = Set.of("/configmaps", "/endpoints", "/limitranges", "/namespaces",
            "/nodes", "/persistentvolumes", "/persistentvolumeclaims", "/pods", "/secrets", "/serviceaccounts",
            "apps/controllerrevisions", "certificates.k8s.io/clustertrustbundles", "discovery.k8s.io/endpointslices",
            "flowcontrol.apiserver.k8s.io/flowschemas", "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations",
            "networking.k8s.io/ipaddresses", "networking.k8s.io/ingresses", "networking.k8s.io/ingressclasses",
            "admissionregistration.k8s.io/mutatingadmissionpolicies",
            "admissionregistration.k8s.io/mutatingadmissionpolicybindings",
            "admissionregistration.k8s.io/mutatingwebhookconfigurations",
            "admissionregistration.k8s.io/validatingadmissionpolicies",
            "admissionregistration.k8s.io/validatingadmissionpolicybindings",
            "admissionregistration.k8s.io/validatingwebhookconfigurations", "node.k8s.io/runtimeclasses",
            "resource.k8s.io/resourceclaims", "resource.k8s.io/resourceclaimtemplates",
            "storage.k8s.io/csinodes", "storage.k8s.io/csistoragecapacities", "storage.k8s.io/storageclasses",
            "storage.k8s.io/volumeattachments", "storage.k8s.io/volumeattributesclasses",
            "storagemigration.k8s.io/storageversionmigrations");

    /** A new object, and an update of some kinds. Source: apimachinery {@code api/validation/objectmeta.go}. */
    static void prefix(Kind kind, JsonNode metadata, Findings findings) {
        String prefix = Findings.text(metadata, "generateName");
        if (!prefix.isEmpty()) {
            String sample = prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) + "x" : prefix;
            findings.invalid(PATH + ".generateName", prefix,
                    PREFIX_RULES.getOrDefault(key(kind), nameRule(kind)).apply(sample));
        }
    }

    static void prefixAgain(Kind kind, JsonNode metadata, Findings findings) {
        if (JUDGED_WHOLE.contains(key(kind))) {
            prefix(kind, metadata, findings);
        }
    }

    static void create(Kind kind, JsonNode metadata, Findings findings) {
        name(kind, metadata, findings);
        if (kind.namespaced() && Findings.text(metadata, "namespace").isEmpty()) {
            findings.required(PATH + ".namespace", "");
        } else if (!kind.namespaced() && !Findings.text(metadata, "namespace").isEmpty()) {
            findings.forbidden(PATH + ".namespace", "not allowed on this type");
        } else if (kind.namespaced()) {
            findings.invalid(PATH + ".namespace", Findings.text(metadata, "namespace"),
                    Names.label(Findings.text(metadata, "namespace")));
        }
        if (!kind.generation()) {
            findings.notNegative(PATH + ".generation", metadata.path("generation"));
        }
        content(kind, metadata, findings);
    }

    private static void name(Kind kind, JsonNode metadata, Findings findings) {
        String name = Findings.text(metadata, "name");
        String prefix = Findings.text(metadata, "generateName");
        Function<String, List<String>> rule = nameRule(kind);
        prefix(kind, metadata, findings);
        if (name.isEmpty() && prefix.isEmpty()) {
            findings.required(PATH + ".name", "name or generateName is required");
        } else if (!name.isEmpty()) {
            findings.invalid(PATH + ".name", name, rule.apply(name));
        }
    }

    private static Function<String, List<String>> nameRule(Kind kind) {
        if (kind.name().group().equals("rbac.authorization.k8s.io")) {
            return Names::pathSegment;
        }
        return NAME_RULES.getOrDefault(key(kind), Names::subdomain);
    }

    private static String key(Kind kind) {
        return kind.name().group() + "/" + kind.plural();
    }

    private static List<String> cronJob(String name) {
        List<String> wrong = new ArrayList<>(Names.subdomain(name));
        if (name.length() > 52) {
            wrong.add("must be no more than 52 characters");
        }
        return wrong;
    }

    static void update(Kind kind, JsonNode now, JsonNode before, Findings findings) {
        for (String field : List.of("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp",
                "deletionGracePeriodSeconds")) {
            findings.immutable(PATH + "." + field, now.path(field), before.path(field));
        }
        content(kind, now, findings);
        if (before.path("deletionTimestamp").isTextual()) {
            Set<String> fresh = new LinkedHashSet<>(strings(now.path("finalizers")));
            fresh.removeAll(strings(before.path("finalizers")));
            if (!fresh.isEmpty()) {
                findings.forbidden(PATH + ".finalizers", "no new finalizers can be added if the object is being "
                        + "deleted, found new finalizers []string{" + fresh.stream().map(one -> "\"" + one + "\"")
                                .collect(Collectors.joining(", "))
                        + "}");
            }
        }
    }

    private static void content(Kind kind, JsonNode metadata, Findings findings) {
        labels(metadata.path("labels"), PATH + ".labels", findings);
        annotations(metadata.path("annotations"), PATH + ".annotations", findings);
        finalizers(kind, strings(metadata.path("finalizers")), findings);
        if (metadata.has("ownerReferences")) {
            owners(metadata.path("ownerReferences"), findings);
        }
    }

    static void labels(JsonNode labels, String path, Findings findings) {
        labels.properties().forEach(label -> {
            findings.invalid(path, label.getKey(), Names.qualified(label.getKey()));
            findings.invalid(path, label.getValue().asText(), Names.labelValue(label.getValue().asText()));
        });
    }

    static void annotations(JsonNode annotations, String path, Findings findings) {
        long bytes = 0;
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            String key = annotation.getKey();
            findings.invalid(path, key, Names.qualified(key.toLowerCase(Locale.ROOT)));
            bytes += utf8(key) + utf8(annotation.getValue().asText());
        }
        if (bytes > MAX_ANNOTATIONS_BYTES) {
            findings.add(FieldError.tooLong(path, MAX_ANNOTATIONS_BYTES));
        }
    }

    static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void finalizers(Kind kind, List<String> finalizers, Findings findings) {
        String group = kind.name().group();
        boolean standard = kind.custom() == null && !QUALIFIED_FINALIZERS.contains(group)
                && !key(kind).equals("/events") && (!group.contains(".") || group.endsWith(".k8s.io"));
        for (int at = 0; at < finalizers.size(); at++) {
            String finalizer = finalizers.get(at);
            List<String> wrong = Names.qualified(finalizer);
            findings.invalid(PATH + ".finalizers", finalizer, wrong);
            if (standard && !finalizer.contains("/") && !STANDARD_FINALIZERS.contains(finalizer)) {
                findings.invalid(PATH + ".finalizers[" + at + "]", finalizer, NOT_QUALIFIED);
            }
        }
        if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
            findings.invalid(PATH + ".finalizers", finalizers,
                    "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    /** Finalizers that a namespace is held by, each either Kubernetes' own or with a domain. */
    static void standardFinalizers(JsonNode finalizers, String path, Findings findings) {
        for (int at = 0; at < finalizers.size(); at++) {
            String finalizer = finalizers.get(at).asText();
            String where = path + "[" + at + "]";
            findings.invalid(where, finalizer, Names.qualified(finalizer));
            if (!finalizer.contains("/") && !STANDARD_FINALIZERS.contains(finalizer)) {
                findings.invalid(where, finalizer, NOT_QUALIFIED);
            }
        }
    }

    private static void owners(JsonNode owners, Findings findings) {
        String controller = "";
        for (int at = 0; at < owners.size(); at++) {
            JsonNode owner = owners.get(at);
            String path = PATH + ".ownerReferences[" + at + "]";
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                if (Findings.text(owner, field).isEmpty()) {
                    findings.required(path + "." + field, "must not be empty");
                }
            }
            String apiVersion = Findings.text(owner, "apiVersion");
            if (!apiVersion.isEmpty() && (apiVersion.indexOf('/') != apiVersion.lastIndexOf('/')
                    || apiVersion.endsWith("/"))) {
                findings.invalid(path + ".apiVersion", apiVersion, "must be <group>/<version> or <version>");
            }
            if (apiVersion.equals("v1") && Findings.text(owner, "kind").equals("Event")) {
                findings.invalid(path, owner, "/v1, Kind=Event is disallowed from being an owner");
            }
            if (owner.path("controller").asBoolean()) {
                if (!controller.isEmpty()) {
                    findings.invalid(PATH + ".ownerReferences", owners,
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + shown(owner));
                }
                controller = shown(owner);
            }
        }
    }

    private static String shown(JsonNode owner) {
        return Findings.text(owner, "kind") + "/" + Findings.text(owner, "name");
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>(list.size());
        list.forEach(one -> strings.add(one.asText()));
        return strings;
    }

    static ObjectNode object(JsonNode parent, String field) {
        return parent.get(field) instanceof ObjectNode child ? child : dev.xebec.model.object.Json.object();
    }
}
