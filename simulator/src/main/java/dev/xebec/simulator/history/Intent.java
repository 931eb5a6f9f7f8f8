package dev.xebec.simulator.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a write was to do. Revisions are 0 where any is right. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "to")
@JsonSubTypes({@JsonSubTypes.Type(Intent.Create.class), @JsonSubTypes.Type(Intent.Update.class),
        @JsonSubTypes.Type(Intent.Patch.class), @JsonSubTypes.Type(Intent.Delete.class)})
public sealed interface Intent {

    /** The value that the object has afterwards; empty for a deletion. */
    String value();

    record Create(String value) implements Intent {}

    /** @param expected the resourceVersion that it stands on */
    record Update(long expected, String value) implements Intent {}

    /** @param expected the resourceVersion that the patch names */
    record Patch(long expected, String value) implements Intent {}

    /** @param expected the precondition's resourceVersion */
    record Delete(long expected) implements Intent {
        @Override
        public String value() {
            return "";
        }
    }
}
