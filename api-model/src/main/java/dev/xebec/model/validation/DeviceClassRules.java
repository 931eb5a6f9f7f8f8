package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.cel.DeviceExpression;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;

/** Classes of devices, and the selectors and configurations that claims have, too. Source: {@code pkg/apis/resource/validation/validation.go} of Kubernetes. */
final class DeviceClassRules {
    /** Selectors, constraints and configurations of one request, claim or class. */
    static final int MAX_ITEMS = 32;
    private static final int MAX_EXPRESSION_BYTES = 10 * 1024;
    private static final int MAX_PARAMETERS_BYTES = 10 * 1024;

    private DeviceClassRules() {}

    static void deviceClass(ObjectNode spec, String path, Findings findings) {
        Findings declared = findings.later();
        selectors(spec.path("selectors"), TypeRule.at(path, "selectors"), findings, declared);
        JsonNode configs = spec.path("config");
        String where = TypeRule.at(path, "config");
        if (configs.size() > MAX_ITEMS) {
            declared.tooMany(configs, MAX_ITEMS, where);
        } else {
            for (int at = 0; at < configs.size(); at++) {
                configuration(configs.get(at), where + "[" + at + "]", findings, declared);
            }
        }
        if (spec.has("extendedResourceName")) {
            DeviceNames.declaredExtendedResource(Findings.text(spec, "extendedResourceName"),
                    TypeRule.at(path, "extendedResourceName"), declared);
        }
        declared.list().forEach(findings::add);
    }

    static void selectors(JsonNode selectors, String path, Findings findings, Findings declared) {
        if (selectors.size() > MAX_ITEMS) {
            declared.tooMany(selectors, MAX_ITEMS, path);
            return;
        }
        for (int at = 0; at < selectors.size(); at++) {
            JsonNode cel = selectors.get(at).path("cel");
            String where = path + "[" + at + "].cel";
            if (!cel.isObject()) {
                findings.required(where, "");
            } else {
                expression(Findings.text(cel, "expression"), where + ".expression", findings);
            }
        }
    }

    private static void expression(String expression, String path, Findings findings) {
        if (MetadataRules.utf8(expression) > MAX_EXPRESSION_BYTES) {
            findings.add(FieldError.tooLong(path, MAX_EXPRESSION_BYTES));
            return;
        }
        String wrong = DeviceExpression.problem(expression);
        if (!wrong.isEmpty()) {
            findings.invalid(path, expression, wrong);
        }
    }

    static void configuration(JsonNode config, String path, Findings findings, Findings declared) {
        JsonNode opaque = config.path("opaque");
        String where = path + ".opaque";
        if (!opaque.isObject()) {
            findings.required(where, "");
            return;
        }
        DeviceNames.declaredDriver(Findings.text(opaque, "driver"), where + ".driver", declared);
        raw(opaque.path("parameters"), where + ".parameters", MAX_PARAMETERS_BYTES, findings);
    }

    /** What only a driver reads: a JSON object of a limited size. */
    static void raw(JsonNode raw, String path, int maxBytes, Findings findings) {
        if (raw.isMissingNode() || raw.isNull()) {
            findings.required(path, "");
        } else if (Json.bytes(raw).length > maxBytes) {
            findings.add(FieldError.tooLong(path, maxBytes));
        } else if (!raw.isObject()) {
            findings.add(new FieldError(FieldError.Type.INVALID, path,
                    "Invalid value: \"<value omitted>\": must be a valid JSON object"));
        }
    }
}
