package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.GoString;
import dev.xebec.model.quantity.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What has been said of one object so far. */
final class Told {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    private final List<String> warnings = new ArrayList<>(2);

    void say(String text) {
        warnings.add(text);
    }

    void say(String path, String text) {
        warnings.add(path + ": " + text);
    }

    /** An amount of bytes that is no whole number. */
    void fraction(JsonNode amounts, String resource, String path) {
        JsonNode amount = amounts.path(resource);
        if (amount.isMissingNode() || amount.isNull()) {
            return;
        }
        Quantity quantity = Quantity.of(amount);
        if (BigDecimal.valueOf(quantity.milliValue()).remainder(THOUSAND).signum() != 0) {
            say(path + "[" + resource + "]", "fractional byte value " + GoString.quoted(quantity.toString())
                    + " is invalid, must be an integer");
        }
    }

    boolean isEmpty() {
        return warnings.isEmpty();
    }

    List<String> list() {
        return List.copyOf(warnings);
    }
}
