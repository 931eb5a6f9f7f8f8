package dev.xebec.kit.config;

/** A setting that cannot be used. The message is one sentence for whoever set it. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For rules that hold between settings, which only their reader knows. */
    public static SettingsException of(String message) {
        return new SettingsException(message);
    }

    SettingsException(String message) {
        super(message, null, false, false);
    }
}
