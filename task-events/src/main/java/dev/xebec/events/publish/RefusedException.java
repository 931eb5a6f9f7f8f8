package dev.xebec.events.publish;

/** Something that trying again does not mend: a person has to. What is tried, is tried again slowly. No stack trace. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message, null, false, false);
    }
}
