package dev.xebec.model.validation;

import dev.xebec.model.names.Names;
import java.util.List;
import java.util.Set;

/** What a quota can be of. Source: {@code pkg/apis/core/helper/helpers.go} of Kubernetes. */
final class QuotaNames {
    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage", "requests.cpu",
            "requests.memory", "requests.storage", "requests.ephemeral-storage", "limits.cpu", "limits.memory",
            "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers", "secrets",
            "persistentvolumeclaims", "configmaps", "services.nodeports", "services.loadbalancers");
    private static final List<String> PAGES = List.of("hugepages-", "requests.hugepages-");

    private QuotaNames() {}

    /** Whether a quota of Kubernetes' own may have it. */
    static boolean isStandard(String name) {
        return STANDARD.contains(name) || PAGES.stream().anyMatch(name::startsWith);
    }

    static void check(String name, String path, Findings findings) {
        List<String> wrong = Names.qualified(name);
        findings.invalid(path, name, wrong);
        if (name.contains("/") || isStandard(name)) {
            return;
        }
        if (wrong.isEmpty() && !name.equals("storage")) {
            findings.invalid(path, name, "must be a standard resource type or fully qualified");
        }
        findings.invalid(path, name, "must be a standard resource for quota");
    }
}
