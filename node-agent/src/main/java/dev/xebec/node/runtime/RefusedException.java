package dev.xebec.node.runtime;

/** A container that this runtime will not run as it is; reason and message become its waiting state. No stack trace. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public RefusedException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** A CamelCase word such as {@code CreateContainerConfigError}. */
    public String reason() {
        return reason;
    }

    /** Never null. */
    public String text() {
        String message = getMessage();
        return message == null ? reason : message;
    }
}
