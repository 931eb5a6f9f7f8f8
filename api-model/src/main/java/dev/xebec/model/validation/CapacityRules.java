package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.quantity.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;

/** How much of a device's capacity may be asked for. Source: {@code pkg/apis/resource/validation/validation.go} of Kubernetes. */
final class CapacityRules {
    private static final int MAX_VALUES = 10;
    private static final BigDecimal MILLI = new BigDecimal("0.001");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private CapacityRules() {}

    /** @param shared whether a device may be allocated to several at once */
    static void capacity(JsonNode capacity, boolean shared, String path, Findings findings) {
        JsonNode policy = capacity.path("requestPolicy");
        String where = path + ".requestPolicy";
        if (!policy.isObject()) {
            return;
        }
        JsonNode values = policy.path("validValues");
        JsonNode range = policy.path("validRange");
        boolean undefined = policy.path("default").isMissingNode() || policy.path("default").isNull();
        if (!shared) {
            findings.forbidden(where, "allowMultipleAllocations must be true");
        } else if (!values.isEmpty() && range.isObject()) {
            findings.forbidden(where, "exactly one policy can be specified, cannot specify \"validValues\" and "
                    + "\"validRange\" at the same time");
        } else if (!values.isEmpty() && undefined) {
            findings.required(where + ".default", "required when validValues is defined");
        } else if (!values.isEmpty()) {
            values(Quantity.of(policy.path("default")), Quantity.of(capacity.path("value")), values,
                    where + ".validValues", findings);
        } else if (range.isObject() && undefined) {
            findings.required(where + ".default", "required when validRange is defined");
        } else if (range.isObject()) {
            range(Quantity.of(policy.path("default")), Quantity.of(capacity.path("value")), range,
                    where + ".validRange", findings);
        }
    }

    private static void values(Quantity preset, Quantity most, JsonNode values, String path, Findings findings) {
        for (int at = 1; at < values.size(); at++) {
            if (Quantity.of(values.get(at - 1)).compareTo(Quantity.of(values.get(at))) > 0) {
                findings.invalid(path + "[" + at + "]", Quantity.of(values.get(at)).toString(),
                        "values must be sorted in ascending order");
            }
        }
        boolean found = false;
        if (values.size() > MAX_VALUES) {
            findings.tooMany(values, MAX_VALUES, path);
        } else {
            Set<BigDecimal> seen = new HashSet<>();
            for (int at = 0; at < values.size(); at++) {
                Quantity value = Quantity.of(values.get(at));
                if (value.compareTo(most) > 0) {
                    findings.invalid(path + "[" + at + "]", value.toString(),
                            "option is larger than capacity value: " + most);
                }
                found |= value.compareTo(preset) == 0;
            }
            for (int at = 0; at < values.size(); at++) {
                BigDecimal amount = Quantity.of(values.get(at)).amount();
                if (!seen.add(amount.stripTrailingZeros())) {
                    findings.duplicate(path + "[" + at + "]", amount.toPlainString());
                }
            }
        }
        if (!found) {
            findings.invalid(path, preset.toString(), "default value is not valid according to the requestPolicy");
        }
    }

    private static void range(Quantity preset, Quantity most, JsonNode range, String path, Findings findings) {
        if (!range.has("min")) {
            findings.required(path + ".min", "required when validRange is defined");
            return;
        }
        Quantity min = Quantity.of(range.path("min"));
        larger(min, most, path + ".min", "min is larger than capacity value: ", min, findings);
        larger(min, preset, path + ".default", "default is less than min: ", preset, findings, min);
        if (range.has("max")) {
            Quantity max = Quantity.of(range.path("max"));
            larger(min, max, path + ".max", "min is larger than max: ", min, findings);
            larger(max, most, path + ".max", "max is larger than capacity value: ", max, findings);
            larger(preset, max, path + ".default", "default is more than max: ", preset, findings);
        }
        if (safe(preset, range, path, findings) && range.has("step")) {
            step(preset, most, min, range, path, findings);
        }
    }

    private static void larger(Quantity one, Quantity other, String path, String words, Quantity shown,
            Findings findings) {
        larger(one, other, path, words, shown, findings, other);
    }

    private static void larger(Quantity one, Quantity other, String path, String words, Quantity shown,
            Findings findings, Quantity named) {
        if (one.compareTo(other) > 0) {
            findings.invalid(path, shown.toString(), words + named);
        }
    }

    /** Whether fractions, where there are any, are thousandths. */
    private static boolean safe(Quantity preset, JsonNode range, String path, Findings findings) {
        if (!fractional(preset, range)) {
            return true;
        }
        boolean safe = thousandths(preset, path + ".default", findings);
        for (String field : new String[]{"min", "max", "step"}) {
            safe &= !range.has(field) || thousandths(Quantity.of(range.path(field)), path + "." + field, findings);
        }
        return safe;
    }

    private static boolean fractional(Quantity preset, JsonNode range) {
        boolean fractional = fraction(preset);
        for (String field : new String[]{"min", "max", "step"}) {
            fractional |= range.has(field) && fraction(Quantity.of(range.path(field)));
        }
        return fractional;
    }

    private static boolean fraction(Quantity quantity) {
        return quantity.amount().stripTrailingZeros().scale() > 0;
    }

    private static boolean thousandths(Quantity quantity, String path, Findings findings) {
        boolean fine = quantity.amount().setScale(3, RoundingMode.CEILING).compareTo(quantity.amount()) == 0
                && quantity.amount().divide(MILLI).abs().compareTo(MOST) <= 0;
        if (!fine) {
            findings.invalid(path, quantity.toString(), "value cannot be represented as a milli value");
        }
        return fine;
    }

    private static void step(Quantity preset, Quantity most, Quantity min, JsonNode range, String path,
            Findings findings) {
        Quantity step = Quantity.of(range.path("step"));
        String where = path + ".step";
        if (step.signum() <= 0) {
            findings.invalid(where, step.toString(), "must be greater than zero");
            return;
        }
        Quantity once = min.add(step);
        if (once.compareTo(most) > 0) {
            findings.invalid(where, step.toString(),
                    "one step " + once + " is larger than capacity value: " + most);
        }
        boolean fits = fractional(preset, range) || fits(preset, path + ".default", findings)
                & fits(min, path + ".min", findings)
                & (!range.has("max") || fits(Quantity.of(range.path("max")), path + ".max", findings))
                & fits(step, where, findings);
        if (fits) {
            multiple(preset, min, step, where, findings);
            if (range.has("max")) {
                multiple(Quantity.of(range.path("max")), min, step, where, findings);
            }
        }
    }

    private static boolean fits(Quantity quantity, String path, Findings findings) {
        if (quantity.signum() < 0) {
            findings.invalid(path, quantity.toString(), Findings.NOT_NEGATIVE);
            return false;
        }
        if (quantity.amount().compareTo(MOST) > 0) {
            findings.invalid(path, quantity.toString(), "must not be larger than " + Long.MAX_VALUE);
            return false;
        }
        return true;
    }

    private static void multiple(Quantity value, Quantity min, Quantity step, String path, Findings findings) {
        if (value.amount().subtract(min.amount()).remainder(step.amount()).signum() != 0) {
            findings.invalid(path, value.toString(),
                    "value is not a multiple of a given step (" + step + ") from (" + min + ")");
        }
    }
}
