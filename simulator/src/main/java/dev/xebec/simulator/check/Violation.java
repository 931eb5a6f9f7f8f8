package dev.xebec.simulator.check;

/**
 * Something does not hold that always has to. Its message says which invariant, at which revision, what had to be and what
 * was found, so that a person can begin to look.
 */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;
    private final long revision;

    /**
     * @param invariant its name, such as {@code node-room}
     * @param revision where it was seen to be broken; 0 where it is no matter of one
     */
    public Violation(String invariant, long revision, String expected, String found) {
        super(invariant + " is broken" + (revision > 0 ? " at revision " + revision : "") + "\n  expected: " + expected
                + "\n  found:    " + found);
        this.invariant = invariant;
        this.revision = revision;
    }

    public String invariant() {
        return invariant;
    }

    /** 0 where the invariant is no matter of one revision. */
    public long revision() {
        return revision;
    }
}
