package dev.xebec.kit.informer;

/** A list from a gateway that is behind what the informer has seen: another one, or the same later, knows better. */
final class StaleListException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleListException(long listed, long known) {
        super("the list is of revision " + listed + ", but " + known + " has been seen", null, false, false);
    }
}
