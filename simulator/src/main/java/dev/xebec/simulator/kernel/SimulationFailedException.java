package dev.xebec.simulator.kernel;

/** A simulated run broke a rule; the message says which seed shows it. */
public final class SimulationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SimulationFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
