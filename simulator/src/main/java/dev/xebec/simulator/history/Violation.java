package dev.xebec.simulator.history;

/**
 * Something that may not be.
 *
 * @param check that found it
 * @param text who saw what where, for a person to act on
 */
public record Violation(String check, String text) {
    @Override
    public String toString() {
        return check + ": " + text;
    }
}
