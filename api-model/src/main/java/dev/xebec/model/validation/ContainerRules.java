package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.quantity.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Rules of a container and what it holds. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class ContainerRules {
    private static final Set<String> STANDARD_RESOURCES = Set.of("cpu", "memory", "ephemeral-storage", "storage");
    private static final String HUGE_PAGES = "hugepages-";
    private static final Pattern EDGE_SPACE = Pattern.compile("^\\s|\\s$");

    private ContainerRules() {}

    static void check(ObjectNode container, String path, Findings findings) {
        String image = Findings.text(container, "image");
        if (image.isEmpty()) {
            findings.required(TypeRule.at(path, "image"), "");
        } else if (EDGE_SPACE.matcher(image).find()) {
            findings.invalid(TypeRule.at(path, "image"), image, "must not have leading or trailing whitespace");
        }
        Set<String> portNames = new HashSet<>();
        JsonNode ports = container.path("ports");
        for (int at = 0; at < ports.size(); at++) {
            String name = Findings.text(ports.get(at), "name");
            if (!name.isEmpty() && !portNames.add(name)) {
                findings.duplicate(TypeRule.at(path, "ports", at) + ".name", name);
            }
        }
        boolean serves = !path.contains("phemeralContainers[") && (!path.contains("nitContainers[")
                || Findings.text(container, "restartPolicy").equals("Always"));
        if (serves) {
            ProbeRules.ofContainer(container, path, findings);
        }
        ContainerPolicies.check(container, path, findings);
    }

    static void port(ObjectNode port, String path, Findings findings) {
        String name = Findings.text(port, "name");
        if (!name.isEmpty()) {
            findings.invalid(TypeRule.at(path, "name"), name, Names.portName(name));
        }
        JsonNode number = port.path("containerPort");
        if (number.asInt() == 0) {
            findings.required(TypeRule.at(path, "containerPort"), "");
        } else {
            findings.range(TypeRule.at(path, "containerPort"), number, 1, 65_535);
        }
        if (port.path("hostPort").asInt() != 0) {
            findings.range(TypeRule.at(path, "hostPort"), port.path("hostPort"), 1, 65_535);
        }
    }

    static void resources(ObjectNode resources, String path, Findings findings) {
        JsonNode limits = resources.path("limits");
        JsonNode requests = resources.path("requests");
        boolean ofPod = path.endsWith("spec.resources");
        amounts(limits, TypeRule.at(path, "limits"), ofPod, findings);
        amounts(requests, TypeRule.at(path, "requests"), ofPod, findings);
        for (Map.Entry<String, JsonNode> request : requests.properties()) {
            against(request.getKey(), request.getValue(), limits.path(request.getKey()), path, findings);
        }
        boolean pages = named(limits, requests, name -> name.startsWith(HUGE_PAGES));
        if (pages && !named(limits, requests, name -> name.equals("cpu") || name.equals("memory"))) {
            findings.forbidden(path, "HugePages require cpu or memory");
        }
    }

    private static boolean named(JsonNode limits, JsonNode requests, Predicate<String> wanted) {
        return limits.propertyStream().anyMatch(entry -> wanted.test(entry.getKey()))
                || requests.propertyStream().anyMatch(entry -> wanted.test(entry.getKey()));
    }

    private static void against(String name, JsonNode request, JsonNode limit, String path, Findings findings) {
        boolean overcommit = !name.startsWith(HUGE_PAGES) && (!name.contains("/") || isNative(name));
        if (!limit.isValueNode()) {
            if (!overcommit) {
                findings.required(TypeRule.at(path, "limits"), "Limit must be set for non overcommitable resources");
            }
            return;
        }
        int order = quantity(request).compareTo(quantity(limit));
        if (order != 0 && !overcommit) {
            findings.invalid(TypeRule.at(path, "requests"), quantity(request).toString(),
                    "must be equal to " + name + " limit of " + quantity(limit));
        } else if (order > 0) {
            findings.invalid(TypeRule.at(path, "requests"), quantity(request).toString(),
                    "must be less than or equal to " + name + " limit of " + quantity(limit));
        }
    }

    private static boolean isNative(String name) {
        return !name.contains("/") || name.contains("kubernetes.io/");
    }

    static void amounts(JsonNode amounts, String path, Findings findings) {
        amounts(amounts, path, false, findings);
    }

    private static void amounts(JsonNode amounts, String path, boolean ofPod, Findings findings) {
        for (Map.Entry<String, JsonNode> entry : amounts.properties()) {
            String name = entry.getKey();
            String where = path + "[" + name + "]";
            name(name, where, ofPod, findings);
            Quantity amount = quantity(entry.getValue());
            if (amount.signum() < 0) {
                findings.invalid(where, amount.toString(), Findings.NOT_NEGATIVE);
            }
            if (!isNative(name) && amount.milliValue() % 1000 != 0) {
                findings.invalid(where, amount.toString(), "must be an integer");
            }
        }
    }

    /** What a container, or a pod as a whole, can be given an amount of. */
    static void name(String name, String where, boolean ofPod, Findings findings) {
        List<String> wrong = Names.qualified(name);
        boolean standard = STANDARD_RESOURCES.contains(name) || name.startsWith(HUGE_PAGES);
        if (!wrong.isEmpty()) {
            findings.invalid(where, name, wrong);
        } else if (!name.contains("/") && !standard) {
            findings.invalid(where, name, "must be a standard resource type or fully qualified");
        }
        boolean unknown = !name.contains("/") && (!standard || !wrong.isEmpty());
        if (unknown && !ofPod) {
            findings.invalid(where, name, "must be a standard resource for containers");
        } else if (wrong.isEmpty() && !isNative(name) && name.startsWith("requests.")) {
            findings.invalid(where, name, "doesn't follow extended resource name standard");
        }
    }

    /** The structural check has run before, so only well-formed amounts get here; zero stands for what is none. */
    static Quantity quantity(JsonNode amount) {
        String text = amount.asText("");
        return text.isBlank() ? Quantity.zero() : Quantity.parse(text.strip());
    }
}
