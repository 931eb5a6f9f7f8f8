package dev.xebec.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which Xebec this is: what the file {@code release} beside this class says. */
public final class Release {
    private static final String VERSION = read();

    private Release() {}

    /** Such as {@code 0.1.0}. */
    public static String version() {
        return VERSION;
    }

    private static String read() {
        try (InputStream file = Release.class.getResourceAsStream("release")) {
            if (file == null) {
                throw new IllegalStateException("this build does not say which it is");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
