package dev.xebec.contracts;

/**
 * The world failed: nobody answered in time, no leader, a broken stream. Not a fault and not a refusal: a loop backs off
 * and tries again, the gateway answers 503 with Retry-After. No stack trace.
 */
public class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message, null, false, false);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
