package dev.xebec.contracts.codec;

/** Bytes that are not the message they should be: cut off, of another version, or not ours at all. No stack trace. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message, null, false, false);
    }
}
