package dev.xebec.events.trigger.plan;

/** Why a message went to the dead-letter topic; told there by its name. */
public enum Reason {
    /** No CloudEvent: attributes are missing or malformed, or the form is not spoken here. */
    NotACloudEvent,
    /** Said to be JSON, and is not. */
    MalformedData,
    /** Larger than a Job could carry. */
    EventTooLarge,
    /** The filter could not be evaluated. */
    FilterFailed,
    /** The template names what the event does not have. */
    TemplateFailed,
    /** With the event's values the Job became too large. */
    JobTooLarge,
    /** The API server refuses this Job, and would refuse it again. */
    JobRefused,
    /** A Job of somebody else has the name. */
    NameTaken
}
