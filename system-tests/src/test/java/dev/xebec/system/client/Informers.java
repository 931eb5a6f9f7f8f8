package dev.xebec.system.client;

import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.ObjectState;
import dev.xebec.simulator.history.ObjectStateReader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An informer of a client library on every gateway: what its cache has in the end has to be the truth. */
final class Informers implements AutoCloseable {
    private final String namespace;
    private final List<One> all = new ArrayList<>();

    private record One(String gateway, KubernetesClient client, SharedIndexInformer<ConfigMap> informer) {}

    Informers(Map<String, URI> gateways, Config config, String namespace) {
        this.namespace = namespace;
        gateways.forEach((name, address) -> {
            KubernetesClient client = new KubernetesClientBuilder().withConfig(new ConfigBuilder(config)
                    .withMasterUrl(address.toString()).withConnectionTimeout(5_000).withRequestTimeout(10_000)
                    .withWatchReconnectInterval(100).withRequestRetryBackoffLimit(-1)
                    .withRequestRetryBackoffInterval(100).build()).build();
            SharedIndexInformer<ConfigMap> informer = client.configMaps().inNamespace(namespace).runnableInformer(0);
            // Goes on trying also where the gateway is not there at the start.
            informer.exceptionHandler((started, failure) -> true);
            informer.start();
            all.add(new One(name, client, informer));
        });
    }

    /** Empty when every informer's cache is the truth; else how one of them differs. */
    String difference(Entry.Listing truth) {
        Map<String, String> wanted = new TreeMap<>();
        for (ObjectState state : truth.items()) {
            if (state.id().namespace().equals(namespace)) {
                wanted.put(state.id().name(), state.revision() + "=" + state.value());
            }
        }
        for (One one : all) {
            Map<String, String> has = new TreeMap<>();
            for (ConfigMap object : one.informer().getIndexer().list()) {
                has.put(object.getMetadata().getName(), object.getMetadata().getResourceVersion() + "="
                        + object.getData().getOrDefault(ObjectStateReader.VALUE, ""));
            }
            if (!has.equals(wanted)) {
                return "the informer at " + one.gateway() + " has " + has + " instead of " + wanted;
            }
        }
        return "";
    }

    @Override
    public void close() {
        all.forEach(one -> {
            one.informer().close();
            one.client().close();
        });
    }
}
