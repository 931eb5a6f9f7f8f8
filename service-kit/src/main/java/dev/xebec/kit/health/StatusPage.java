package dev.xebec.kit.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.kit.service.Service;
import dev.xebec.model.object.Json;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /statusz}: what the process's services say of themselves, as JSON for {@code xebec status}. */
final class StatusPage {
    private StatusPage() {}

    static String of(Map<String, Service.Condition> conditions) {
        ObjectNode page = Json.object();
        page.put("ready", !conditions.isEmpty() && conditions.values().stream().allMatch(Service.Condition::ready));
        page.put("leader", conditions.values().stream().anyMatch(Service.Condition::leader));
        page.put("revision", conditions.values().stream().mapToLong(Service.Condition::revision).max().orElse(0));
        page.put("detail", conditions.entrySet().stream().filter(one -> !one.getValue().ready())
                .map(one -> one.getKey() + ": " + one.getValue().detail()).collect(Collectors.joining("; ")));
        ObjectNode services = page.putObject("services");
        conditions.forEach((role, condition) -> services.put(role, condition.ready()));
        ObjectNode shares = page.putObject("share");
        conditions.forEach((role, condition) -> {
            if (condition.sharePercent() > 0) {
                shares.put(role, condition.sharePercent());
            }
        });
        return page.toString();
    }
}
