package dev.xebec.gateway.registry;

import dev.xebec.model.status.RejectedException;

/**
 * A decider's refusal that follows from the object and the request alone: it is not decided again where the object is still
 * as it was, which matters where deciding is expensive or leaves traces elsewhere, as asking a webhook does.
 */
public final class SettledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RejectedException refusal;

    public SettledException(RejectedException refusal) {
        super(refusal.getMessage(), null, false, false);
        this.refusal = refusal;
    }

    public RejectedException refusal() {
        return refusal;
    }
}
