package dev.xebec.model.cel;

import java.util.Locale;

/** How a cost that is too high is told. Source: apiextensions-apiserver {@code validation.go}, getCostErrorMessage. */
public final class CostText {

    private CostText() {}

    public static String exceeded(String what, long cost, long limit) {
        double factor = (double) cost / limit;
        String shown = factor > 100
                ? "more than 100x"
                : String.format(Locale.ROOT, factor < 1.5 ? "%fx" : "%.1fx", factor);
        return what + " exceeds budget by factor of " + shown + " (try simplifying the rule, or adding maxItems, "
                + "maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }
}
