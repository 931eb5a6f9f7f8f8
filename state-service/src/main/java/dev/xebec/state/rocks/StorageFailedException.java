package dev.xebec.state.rocks;

/** The disk or the files on it failed. The replica cannot go on; the others can. */
public final class StorageFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StorageFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
