package dev.xebec.kit.config;

/** A setting that cannot be used. The message is one sentence for whoever set it. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message, null, false, false);
    }
}
