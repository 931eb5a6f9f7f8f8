package dev.xebec.kit.service;

/** A service that cannot start; the cause's message says why in a sentence. */
public final class ServiceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServiceFailedException(String role, Throwable cause) {
        super(role + " cannot start: " + (cause.getMessage() == null ? cause.toString() : cause.getMessage()), cause);
    }
}
