package dev.xebec.state.etcd;

import dev.xebec.state.replica.Retention;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An etcd cluster, 3.4 or newer, that is Xebec's own: change streams read all that is written to it.
 *
 * @param replica name of this way into it, unique among the replicas
 * @param endpoints client URLs of its members, {@code http} or {@code https}
 * @param root what Xebec's keys start with; clusters with different roots share nothing
 * @param tls null for plain connections
 * @param login null where etcd asks for none
 * @param patience how long one request is waited for
 */
public record EtcdConfig(String replica, List<URI> endpoints, String root, @Nullable Tls tls, @Nullable Login login,
        Retention retention, Duration patience) {
    public static final String DEFAULT_ROOT = "/xebec/";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** PEM files: who signed the members' certificates, and what this client shows them. */
    public record Tls(Path authorities, Path certificate, Path key) {}

    /** An etcd user. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    public EtcdConfig {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no etcd endpoint is given");
        }
        for (URI endpoint : endpoints) {
            String scheme = String.valueOf(endpoint.getScheme());
            if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null
                    || endpoint.getPort() < 0) {
                throw new IllegalArgumentException(
                        "an etcd endpoint looks like https://HOST:PORT, not like " + endpoint);
            }
        }
        if (!root.startsWith("/") || !root.endsWith("/")) {
            throw new IllegalArgumentException("the root of the keys in etcd starts and ends with /, unlike " + root);
        }
    }

    /** Plain connections, five minutes or 100,000 revisions of history. */
    public static EtcdConfig of(String replica, List<URI> endpoints) {
        return new EtcdConfig(replica, endpoints, DEFAULT_ROOT, null, null, Retention.DEFAULT, PATIENCE);
    }

    public EtcdConfig with(@Nullable Tls other) {
        return new EtcdConfig(replica, endpoints, root, other, login, retention, patience);
    }

    public EtcdConfig with(Retention other) {
        return new EtcdConfig(replica, endpoints, root, tls, login, other, patience);
    }
}
