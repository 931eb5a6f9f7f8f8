package dev.xebec.system.fault;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client of each gateway, which says at once when a call fails and leaves trying again to its user. */
final class GatewayClients implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 5_000;

    private final Map<String, KubernetesClient> clients = new LinkedHashMap<>();

    GatewayClients(FaultCluster cluster) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(cluster.kubeconfig()));
        cluster.gateways().forEach((name, address) -> clients.put(name, new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config).withMasterUrl(address.toString()).withRequestRetryBackoffLimit(0)
                        .withConnectionTimeout(CONNECT_MILLIS).withRequestTimeout(ANSWER_MILLIS).build())
                .build()));
    }

    /** By the name of the gateway's master. */
    Map<String, KubernetesClient> all() {
        return clients;
    }

    @Override
    public void close() {
        clients.values().forEach(KubernetesClient::close);
    }
}
