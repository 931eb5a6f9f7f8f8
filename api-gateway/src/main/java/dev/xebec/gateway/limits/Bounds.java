package dev.xebec.gateway.limits;

import dev.xebec.model.quantity.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is asked for against what is allowed, in the words of Kubernetes.
 *
 * <p>Source: k/k {@code plugin/pkg/admission/limitranger/admission.go}.
 */
record Bounds(String type, Map<String, Quantity> requests, Map<String, Quantity> limits, List<String> errors) {
    /** Above it a ratio is compared in whole units. Source: apimachinery {@code api/resource}, MaxMilliValue. */
    private static final long MAX_MILLI = Long.MAX_VALUE / 1_000;

    void min(String resource, Quantity least) {
        String rule = "minimum " + resource + " usage per " + type + " is " + least;
        Quantity request = requests.get(resource);
        Quantity limit = limits.get(resource);
        if (request == null) {
            errors.add(rule + ".  No request is specified");
        } else if (request.compareTo(least) < 0) {
            errors.add(rule + ", but request is " + request);
        } else if (limit != null && limit.compareTo(least) < 0) {
            errors.add(rule + ", but limit is " + limit);
        }
    }

    void max(String resource, Quantity most) {
        String rule = "maximum " + resource + " usage per " + type + " is " + most;
        Quantity request = requests.get(resource);
        Quantity limit = limits.get(resource);
        if (limit == null) {
            errors.add(rule + ".  No limit is specified");
        } else if (limit.compareTo(most) > 0) {
            errors.add(rule + ", but limit is " + limit);
        } else if (request != null && request.compareTo(most) > 0) {
            errors.add(rule + ", but request is " + request);
        }
    }

    /** For what has requests and no limits. */
    void maxRequest(String resource, Quantity most) {
        String rule = "maximum " + resource + " usage per " + type + " is " + most;
        Quantity request = requests.get(resource);
        if (request == null) {
            errors.add(rule + ".  No request is specified");
        } else if (request.compareTo(most) > 0) {
            errors.add(rule + ", but request is " + request);
        }
    }

    void ratio(String resource, Quantity most) {
        String rule = resource + " max limit to request ratio per " + type + " is " + most;
        @Nullable
        Quantity request = requests.get(resource);
        @Nullable
        Quantity limit = limits.get(resource);
        if (request == null || request.isZero()) {
            errors.add(rule + ", but no request is specified or request is 0");
            return;
        }
        if (limit == null || limit.isZero()) {
            errors.add(rule + ", but no limit is specified or limit is 0");
            return;
        }
        double observed = (double) observed(limit) / observed(request);
        boolean small = most.value() <= MAX_MILLI;
        if ((small ? observed * 1_000 : observed) > (small ? most.milliValue() : most.value())) {
            errors.add(rule + ", but provided ratio is " + String.format(Locale.ROOT, "%f", observed));
        }
    }

    /** In thousandths where they fit. */
    private static long observed(Quantity amount) {
        return amount.value() <= MAX_MILLI ? amount.milliValue() : amount.value();
    }
}
