package dev.xebec.contracts.state;

import dev.xebec.contracts.UnavailableException;

/**
 * A proposal was repeated after its results were forgotten: whether it was applied can be told by nobody any more, and
 * proposing it again cannot help.
 */
public final class OutcomeForgottenException extends UnavailableException {
    private static final long serialVersionUID = 1L;

    public OutcomeForgottenException(String message) {
        super(message);
    }
}
