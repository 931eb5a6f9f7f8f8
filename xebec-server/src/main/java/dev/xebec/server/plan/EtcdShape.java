package dev.xebec.server.plan;

import dev.xebec.state.etcd.EtcdConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How to be let into the etcd cluster that {@code --store etcd=URL,…} names.
 *
 * @param prefix what Xebec's keys start with
 * @param caFile PEM file of who signed etcd's certificates; empty for plain connections
 * @param certFile PEM file of the client's certificate; empty for none
 * @param keyFile PEM file of its key
 */
public record EtcdShape(String prefix, String caFile, String certFile, String keyFile) {
    public static final EtcdShape NONE = new EtcdShape(EtcdConfig.DEFAULT_ROOT, "", "", "");

    private static final String STORE = "etcd=";

    /** What is left out is as it is by default. */
    public EtcdShape {
        prefix = Objects.requireNonNullElse(prefix, EtcdConfig.DEFAULT_ROOT);
        caFile = Objects.requireNonNullElse(caFile, "");
        certFile = Objects.requireNonNullElse(certFile, "");
        keyFile = Objects.requireNonNullElse(keyFile, "");
    }

    /** Whether a store's name is that of an etcd cluster. */
    public static boolean names(String store) {
        return store.startsWith(STORE);
    }

    /** @throws IllegalArgumentException where the name is not {@code etcd=URL,…} or the files do not go together */
    public EtcdConfig config(String replica, String store) {
        List<URI> endpoints = Arrays.stream(store.substring(STORE.length()).split(",")).map(String::strip)
                .filter(word -> !word.isEmpty()).map(URI::create).toList();
        EtcdConfig plain = EtcdConfig.of(replica, endpoints);
        EtcdConfig config = new EtcdConfig(replica, endpoints, prefix, null, null, plain.retention(),
                plain.patience());
        boolean secure = endpoints.stream().anyMatch(endpoint -> "https".equals(endpoint.getScheme()));
        if (!secure) {
            return config;
        }
        if (caFile.isEmpty() || certFile.isEmpty() || keyFile.isEmpty()) {
            throw new IllegalArgumentException(
                    "etcd at https:// needs --etcd-cafile, --etcd-certfile and --etcd-keyfile");
        }
        return config.with(new EtcdConfig.Tls(Path.of(caFile), Path.of(certFile), Path.of(keyFile)));
    }
}
