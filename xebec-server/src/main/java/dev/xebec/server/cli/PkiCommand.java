package dev.xebec.server.cli;

import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.pki.RoleFolders;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xebec pki}: the certificates of services that run in processes of their own. */
@Command(name = "pki", description = "Make or renew the certificates of a cluster whose services are started one by one: a folder for each in "
        + "--out, with what it needs and no more.", mixinStandardHelpOptions = true)
final class PkiCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where the folders go: authority (which signs, and has to "
            + "stay where it is), member, gateway, kafka-broker, task-events, admin")
    private Path out = Path.of("");
    @Option(names = "--host", split = ",", paramLabel = "NAME", description = "an address or a name under which gateways and Kafka are "
            + "reached; several with commas, or again")
    private List<String> hosts = new ArrayList<>();
    @Option(names = "--server", paramLabel = "URL", description = "the API's, for the kubeconfig (default: ${DEFAULT-VALUE})", defaultValue = "https://127.0.0.1:6443")
    private String server = "";
    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "the broker's, for its clients (default: ${DEFAULT-VALUE})", defaultValue = "kafka:9092")
    private String kafka = "";
    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "write the administrator's kubeconfig there too (0600)")
    private @Nullable Path kubeconfig;

    @Override
    public Integer call() {
        RoleFolders folders = RoleFolders.write(out.toAbsolutePath(), hosts, server, kafka, Instant.now());
        if (kubeconfig != null) {
            Path file = kubeconfig.toAbsolutePath();
            DataDirectory.readIfThere(folders.kubeconfig())
                    .ifPresent(content -> DataDirectory.writePrivate(file, content));
        }
        return 0;
    }
}
