package dev.xebec.simulator.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What a client learned of its write. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({@JsonSubTypes.Type(Outcome.Acknowledged.class), @JsonSubTypes.Type(Outcome.Refused.class),
        @JsonSubTypes.Type(Outcome.Unknown.class)})
public sealed interface Outcome {

    /** @param state the object as the answer shows it; null where it shows none, as that of a deletion */
    record Acknowledged(@Nullable ObjectState state) implements Outcome {}

    /**
     * It had no effect.
     *
     * @param reason of the Status: {@code Conflict}, {@code AlreadyExists}, {@code NotFound}, …
     */
    record Refused(String reason) implements Outcome {}

    /** Nobody knows whether it had an effect, or will have one. */
    record Unknown(String why) implements Outcome {}
}
