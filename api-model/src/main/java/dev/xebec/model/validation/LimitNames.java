package dev.xebec.model.validation;

import dev.xebec.model.names.Names;
import java.util.List;
import java.util.Set;

/** Names of what a LimitRange limits. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes, validateLimitRangeResourceName. */
final class LimitNames {
    private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");

    private LimitNames() {}

    /** @param type of the limit: what containers and pods have is less than what there is */
    static void check(String name, String type, String path, Findings findings) {
        List<String> wrong = Names.qualified(name);
        findings.invalid(path, name, wrong);
        boolean plain = !name.contains("/");
        if (wrong.isEmpty() && plain && !standard(name)) {
            findings.invalid(path, name, "must be a standard resource type or fully qualified");
        }
        if (plain && (type.equals("Pod") || type.equals("Container")) && !OF_CONTAINERS.contains(name)
                && !name.startsWith("hugepages-")) {
            findings.invalid(path, name, "must be a standard resource for containers");
        }
    }

    private static boolean standard(String name) {
        return name.equals("storage") || OF_CONTAINERS.contains(name) || name.startsWith("hugepages-")
                || QuotaNames.isStandard(name);
    }
}
