package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.quota.Amounts;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rules of LimitRanges. Source: k/k {@code pkg/apis/core/validation/validation.go}, ValidateLimitRange. */
final class LimitRules {
    private static final String NOT_OF_PODS = "may not be specified when `type` is 'Pod'";

    private static final Set<String> STANDARD = Set.of("Pod", "Container", "PersistentVolumeClaim");

    private LimitRules() {}

    static void limits(ObjectNode spec, String path, Findings findings) {
        Set<String> types = new HashSet<>();
        JsonNode limits = spec.path("limits");
        for (int at = 0; at < limits.size(); at++) {
            String where = TypeRule.at(path, "limits", at);
            JsonNode limit = limits.get(at);
            String type = Findings.text(limit, "type");
            if (!type.isEmpty()) {
                List<String> wrong = Names.qualified(type);
                findings.invalid(where + ".type", type, wrong);
                if (wrong.isEmpty() && !type.contains("/") && !STANDARD.contains(type)) {
                    findings.invalid(where + ".type", type, "must be a standard limit type or fully qualified");
                }
            }
            if (!types.add(type)) {
                findings.duplicate(where + ".type", type);
            }
            new Item(limit, type, where, findings).check();
        }
    }

    /** One limit. */
    private record Item(JsonNode limit, String type, String where, Findings findings) {

        private Map<String, Quantity> amounts(String field) {
            return Amounts.of(limit.path(field));
        }

        void check() {
            for (String field : List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")) {
                limit.path(field).fieldNames().forEachRemaining(
                        name -> LimitNames.check(name, type, where + "." + field + "[" + name + "]", findings));
            }
            Map<String, Quantity> min = amounts("min");
            Map<String, Quantity> max = amounts("max");
            Map<String, Quantity> limits = amounts("default");
            Map<String, Quantity> requests = amounts("defaultRequest");
            Map<String, Quantity> ratios = amounts("maxLimitRequestRatio");
            if (type.equals("Pod")) {
                if (!limits.isEmpty()) {
                    findings.forbidden(where + ".default", NOT_OF_PODS);
                }
                if (!requests.isEmpty()) {
                    findings.forbidden(where + ".defaultRequest", NOT_OF_PODS);
                }
            }
            if (type.equals("PersistentVolumeClaim") && !min.containsKey("storage") && !max.containsKey("storage")) {
                findings.required(where + ".limits",
                        "either minimum or maximum storage value is required, but neither was provided");
            }
            Set<String> names = new TreeSet<>();
            for (Map<String, Quantity> amounts : List.of(min, max, limits, requests, ratios)) {
                names.addAll(amounts.keySet());
            }
            for (String name : names) {
                ordered("min", name, min.get(name), "min value", max.get(name), "max value", min.get(name));
                ordered("defaultRequest", name, min.get(name), "min value", requests.get(name),
                        "default request value", requests.get(name));
                ordered("defaultRequest", name, requests.get(name), "default request value", max.get(name),
                        "max value", requests.get(name));
                ordered("defaultRequest", name, requests.get(name), "default request value", limits.get(name),
                        "default limit value", requests.get(name));
                ordered("default", name, min.get(name), "min value", limits.get(name), "default value",
                        min.get(name));
                ordered("default", name, limits.get(name), "default value", max.get(name), "max value",
                        max.get(name));
                ratio(name, ratios.get(name), min.get(name), max.get(name));
            }
        }

        private void ordered(String field, String name, @Nullable Quantity less,
                String lessName, @Nullable Quantity more, String moreName,
                @Nullable Quantity shown) {
            if (less != null && more != null && less.compareTo(more) > 0) {
                findings.invalid(where + "." + field + "[" + name + "]", String.valueOf(shown),
                        lessName + " " + less + " is greater than " + moreName + " " + more);
            }
        }

        private void ratio(String name, @Nullable Quantity ratio,
                @Nullable Quantity min, @Nullable Quantity max) {
            if (ratio == null) {
                return;
            }
            String place = where + ".maxLimitRequestRatio[" + name + "]";
            if (ratio.compareTo(Quantity.of(1)) < 0) {
                findings.invalid(place, ratio.toString(), "ratio " + ratio + " is less than 1");
            }
            if (min != null && max != null && !min.isZero()) {
                double most = (double) max.milliValue() / min.milliValue();
                if (ratio.milliValue() / 1_000.0 > most) {
                    findings.invalid(place, ratio.toString(), "ratio " + ratio + " is greater than max/min = "
                            + String.format(Locale.ROOT, "%f", most));
                }
            }
        }
    }
}
