package dev.xebec.server.pki;

import java.nio.file.Path;

/** A certificate and its key as PEM files: {@code NAME.crt} and {@code NAME.key} (PKCS#8, 0600). */
public record Credential(Path certificate, Path key) {

    static Credential named(Path folder, String name) {
        return new Credential(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }
}
