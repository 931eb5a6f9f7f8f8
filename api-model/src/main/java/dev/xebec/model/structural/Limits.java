package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a value has to keep to, beyond its type. Null and empty say nothing.
 *
 * @param enumeration the allowed values; null where any is
 * @param required the fields that an object must have
 */
public record Limits(String format, @Nullable BigDecimal maximum, boolean exclusiveMaximum,
        @Nullable BigDecimal minimum, boolean exclusiveMinimum, @Nullable BigDecimal multipleOf,
        @Nullable Long maxLength, @Nullable Long minLength, @Nullable RegularExpression pattern,
        @Nullable Long maxItems,
        @Nullable Long minItems, @Nullable Long maxProperties, @Nullable Long minProperties,
        @Nullable List<JsonNode> enumeration, List<String> required) {

    static final Limits NONE = new Limits("", null, false, null, false, null, null, null, null, null, null, null, null,
            null, List.of());
}
