package dev.xebec.events.trigger.plan;

import dev.xebec.model.object.ApiObject;

/** What is to become of a message. */
public sealed interface Decision {

    /** The filter does not want it. */
    record Skip() implements Decision {}

    /** A Job stands for it from now on. @param job to be created */
    record Start(ApiObject job) implements Decision {}

    /** It goes to the dead-letter topic. */
    record Bury(Reason reason, String message) implements Decision {}
}
