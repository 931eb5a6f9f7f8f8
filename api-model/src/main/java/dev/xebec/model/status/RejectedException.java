package dev.xebec.model.status;

/**
 * Carries an expected refusal from where it is found to the one place that turns it into an answer. No stack trace:
 * it is a value, not a fault.
 */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    public RejectedException(Status status) {
        super(status.message(), null, false, false);
        this.status = status;
    }

    /** @param detail for whoever reads the exception; clients are not told */
    public RejectedException(Status status, String detail) {
        super(status.message() + ": " + detail, null, false, false);
        this.status = status;
    }

    public Status status() {
        return status;
    }
}
