package dev.xebec.node.environment;

/** A pod names something that is not there; it may come. No stack trace: it is a value. */
public final class MissingReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    public MissingReferenceException(String text) {
        super(text, null, false, false);
        this.text = text;
    }

    public String text() {
        return text;
    }
}
