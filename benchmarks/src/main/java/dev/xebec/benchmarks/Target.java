package dev.xebec.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that every load has: which cluster, how many clients, whose CPU time counts. */
final class Target {
    @Option(names = "--kubeconfig", required = true, defaultValue = "${env:KUBECONFIG}", description = "whom to load")
    private Path kubeconfig;
    @Option(names = "--clients", defaultValue = "32", description = "clients at once, a connection each (default: "
            + "${DEFAULT-VALUE})")
    private int clients;
    @Option(names = "--pids", split = ",", description = "server processes whose CPU time and memory are shown")
    private List<Long> pids = List.of();
    @Option(names = "--namespace", defaultValue = "benchmark", description = "made when missing (default: "
            + "${DEFAULT-VALUE})")
    private String namespace;

    int clients() {
        return clients;
    }

    String namespace() {
        return namespace;
    }

    Connection connect() throws IOException, GeneralSecurityException {
        return new Connection(Kubeconfig.read(kubeconfig));
    }

    ServerProcesses servers() throws IOException {
        return new ServerProcesses(pids);
    }

    /** Makes the namespace; one that is there is fine. */
    void prepare() throws IOException, GeneralSecurityException, InterruptedException {
        String body = "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + namespace + "\"}}";
        int code = connect().send("POST", "/api/v1/namespaces", body.getBytes(StandardCharsets.UTF_8),
                "application/json").statusCode();
        if (code != 201 && code != 409) {
            throw new IOException("cannot make namespace " + namespace + ": HTTP " + code);
        }
    }
}
