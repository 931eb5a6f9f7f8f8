package dev.xebec.server.pki;

import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The administrator's kubeconfig: one cluster, one user, one context, all named {@code xebec}. */
public final class Kubeconfig {
    private Kubeconfig() {}

    public static String text(ClusterPki pki, String server) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: xebec
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: xebec-admin
                  user:
                    client-certificate-data: %s
                    client-key-data: %s
                contexts:
                - name: xebec
                  context:
                    cluster: xebec
                    user: xebec-admin
                current-context: xebec
                """.formatted(server, base64(pki.apiAuthority().certificate()), base64(pki.admin().certificate()),
                base64(pki.admin().key()));
    }

    /** Writes it for the user alone (0600). */
    public static void write(Path file, ClusterPki pki, String server) {
        DataDirectory.writePrivate(file, text(pki, server).getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new StartupException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
